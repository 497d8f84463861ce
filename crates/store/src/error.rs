//! What can go wrong on the way to the disk, with the path it went wrong at. No recovery happens here.

use std::{io, path::PathBuf};

/// Why nothing was published. The previous run folder or file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{}: this folder holds something that is no Papertide report (no report.html with a run.json of ours)", .0.display())]
    NotOurs(PathBuf),
    #[error("{}: a file stands where a folder should go", .0.display())]
    FileInTheWay(PathBuf),
    #[error("{}: not a regular file", .0.display())]
    NotAFile(PathBuf),
    #[error("{}: this path names no folder or file that could be written", .0.display())]
    NoName(PathBuf),
    #[error("{}: there is no such folder", .0.display())]
    NoFolder(PathBuf),
    #[error("{}: this folder is no run folder of Papertide (no run.json of ours in it)", .0.display())]
    NotARun(PathBuf),
    #[error("{}: this file of the run is missing", .0.display())]
    NoFile(PathBuf),
    #[error("{}: this folder holds something that is no sweep (no plan.json)", .0.display())]
    NotASweep(PathBuf),
    #[error("{}: this folder holds another sweep: other inputs, settings, seeds or version", .0.display())]
    OtherSweep(PathBuf),
    #[error("`{0}`: not a path inside the run folder")]
    OutsideBundle(String),
    #[error("{}: {source}", .path.display())]
    Io { path: PathBuf, source: io::Error },
}

impl StoreError {
    /// What the user can do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::OtherSweep(_) => "name another folder with -o; the same command goes on where it was".to_owned(),
            Self::NotOurs(_) | Self::NotASweep(_) => "name another folder with -o, or empty this one".to_owned(),
            Self::FileInTheWay(_) | Self::NoName(_) => "name another folder with -o".to_owned(),
            Self::NoFolder(_) | Self::NotARun(_) => {
                "name a folder that `papertide report` wrote, such as reports/2025-W44".to_owned()
            }
            Self::NoFile(_) => "make the run again with this version: `papertide report ...`".to_owned(),
            Self::NotAFile(_) => "name a file with -o".to_owned(),
            Self::OutsideBundle(_) => "this is a mistake in the program; please report it".to_owned(),
            Self::Io { source, .. } => io_hint(source).to_owned(),
        }
    }
}

fn io_hint(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "make room on the disk; what stood there before is as it was"
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "name a place you may write to with -o; what stood there before is as it was"
        }
        _ => "nothing was written; what stood there before is as it was",
    }
}

/// Names the path that an operation failed at.
pub(crate) trait At<T> {
    fn at(self, path: &std::path::Path) -> Result<T, StoreError>;
}

impl<T> At<T> for io::Result<T> {
    fn at(self, path: &std::path::Path) -> Result<T, StoreError> {
        self.map_err(|source| StoreError::Io { path: path.to_owned(), source })
    }
}

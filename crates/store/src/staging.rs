//! A staging folder beside the target: where bytes gather before they are swapped in, and what is left of a killed run.
//!
//! It is called `.papertide-staging-NAME-RANDOM` (NAME is the target's own name, RANDOM six letters or digits) and holds
//! a lock file that its run keeps locked, so that the next run can tell a dead one from one at work. Nothing here touches
//! a target, but for putting back a report that a killed run had moved away and not yet replaced.

use crate::error::{At, StoreError};
use std::{
    ffi::OsStr,
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

const PREFIX: &str = ".papertide-staging-";
const RANDOM: usize = 6;
const LOCK: &str = "in-use";
/// Where the new content gathers inside a staging folder.
const FRESH: &str = "fresh";
/// Where the old content waits to be removed.
pub(crate) const OLD: &str = "old";

/// A locked staging folder; removed with all it holds when dropped.
#[derive(Debug)]
pub(crate) struct Staging {
    folder: tempfile::TempDir,
    /// Locked as long as this run lives; the system lets go of it even when the run is killed.
    _lock: File,
}

impl Staging {
    /// Makes and locks a staging folder in `parent` for the target called `name`.
    pub(crate) fn new(parent: &Path, name: &OsStr) -> Result<Self, StoreError> {
        let mut prefix = std::ffi::OsString::from(PREFIX);
        prefix.push(name);
        prefix.push("-");
        let folder = tempfile::Builder::new().prefix(&prefix).rand_bytes(RANDOM).tempdir_in(parent).at(parent)?;
        let path = folder.path().join(LOCK);
        let lock = File::create(&path).at(&path)?;
        // File systems without locks exist; there a leftover looks alive to nobody, and only its own run removes it.
        let _ = lock.try_lock();
        Ok(Self { folder, _lock: lock })
    }

    pub(crate) fn fresh(&self) -> PathBuf {
        self.folder.path().join(FRESH)
    }

    pub(crate) fn old(&self) -> PathBuf {
        self.folder.path().join(OLD)
    }

    /// Writes `bytes` to `path` (below [`Staging::fresh`]), making the folders on the way.
    pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).at(parent)?;
        }
        let mut file = File::create_new(path).at(path)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).at(path)
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        clear(self.folder.path());
    }
}

/// Empties a staging folder but for its lock, which goes last, with the folder: a run that is killed in between leaves one that
/// the next run still knows for a dead one.
fn clear(folder: &Path) {
    for path in [folder.join(FRESH), folder.join(OLD)] {
        let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
    }
}

/// Whether `name` is that of a staging folder for the target called `target`.
pub(crate) fn is_for(name: &OsStr, target: &str) -> bool {
    name.to_str().and_then(target_name) == Some(target)
}

/// Removes what killed runs left in `parent`. What cannot be removed stays for the next run: it harms nobody.
pub(crate) fn sweep(parent: &Path) {
    let Ok(entries) = fs::read_dir(parent) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let Some(target) = name.to_str().and_then(target_name) else { continue };
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            sweep_one(&entry.path(), &parent.join(target));
        }
    }
}

/// The target's name in the name of a staging folder; `None` for any other name.
fn target_name(name: &str) -> Option<&str> {
    let (target, random) = name.strip_prefix(PREFIX)?.rsplit_once('-')?;
    let ours = !target.is_empty() && random.len() == RANDOM && random.bytes().all(|b| b.is_ascii_alphanumeric());
    ours.then_some(target)
}

fn sweep_one(leftover: &Path, target: &Path) {
    let Ok(lock) = File::open(leftover.join(LOCK)) else {
        // Killed before the lock was made: the folder is empty, or it is not what it seems and stays.
        let _ = fs::remove_dir(leftover);
        return;
    };
    if lock.try_lock().is_err() {
        return;
    }
    let old = leftover.join(OLD);
    if old.exists() && !target.exists() && fs::rename(&old, target).is_err() {
        return;
    }
    clear(leftover);
    let _ = fs::remove_dir_all(leftover);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_goes_last_so_that_a_removal_cut_short_is_finished_by_the_next_run() {
        let home = tempfile::tempdir().unwrap();
        let staging = Staging::new(home.path(), "run".as_ref()).unwrap();
        Staging::write(&staging.fresh().join("charts/share.svg"), b"x").unwrap();
        fs::write(staging.old(), "old").unwrap();
        clear(staging.folder.path());
        let left: Vec<_> =
            fs::read_dir(staging.folder.path()).unwrap().flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(left, [LOCK]);
        sweep(home.path());
        assert!(staging.folder.path().exists(), "whoever holds the lock is at work");
        drop(staging);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }

    #[test]
    fn only_names_of_our_own_pattern_are_leftovers() {
        assert_eq!(target_name(".papertide-staging-2025-W45-a1B2c3"), Some("2025-W45"));
        for other in [
            ".papertide-staging-",
            ".papertide-staging-x",
            "papertide-staging-x-a1B2c3",
            ".papertide-staging-x-a1B2c",
            ".papertide-staging--a1B2c3",
            "2025-W45",
        ] {
            assert_eq!(target_name(other), None, "{other}");
        }
    }
}

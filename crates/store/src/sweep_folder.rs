//! A folder in which the runs of a sweep gather one by one, so that a sweep that was killed goes on where it was. What a run is, and
//! whether what is read back can be used, is not known here.

use crate::{
    error::{At, StoreError},
    publish::{write_file, write_files},
};
use model::Bundle;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// What a sweep is known by, and where its runs lie.
const PLAN: &str = "plan.json";
const RUNS: &str = "runs";

/// The folder of one sweep.
#[derive(Debug)]
pub struct SweepFolder {
    path: PathBuf,
}

impl SweepFolder {
    /// Whether a sweep may gather in `folder`: it is absent, empty, or holds a sweep. Ask before the work.
    ///
    /// # Errors
    /// Where something else stands there.
    pub fn check(folder: &Path) -> Result<(), StoreError> {
        if folder.exists() && !folder.is_dir() {
            return Err(StoreError::FileInTheWay(folder.to_owned()));
        }
        let holds_others = folder.is_dir() && fs::read_dir(folder).at(folder)?.next().is_some();
        if holds_others && !folder.join(PLAN).is_file() {
            return Err(StoreError::NotASweep(folder.to_owned()));
        }
        Ok(())
    }

    /// Opens `folder` for the sweep that `plan` tells; makes it where it is absent.
    ///
    /// # Errors
    /// Where it holds something else, or a sweep with another plan; where the disk refuses.
    pub fn open(folder: &Path, plan: &[u8]) -> Result<Self, StoreError> {
        Self::check(folder)?;
        let file = folder.join(PLAN);
        if file.is_file() {
            if fs::read(&file).at(&file)? != plan {
                return Err(StoreError::OtherSweep(folder.to_owned()));
            }
        } else {
            write_file(&file, plan)?;
        }
        Ok(Self { path: folder.to_owned() })
    }

    /// Names and bytes of the runs that are there, sorted by name.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn runs(&self) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
        let folder = self.path.join(RUNS);
        if !folder.is_dir() {
            return Ok(Vec::new());
        }
        let mut runs = Vec::new();
        for entry in fs::read_dir(&folder).at(&folder)? {
            let path = entry.at(&folder)?.path();
            if let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|_| path.is_file()) {
                runs.push((name.to_owned(), fs::read(&path).at(&path)?));
            }
        }
        runs.sort();
        Ok(runs)
    }

    /// Adds a run, or replaces the one of this name, in one step.
    ///
    /// # Errors
    /// Where the disk refuses; nothing of the run is then there.
    pub fn add(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        write_file(&self.path.join(RUNS).join(name), bytes)
    }

    /// Writes what all runs come to.
    ///
    /// # Errors
    /// As [`write_files`].
    pub fn finish(&self, bundle: &Bundle) -> Result<(), StoreError> {
        write_files(bundle, &self.path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sweep_finds_its_runs_again_and_no_other_sweep_does() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("sweep");
        let sweep = SweepFolder::open(&folder, b"plan").unwrap();
        sweep.add("2.json", b"two").unwrap();
        sweep.add("1.json", b"one").unwrap();
        let again = SweepFolder::open(&folder, b"plan").unwrap().runs().unwrap();
        assert_eq!(again, [("1.json".to_owned(), b"one".to_vec()), ("2.json".to_owned(), b"two".to_vec())]);
        assert!(matches!(SweepFolder::open(&folder, b"other"), Err(StoreError::OtherSweep(_))));
    }

    #[test]
    fn a_folder_of_somebody_else_is_left_alone() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("thesis.txt"), "years").unwrap();
        assert!(matches!(SweepFolder::open(home.path(), b"plan"), Err(StoreError::NotASweep(_))));
        assert!(!home.path().join(PLAN).exists());
    }
}

//! A folder in which the runs of a sweep gather one by one, so that a sweep that was killed goes on where it was. What a run is, and
//! whether what is read back can be used, is not known here.

use crate::{
    error::{At, StoreError},
    publish::{write_file, write_files},
    staging,
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
    /// Whether a sweep may gather in `folder`: it is absent, empty, holds a sweep, or what one left that was killed before its plan
    /// was there. Ask before the work.
    ///
    /// # Errors
    /// Where something else stands there.
    pub fn check(folder: &Path) -> Result<(), StoreError> {
        if folder.exists() && !folder.is_dir() {
            return Err(StoreError::FileInTheWay(folder.to_owned()));
        }
        if folder.is_dir() && !folder.join(PLAN).is_file() && holds_others(folder)? {
            return Err(StoreError::NotASweep(folder.to_owned()));
        }
        Ok(())
    }

    /// Opens `folder` for the sweep that `plan` tells; makes it where it is absent, and clears it of what a killed one left half
    /// written.
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
        // A run that was kept is written no more, so that nothing else would clear up beside it.
        staging::sweep(folder);
        staging::sweep(&folder.join(RUNS));
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

/// Whether anything lies in `folder` but a plan that was not yet in its place.
fn holds_others(folder: &Path) -> Result<bool, StoreError> {
    for entry in fs::read_dir(folder).at(folder)? {
        if !staging::is_for(&entry.at(folder)?.file_name(), PLAN) {
            return Ok(true);
        }
    }
    Ok(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a kill leaves of a staging folder: nothing in it yet, its lock, half of a file, all of it.
    fn leave(parent: &Path, target: &str, how_far: usize) {
        let folder = parent.join(format!(".papertide-staging-{target}-a1B2c{how_far}"));
        fs::create_dir_all(&folder).unwrap();
        for (name, text) in [("in-use", ""), ("fresh", "{\"sweep"), ("fresh", "plan")].into_iter().take(how_far) {
            fs::write(folder.join(name), text).unwrap();
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.file_name()).collect();
        names.sort();
        names.into_iter().map(|name| name.into_string().unwrap()).collect()
    }

    #[test]
    fn a_sweep_that_was_killed_before_its_plan_was_there_goes_on() {
        for how_far in 0..=3 {
            let home = tempfile::tempdir().unwrap();
            let folder = home.path().join("sweep");
            leave(&folder, PLAN, how_far);
            SweepFolder::check(&folder).unwrap();
            SweepFolder::open(&folder, b"plan").unwrap();
            assert_eq!(names(&folder), [PLAN], "{how_far}");
            assert_eq!(fs::read(folder.join(PLAN)).unwrap(), b"plan");
        }
    }

    #[test]
    fn what_was_half_written_is_cleared_away_where_nothing_is_left_to_be_written() {
        for how_far in 0..=3 {
            let home = tempfile::tempdir().unwrap();
            SweepFolder::open(home.path(), b"plan").unwrap().add("1.json", b"one").unwrap();
            leave(home.path(), PLAN, how_far);
            leave(&home.path().join(RUNS), "2.json", how_far);
            let runs = SweepFolder::open(home.path(), b"plan").unwrap().runs().unwrap();
            assert_eq!(runs, [("1.json".to_owned(), b"one".to_vec())]);
            assert_eq!(
                (names(home.path()), names(&home.path().join(RUNS))),
                (vec![PLAN.into(), RUNS.into()], vec!["1.json".into()])
            );
        }
    }

    #[test]
    fn a_report_at_work_or_killed_in_a_folder_makes_it_no_sweep() {
        let home = tempfile::tempdir().unwrap();
        leave(home.path(), "2025-W44", 3);
        assert!(matches!(SweepFolder::open(home.path(), b"plan"), Err(StoreError::NotASweep(_))));
        assert_eq!(names(home.path()).len(), 1);
    }

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

//! A run folder becomes the bytes of one of its files, or of all. What they mean is not known here.

use crate::{
    error::{At, StoreError},
    publish::holds_a_run,
};
use model::Bundle;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The bytes of the file called `name` in a run folder of ours.
///
/// # Errors
/// Where there is no such folder, it is no run folder, the file is missing in it, or the disk refuses.
pub fn read_from_run(folder: &Path, name: &str) -> Result<Vec<u8>, StoreError> {
    check_run(folder)?;
    let path = folder.join(name);
    if !path.is_file() {
        return Err(StoreError::NoFile(path));
    }
    fs::read(&path).at(&path)
}

/// All files of a run folder of ours, also those that no run has put there.
///
/// # Errors
/// Where there is no such folder, it is no run folder, or the disk refuses.
pub fn read_run(folder: &Path) -> Result<Bundle, StoreError> {
    check_run(folder)?;
    let mut bundle = Bundle::default();
    read_below(folder, "", &mut bundle)?;
    Ok(bundle)
}

/// The first run folder of ours, by name, that lies where `folder` lies and whose file called `name` is the one that is looked for.
/// What cannot be read is none.
#[must_use]
pub fn find_run_beside(folder: &Path, name: &str, is_it: &dyn Fn(&[u8]) -> bool) -> Option<PathBuf> {
    // `run` names no folder that it lies in, and `.` not even itself.
    let real = folder.canonicalize().ok()?;
    let mut beside: Vec<PathBuf> = fs::read_dir(real.parent()?).ok()?.flatten().map(|entry| entry.path()).collect();
    beside.sort();
    beside.into_iter().find(|run| *run != real && read_from_run(run, name).is_ok_and(|bytes| is_it(&bytes)))
}

fn check_run(folder: &Path) -> Result<(), StoreError> {
    if !folder.is_dir() {
        return Err(StoreError::NoFolder(folder.to_owned()));
    }
    if !holds_a_run(folder) {
        return Err(StoreError::NotARun(folder.to_owned()));
    }
    Ok(())
}

fn read_below(folder: &Path, prefix: &str, bundle: &mut Bundle) -> Result<(), StoreError> {
    for entry in fs::read_dir(folder).at(folder)? {
        let path = entry.at(folder)?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        // A link to a folder is no folder of the run.
        if path.is_dir() && !path.is_symlink() {
            read_below(&path, &format!("{name}/"), bundle)?;
        } else if path.is_file() {
            bundle.files.insert(name, fs::read(&path).at(&path)?);
        }
    }
    Ok(())
}

//! A run folder and the name of one of its files become the bytes of that file. What they mean is not known here.

use crate::{
    error::{At, StoreError},
    publish::holds_a_run,
};
use std::{fs, path::Path};

/// The bytes of the file called `name` in a run folder of ours.
///
/// # Errors
/// Where there is no such folder, it is no run folder, the file is missing in it, or the disk refuses.
pub fn read_from_run(folder: &Path, name: &str) -> Result<Vec<u8>, StoreError> {
    if !folder.is_dir() {
        return Err(StoreError::NoFolder(folder.to_owned()));
    }
    if !holds_a_run(folder) {
        return Err(StoreError::NotARun(folder.to_owned()));
    }
    let path = folder.join(name);
    if !path.is_file() {
        return Err(StoreError::NoFile(path));
    }
    fs::read(&path).at(&path)
}

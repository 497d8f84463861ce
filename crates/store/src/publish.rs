//! A bundle becomes a run folder, bytes become a file: written beside the target, then swapped in once.
//!
//! A run that fails or is killed at any moment leaves the target as it was. A folder that is not ours is never replaced.

use crate::{
    error::{At, StoreError},
    staging::{self, Staging},
    swap,
};
use model::Bundle;
use std::{
    fs::{self, File},
    path::{Component, Path, PathBuf},
};

/// What a run folder of ours is known by: these files, and this key in the first of them.
const MARKS: [&str; 2] = ["run.json", "report.html"];
const MARK_KEY: &str = "\"run_id\"";

/// Whether a report may go to `folder`: it is absent, empty, or a run folder of ours.
/// Ask before the work; [`publish`] asks again.
///
/// # Errors
/// Where it may not, and why.
pub fn check_target(folder: &Path) -> Result<(), StoreError> {
    let folder = real_path(folder)?;
    if !folder.exists() {
        return Ok(());
    }
    if !folder.is_dir() {
        return Err(StoreError::FileInTheWay(folder));
    }
    let empty = fs::read_dir(&folder).at(&folder)?.next().is_none();
    if empty || is_ours(&folder) { Ok(()) } else { Err(StoreError::NotOurs(folder)) }
}

fn is_ours(folder: &Path) -> bool {
    MARKS.iter().all(|name| folder.join(name).is_file()) && holds_a_run(folder)
}

/// Whether the `run.json` of a run lies in `folder`.
pub(crate) fn holds_a_run(folder: &Path) -> bool {
    fs::read_to_string(folder.join(MARKS[0])).is_ok_and(|text| text.contains(MARK_KEY))
}

/// Replaces `folder` (absent, empty, or a run folder of ours) by the files of `bundle`, in one step.
/// Folders above it are made where they are missing.
///
/// # Errors
/// Where the folder is not ours, a path leads out of the bundle, or the disk refuses; `folder` is then as it was.
pub fn publish(bundle: &Bundle, folder: &Path) -> Result<(), StoreError> {
    check_target(folder)?;
    check_paths(bundle)?;
    let target = real_path(folder)?;
    let staging = stage(&target)?;
    fs::create_dir(staging.fresh()).at(&staging.fresh())?;
    for (path, bytes) in &bundle.files {
        Staging::write(&staging.fresh().join(path), bytes)?;
    }
    sync_folder(&staging.fresh());
    swap::swap_in(&staging, &target)?;
    sync_parent(&target);
    Ok(())
}

/// Writes the files of `bundle` into `folder`, which may hold others; each replaces a file of its name. All are written beside
/// the folder before the first is moved into it.
///
/// # Errors
/// Where a path leads out of the bundle, something else than a file or folder stands in the way, or the disk refuses.
pub fn write_files(bundle: &Bundle, folder: &Path) -> Result<(), StoreError> {
    check_paths(bundle)?;
    let folder = real_path(folder)?;
    if folder.exists() && !folder.is_dir() {
        return Err(StoreError::FileInTheWay(folder));
    }
    let targets = || bundle.files.keys().map(|path| folder.join(path));
    if let Some(other) = targets().find(|target| target.exists() && !target.is_file()) {
        return Err(StoreError::NotAFile(other));
    }
    let staging = stage(&folder)?;
    for (path, bytes) in &bundle.files {
        Staging::write(&staging.fresh().join(path), bytes)?;
    }
    for (path, target) in bundle.files.keys().zip(targets()) {
        let parent = target.parent().unwrap_or(&folder);
        fs::create_dir_all(parent).at(parent)?;
        fs::rename(staging.fresh().join(path), &target).at(&target)?;
    }
    sync_folder(&folder);
    Ok(())
}

/// Replaces the file at `path` (absent or a regular file) by `bytes`, in one step.
///
/// # Errors
/// Where something else than a file stands there, or the disk refuses; the file is then as it was.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let target = real_path(path)?;
    if target.exists() && !target.is_file() {
        return Err(StoreError::NotAFile(target));
    }
    let staging = stage(&target)?;
    Staging::write(&staging.fresh(), bytes)?;
    fs::rename(staging.fresh(), &target).at(&target)?;
    sync_parent(&target);
    Ok(())
}

/// Makes the folder above `target`, clears it of leftovers and puts a staging folder into it.
fn stage(target: &Path) -> Result<Staging, StoreError> {
    let (Some(parent), Some(name)) = (target.parent(), target.file_name()) else {
        return Err(StoreError::NoName(target.to_owned()));
    };
    fs::create_dir_all(parent).at(parent)?;
    staging::sweep(parent);
    Staging::new(parent, name)
}

/// Absolute path of what `path` means: links followed where it exists, so that a link's target is replaced and not the link.
fn real_path(path: &Path) -> Result<PathBuf, StoreError> {
    if path.exists() {
        return path.canonicalize().at(path);
    }
    let absolute = std::path::absolute(path).at(path)?;
    if absolute.file_name().is_some() { Ok(absolute) } else { Err(StoreError::NoName(path.to_owned())) }
}

fn check_paths(bundle: &Bundle) -> Result<(), StoreError> {
    let inside =
        |path: &str| !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    match bundle.files.keys().find(|path| !inside(path)) {
        Some(path) => Err(StoreError::OutsideBundle(path.clone())),
        None => Ok(()),
    }
}

/// Asks the system to make the names in `folder` last. Systems that cannot do this for folders do it on their own.
fn sync_folder(folder: &Path) {
    if let Ok(open) = File::open(folder) {
        let _ = open.sync_all();
    }
}

fn sync_parent(path: &Path) {
    if let Some(parent) = path.parent() {
        sync_folder(parent);
    }
}

#[cfg(test)]
mod tests;

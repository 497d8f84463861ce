//! Puts one folder in the place of another. Where the system can, in a single step; it never merges the two.

use crate::{
    error::{At, StoreError},
    staging::Staging,
};
use std::{fs, path::Path};

/// Swaps the fresh folder of `staging` with `target`, which may be absent. Afterwards the old content lies in `staging`.
pub(crate) fn swap_in(staging: &Staging, target: &Path) -> Result<(), StoreError> {
    if !target.exists() {
        return fs::rename(staging.fresh(), target).at(target);
    }
    if exchange(&staging.fresh(), target) {
        return Ok(());
    }
    replace_in_two_steps(staging, target)
}

/// One step: at no moment is `target` absent or half of each. False where the file system cannot do it.
#[cfg(any(target_os = "linux", target_vendor = "apple"))]
fn exchange(fresh: &Path, target: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, fresh, CWD, target, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
fn exchange(_fresh: &Path, _target: &Path) -> bool {
    false
}

/// Two steps. A run that is killed between them leaves the old folder in staging, and the next run puts it back.
fn replace_in_two_steps(staging: &Staging, target: &Path) -> Result<(), StoreError> {
    fs::rename(target, staging.old()).at(target)?;
    if let Err(error) = fs::rename(staging.fresh(), target) {
        fs::rename(staging.old(), target).at(target)?;
        return Err(error).at(target);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_steps_replace_a_folder_too() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("run");
        fs::create_dir(&target).unwrap();
        fs::write(target.join("a"), "old").unwrap();
        let staging = Staging::new(parent.path(), "run".as_ref()).unwrap();
        Staging::write(&staging.fresh().join("a"), b"new").unwrap();
        replace_in_two_steps(&staging, &target).unwrap();
        assert_eq!(fs::read(target.join("a")).unwrap(), b"new");
        assert_eq!(fs::read(staging.old().join("a")).unwrap(), b"old");
    }
}

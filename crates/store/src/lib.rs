//! Puts finished bytes on the disk: a bundle as a run folder, or one file, each whole or not at all.
//!
//! This is the only crate that writes files, and the one that reads them back from a run folder. It never reads inputs, never makes bytes of its own beyond an empty lock
//! file, and never removes anything that it did not make.

mod error;
mod publish;
mod run_folder;
mod staging;
mod swap;
mod sweep_folder;

pub use error::StoreError;
pub use publish::{check_target, publish, write_file, write_files};
pub use run_folder::{find_run_beside, read_from_run, read_run};
pub use sweep_folder::SweepFolder;

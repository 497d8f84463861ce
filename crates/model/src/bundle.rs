//! A finished run as bytes: relative path to content. Nothing touches the disk before a bundle is whole.

use std::collections::BTreeMap;

/// Relative path (with `/`, never absolute, never `..`) to the bytes of the file, in path order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    pub files: BTreeMap<String, Vec<u8>>,
}

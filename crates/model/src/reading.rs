//! What reading found, source by source.

use serde::{Deserialize, Serialize};

/// Counts of one input file (or standard input).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceSummary {
    /// Name as the user knows it: relative to the folder that was given, or the file's own name.
    pub name: String,
    pub bytes: u64,
    /// BLAKE3 of the bytes as they lie in the file (before decompression), lower-case hex.
    pub blake3: String,
    /// `page`, `daily listing`, `json`, `json lines`, `csv` or `parquet`.
    pub format: String,
    /// Entries read.
    pub papers: usize,
    /// Entries with a date.
    pub dated: usize,
    /// Entries that are the same paper as one in this or an earlier source (sources in name order).
    pub duplicates: usize,
    /// Notices of severity warning or error.
    pub problems: usize,
    /// Year taken for dates without one, and why; `None` for formats that write the year.
    pub page_year: Option<String>,
}

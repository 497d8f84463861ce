//! Problems as data: what was found where, what was expected, and what to do. Collected, never printed here.

use serde::{Deserialize, Serialize};

/// How much a notice weighs. Ordered: `Note < Warning < Error`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing; the result stands.
    Note,
    /// Something was repaired, left out or could not be computed; the result stands without it.
    Warning,
    /// The input is refused.
    Error,
}

/// One problem or remark, with its place. Sorted by severity (errors first is the caller's choice), file, line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Notice {
    pub severity: Severity,
    /// Name of the input as the user knows it; `None` where no single file is meant.
    pub file: Option<String>,
    /// 1-based line in `file`; `None` where no line is meant.
    pub line: Option<u64>,
    /// What was found, as a sentence fragment without a final full stop.
    pub found: String,
    /// What was expected instead; empty where nothing else was.
    pub expected: String,
    /// What the user can do about it; empty where nothing need be done.
    pub hint: String,
}

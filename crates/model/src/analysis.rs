//! Everything a report may show. A number that is not in an [`Analysis`] cannot appear in a report.

use crate::SourceSummary;
#[cfg(feature = "frame")]
use crate::{Acronym, Continuity, Notice, Papers, Themes, Trends};
use serde::{Deserialize, Serialize};

/// One setting as it took effect.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SettingValue {
    /// Long option name without dashes.
    pub name: String,
    pub value: String,
}

/// An input file as the report names it.
pub type InputFile = SourceSummary;

/// The finished analysis of one run.
#[cfg(feature = "frame")]
#[derive(Debug, Clone)]
pub struct Analysis {
    /// Hash of version, settings and inputs: 12 hex digits. On every chart.
    pub run_id: String,
    pub version: String,
    /// All settings, effective, sorted by name.
    pub settings: Vec<SettingValue>,
    /// Sorted by name.
    pub inputs: Vec<InputFile>,
    pub papers: Papers,
    /// Entries that were merged into another one.
    pub merged: usize,
    pub n_terms: usize,
    /// Acronyms that the corpus explains, sorted.
    pub acronyms: Vec<Acronym>,
    pub themes: Themes,
    /// What became of the themes of the previous run; `None` where none was given, or no paper is in both.
    pub continuity: Option<Continuity>,
    pub trends: Trends,
    pub notices: Vec<Notice>,
}

//! What a run takes over from the one before it, and what became of the themes in between. Knows no run folder.

use crate::ThemeId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A finished run, as far as the next one goes on from it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreviousRun {
    pub run_id: String,
    /// In any order; numbers and names are unique.
    pub themes: Vec<PreviousTheme>,
    /// Id of every paper to the position of its theme in `themes`, or none.
    pub papers: BTreeMap<String, Option<usize>>,
    /// The highest number that a theme of it, or of any run before it, has had.
    pub last_number: u32,
}

/// A theme of a finished run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviousTheme {
    pub id: ThemeId,
    pub name: String,
    /// sRGB.
    pub colour: [u8; 3],
    /// Papers in the theme in that run.
    pub size: usize,
}

/// What became of the themes of the previous run.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Continuity {
    /// The previous run.
    pub run_id: String,
    /// Papers that are in both runs.
    pub shared_papers: usize,
    /// Where each theme comes from, in the order of `Themes::themes`.
    pub origins: Vec<Origin>,
    /// Themes of the previous run that no theme of this one is, by number.
    pub gone: Vec<GoneTheme>,
    /// The highest number that a theme of this run, or of any run before it, has had.
    pub last_number: u32,
}

impl Continuity {
    /// Themes that go on from the previous run.
    #[must_use]
    pub fn kept(&self) -> usize {
        self.origins.iter().filter(|origin| matches!(origin, Origin::Kept { .. })).count()
    }
}

/// Where a theme comes from. Counts are of papers that are in both runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Origin {
    /// The theme of the previous run with the same number and colour.
    Kept {
        /// Papers in both.
        shared: usize,
        /// `shared` over the papers in either, in (0, 1].
        jaccard: f64,
        /// Whether another match would have been nearly as good, as in [`crate::ThemePair`].
        ambiguous: bool,
        /// Its name in the previous run, where it has another one now.
        renamed_from: Option<String>,
    },
    New {
        /// The theme of the previous run that it was a part of, where that one fell apart.
        part_of: Option<ThemeId>,
    },
}

/// A theme of the previous run that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GoneTheme {
    pub id: ThemeId,
    pub name: String,
    /// Papers in it in the previous run.
    pub papers: usize,
    /// The theme of this run that it went into together with others.
    pub merged_into: Option<ThemeId>,
}

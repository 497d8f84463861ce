//! How two runs differ. Papers are rows of their run, themes positions in the `Themes` of their run; `first` and `second` are
//! the runs in the order in which they were named.

use serde::{Deserialize, Serialize};

/// Two groupings of the same papers, theme by theme. Counts are of papers that are in both runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ThemeMatching {
    /// One to one, in the order of the first run's themes.
    pub pairs: Vec<ThemePair>,
    /// Themes of the first run that fell apart.
    pub splits: Vec<Split>,
    /// Themes of the second run that were several.
    pub merges: Vec<Split>,
    /// Themes of the second run in no pair, split or merge.
    pub born: Vec<usize>,
    /// Themes of the first run in no pair, split or merge.
    pub gone: Vec<usize>,
    /// From which theme papers went to which, none included; sorted, without empty ones.
    pub flows: Vec<Flow>,
    /// Adjusted Rand index over the papers that are in a theme in both runs; `None` where there are none.
    pub adjusted_rand: Option<f64>,
    /// Normalised mutual information over the same papers.
    pub mutual_information: Option<f64>,
    /// Papers that are in a theme in both runs.
    pub grouped_in_both: usize,
}

impl ThemeMatching {
    /// The partner in the second run of a theme of the first.
    #[must_use]
    pub fn partner(&self, first: usize) -> Option<&ThemePair> {
        self.pairs.iter().find(|pair| pair.first == first)
    }

    /// The partner in the first run of a theme of the second.
    #[must_use]
    pub fn partner_of_second(&self, second: usize) -> Option<&ThemePair> {
        self.pairs.iter().find(|pair| pair.second == second)
    }

    /// Whether papers that went this way changed their theme.
    #[must_use]
    pub fn is_move(&self, flow: &Flow) -> bool {
        match (flow.first, flow.second) {
            (Some(first), second) => self.partner(first).map(|pair| pair.second) != second || second.is_none(),
            (None, second) => second.is_some(),
        }
    }
}

/// A theme of the first run and the theme of the second that it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemePair {
    pub first: usize,
    pub second: usize,
    /// Papers in both themes.
    pub shared: usize,
    /// `shared` over the papers in either theme, in (0, 1].
    pub jaccard: f64,
    /// The largest Jaccard index of either theme with another one of the other run.
    pub rival: Option<f64>,
    /// Whether `rival` is at least two thirds of `jaccard`: another match would be nearly as good.
    pub ambiguous: bool,
}

/// A theme of one run, and the themes of the other run that took most of their papers from it (a split), or that gave most of
/// their papers to it (a merge).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    pub whole: usize,
    /// Theme of the other run and papers in both, most first; at least two.
    pub parts: Vec<(usize, usize)>,
}

/// Papers that are in one theme (or none) in the first run and in one theme (or none) in the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flow {
    pub first: Option<usize>,
    pub second: Option<usize>,
    pub papers: usize,
}

/// A setting with other values in the two runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSetting {
    pub name: String,
    /// `None` where a run does not have the setting.
    pub first: Option<String>,
    pub second: Option<String>,
}

/// Which papers the runs read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PapersCompared {
    /// Row in the first and row in the second run, in the order of the first.
    pub both: Vec<(usize, usize)>,
    pub only_first: Vec<usize>,
    pub only_second: Vec<usize>,
    /// Papers in both with another date, published or seen.
    pub redated: usize,
}

/// Over which stretch a verdict speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stretch {
    /// The last finished bins.
    Recent,
    /// All finished bins.
    Whole,
}

/// What differs between the runs that can move the verdict on a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Differences {
    /// Papers in both runs that are in the theme only in the first, and only in the second.
    pub left: usize,
    pub joined: usize,
    /// Papers of the theme that only the first, and only the second run read.
    pub removed: usize,
    pub added: usize,
    /// Whether the runs read other papers or dates at all: the theme's share is one of all papers.
    pub other_papers: bool,
    /// Settings of the trends that differ, by name.
    pub settings: Vec<String>,
    /// Whether any paper in both runs changed its theme: verdicts are controlled over all themes.
    pub other_themes: bool,
}

/// What made a verdict another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// Papers of both runs are in other themes.
    Clustering,
    /// Other papers were read, or other dates.
    Data,
    /// Bins, window, or another setting of the trends.
    Settings,
    /// Neither papers nor themes nor settings differ: another version of the program.
    Program,
}

/// A theme in both runs that the runs judge differently.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangedVerdict {
    /// Positions of the theme in the first and in the second run.
    pub first: usize,
    pub second: usize,
    pub stretch: Stretch,
    pub differences: Differences,
    /// The kinds of difference that did it, at least one: each undone alone gives the first run's verdict again.
    pub causes: Vec<Cause>,
    /// Whether none does alone: `causes` are then all there are.
    pub together: bool,
}

/// How two runs differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Sorted by name.
    pub settings: Vec<ChangedSetting>,
    pub papers: PapersCompared,
    pub themes: ThemeMatching,
    /// Rows in the first and in the second run of the papers that changed their theme, in the order of the first.
    pub moved: Vec<(usize, usize)>,
    /// In the order of the first run's themes.
    pub verdicts: Vec<ChangedVerdict>,
}

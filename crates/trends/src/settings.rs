//! What can be set about trends, with the defaults and why they are what they are.
//! Does not check the command line: a value out of range here is held to its range where it is used.

use model::{BinUnit, Clock, Day};

/// What a paper counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// One.
    #[default]
    Count,
    /// Beside that, as much as it has upvotes.
    Upvotes,
}

/// Settings of the trend stage.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendSettings {
    /// `None`: chosen from the data.
    pub bin: Option<BinUnit>,
    /// `None`: the day of the listing for day-by-day listings, else the paper's own date.
    pub clock: Option<Clock>,
    /// Nothing published or listed later is read; `None`: the newest day in the data. A day after the newest one changes
    /// nothing: bins are finished as far as the data themselves reach.
    pub as_of: Option<Day>,
    /// First and last day that is read, both inclusive.
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub weight: Weight,
    /// Finished bins in the default window of a verdict.
    pub window: usize,
    /// False-discovery rate that verdicts, bursts, latest bins and drifting terms are held to, in (0, 1).
    pub q: f64,
    /// Largest change of share, as a fraction of 1, that still counts as none. For small themes half of the theme's
    /// mean share is taken instead, lest a theme of 1% that may have doubled is called flat.
    pub flat_margin: f64,
    /// Times that dates are shuffled to judge bursts.
    pub shuffles: usize,
    /// Seed of the shuffles.
    pub seed: u64,
}

impl Default for TrendSettings {
    fn default() -> Self {
        Self {
            bin: None,
            clock: None,
            as_of: None,
            from: None,
            to: None,
            weight: Weight::Count,
            window: 12,
            q: 0.10,
            flat_margin: 0.02,
            shuffles: 999,
            seed: 0,
        }
    }
}

//! The names of the stages, for whoever wants to show which one is at work. It runs none.

/// A stage of a run, in the order in which they run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Papers,
    Text,
    Themes,
    Trends,
    Report,
}

impl Stage {
    pub const ALL: [Self; 5] = [Self::Papers, Self::Text, Self::Themes, Self::Trends, Self::Report];

    /// What is being done, for a progress line.
    #[must_use]
    pub fn at_work(self) -> &'static str {
        match self {
            Self::Papers => "reading papers",
            Self::Text => "weighing terms",
            Self::Themes => "finding themes",
            Self::Trends => "measuring trends",
            Self::Report => "drawing charts",
        }
    }
}

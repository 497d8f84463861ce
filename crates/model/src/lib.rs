//! The words every crate of Papertide speaks, as types without behaviour beyond checking themselves.
//!
//! Stage crates import this crate and nothing else of ours. Nothing here reads, writes, prints,
//! asks for the time or draws a random number.

pub mod analysis;
pub mod bundle;
pub mod comparison;
pub mod continuity;
pub mod documents;
pub mod explanation;
pub mod notice;
#[cfg(feature = "frame")]
pub mod papers;
pub mod reading;
pub mod sweep;
pub mod synonyms;
pub mod terms;
pub mod themes;
pub mod timeline;
pub mod trends;

#[cfg(feature = "frame")]
pub use analysis::Analysis;
pub use analysis::{InputFile, SettingValue};
pub use bundle::Bundle;
pub use comparison::{
    Cause, ChangedSetting, ChangedVerdict, Comparison, Differences, Flow, PapersCompared, Split, Stretch,
    ThemeMatching, ThemePair,
};
pub use continuity::{Continuity, GoneTheme, Origin, PreviousRun, PreviousTheme};
pub use documents::Documents;
pub use explanation::{Explanation, LikePaper, SharedTerm, SharedWithTheme};
pub use notice::{Notice, Severity};
#[cfg(feature = "frame")]
pub use papers::{Papers, PapersError};
pub use reading::SourceSummary;
pub use sweep::{Axis, MergedWith, SplitExample, Spread, Sweep, SweepMeasures, SweepRun, SweepSetting, SweptTheme};
pub use synonyms::Synonyms;
pub use terms::{Acronym, TermMatrix, Vocabulary};
pub use themes::{
    Assignment, BorderPaper, Coherence, Embedding, Membership, Merge, Quality, Theme, ThemeCoherence, ThemeCount,
    ThemeCountCandidate, ThemeId, ThemeTerm, Themes,
};
pub use timeline::{Bin, BinUnit, Clock, Timeline};
pub use trends::{
    Appearance, Burst, Drift, DriftTerm, LagTable, Latest, RefitBand, Share, Standing, Trend, Trends, UpvoteCourse,
    UpvoteShare, Verdict, VerdictKind,
};

/// A calendar day (proleptic Gregorian), without time or zone.
pub type Day = jiff::civil::Date;

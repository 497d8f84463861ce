//! Puts the stages in a row: sources in, a finished run as bytes out. The only crate that sees them all.
//!
//! It reads, writes and prints nothing of its own: `gather` (of the papers crate) is handed on, writing is the caller's.

mod analyse;
mod compare;
mod explain;
mod nearest;
mod previous;
mod record;
mod run_id;
mod seed_themes;
mod settings;
mod stage;
mod sweep;
mod undone;
mod week;

pub use analyse::{AnalyseError, analyse};
pub use compare::{CompareError, compare};
pub use explain::{Explained, WhichPaper, explain, find_paper};
pub use papers::{ReadSettings, Reading, Sought, Source, Wanted, find, gather, read, read_file};
pub use previous::previous;
pub use record::{AgainError, Record, record};
pub use report::{
    Addresses, ChartRequest, Compared, Ground, KEPT_FILE, KeptError, Line, PictureFormat, ReportError, RequestError,
    Story, TableFormat, chart_files, comparison, comparison_words, continuity_sentences, dated_in_words, deck, kept,
    mail, render, story, sweep, sweep_elsewhere_is, sweep_headline, table_bytes,
};
pub use seed_themes::SeedTheme;
pub use settings::{Clash, FileSetting, Setting, Settings, Takes, example, settings_file};
pub use stage::Stage;
pub use sweep::{GivenAxis, SweepLoad, SweepPlan, check_sweep, judge, kept_run, plan, run_bytes, run_sweep};
pub use week::report_week;

/// Version of the program, part of every run id.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

//! The command line as it was typed: every option with its help text. The options of settings are made in `setting_args`; which
//! settings take effect is decided in `effective`, not here.

use crate::{
    effective::USUAL_FILE,
    run_args::{ChartsOptions, CompareOptions, MailOptions, SlidesOptions, VerifyOptions},
    setting_args::{AllSettings, ReadSettings, ThemeSettings},
    sweep_args::SweepOptions,
};
use clap::{Args as ClapArgs, Parser, Subcommand};
use model::Day;
use std::path::PathBuf;

/// Themes and trends of research abstracts.
#[derive(Debug, Parser)]
#[command(name = "papertide", version, about, long_about = None, arg_required_else_help = true)]
pub struct Args {
    #[command(subcommand)]
    pub verb: Verb,
}

#[derive(Debug, Subcommand)]
pub enum Verb {
    /// Read papers, find their themes, measure how they move, and write a report folder
    Report(ReportOptions),
    /// Show what was read, source by source, and write the papers as one table
    Papers(PapersOptions),
    /// Draw charts of a finished run again: other sizes, colours, formats, themes or days
    Charts(ChartsOptions),
    /// Make the slides of a finished run again
    Slides(SlidesOptions),
    /// Write a finished run as a mail, and send it
    Mail(MailOptions),
    /// Say how two finished runs differ: settings, papers, themes, verdicts
    Compare(CompareOptions),
    /// Make a finished run again and say whether every byte is the same
    Verify(VerifyOptions),
    /// Find the themes and say why one paper is in its theme, or in none
    Explain(ExplainOptions),
    /// Run many settings on the same papers: which is recommended, and which themes are real
    Sweep(SweepOptions),
    /// Write a settings file with every setting explained
    Init(InitOptions),
    /// Print every setting with the value that takes effect and where it comes from
    Settings(SettingsOptions),
}

/// How a verb runs and speaks. Nothing here changes a result.
#[derive(Debug, ClapArgs)]
pub struct Manner {
    /// Number of threads (default: one a core); the result is the same for any. Tables are read and written by threads of
    /// their own, which the variable `POLARS_MAX_THREADS` limits
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print one JSON object on standard output instead of text
    #[arg(long)]
    pub json: bool,
    /// Print nothing but warnings and errors
    #[arg(long, short)]
    pub quiet: bool,
}

/// What all verbs on papers read.
#[derive(Debug, ClapArgs)]
pub struct InputOptions {
    /// Files, folders or globs; `-` is standard input
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<String>,
    #[command(flatten)]
    pub manner: Manner,
}

#[derive(Debug, ClapArgs)]
pub struct ReportOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// Report folder, replaced as a whole (default: reports/WEEK, the ISO week of the newest paper)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub settings: AllSettings,
}

#[derive(Debug, ClapArgs)]
pub struct PapersOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// Table to write: a name ending in .parquet or .csv
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub settings: ReadSettings,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// The paper: its id, or words that stand in its title only
    #[arg(long, value_name = "ID|WORDS")]
    pub paper: String,
    #[command(flatten)]
    pub settings: ThemeSettings,
}

#[derive(Debug, ClapArgs)]
pub struct SettingsOptions {
    #[command(flatten)]
    pub manner: Manner,
    #[command(flatten)]
    pub settings: AllSettings,
}

#[derive(Debug, ClapArgs)]
pub struct InitOptions {
    /// File to write
    #[arg(long, short, value_name = "FILE", default_value = USUAL_FILE)]
    pub output: PathBuf,
    /// Replace the file if it is there
    #[arg(long)]
    pub force: bool,
}

pub fn day(typed: &str) -> Result<Day, String> {
    // The parser of the library takes times and zones too: those would be read as a day nobody asked for.
    let shape = typed.len() == 10 && typed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let expected = "expected a day of the calendar, such as 2025-06-30";
    typed.parse().ok().filter(|_| shape).ok_or_else(|| expected.to_owned())
}

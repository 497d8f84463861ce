//! The command line as it was typed: every option with its help text and the range of its values.
//! What the options mean to the stages is decided in `checked`, not here.

use crate::run_args::{ChartsOptions, MailOptions, SlidesOptions};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use model::Day;
use pipeline::ColumnNames;
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
    /// Find the themes and say why one paper is in its theme, or in none
    Explain(ExplainOptions),
}

/// What all verbs read.
#[derive(Debug, ClapArgs)]
pub struct InputOptions {
    /// Files, folders or globs; `-` is standard input
    #[arg(value_name = "INPUT", required = true)]
    pub inputs: Vec<String>,
    /// Year of the dates that pages give without one (default: inferred, and said why)
    #[arg(long, value_name = "YYYY", value_parser = clap::value_parser!(i16).range(1900..=2200))]
    pub page_year: Option<i16>,
    /// Names of the columns in tables: title=...,abstract=...,date=...,id=...
    #[arg(long, value_name = "FIELD=COLUMN,...")]
    pub columns: Option<ColumnNames>,
    /// Read nothing that was published or listed after this day
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub as_of: Option<Day>,
    /// Number of threads (default: one a core); the result is the same for any
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print one JSON object on standard output instead of text
    #[arg(long)]
    pub json: bool,
    /// Print nothing but warnings and errors
    #[arg(long, short)]
    pub quiet: bool,
}

#[derive(Debug, ClapArgs)]
pub struct ReportOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// Report folder, replaced as a whole (default: reports/WEEK, the ISO week of the newest paper)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub themes: ThemeOptions,
    #[command(flatten)]
    pub trends: TrendOptions,
}

/// How themes are found.
#[derive(Debug, ClapArgs)]
pub struct ThemeOptions {
    /// Number of themes
    #[arg(long, value_name = "auto|N", default_value = "auto", value_parser = theme_count)]
    pub themes: ThemeCountChoice,
    /// How papers are grouped; dbscan and optics find the number of themes themselves
    #[arg(long, value_enum, default_value_t = AlgorithmChoice::KMeans)]
    pub algorithm: AlgorithmChoice,
    /// For dbscan and optics: the distance within which papers are neighbours, above 0 and at most 2 (default: from the data)
    #[arg(long, value_name = "DISTANCE", value_parser = eps)]
    pub eps: Option<f64>,
    /// For dbscan and optics: papers, itself counted, that make the place of a paper dense (default: from their number)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    pub min_points: Option<u32>,
    /// For hierarchical: which two groups are the nearest (default: ward)
    #[arg(long, value_enum)]
    pub linkage: Option<LinkageChoice>,
    /// Merge the themes that were found to this many, the nearest first
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub level: Option<u32>,
    /// TOML file of themes that you want to see, each a `theme` table with name, words and example titles
    #[arg(long, value_name = "FILE")]
    pub seed_themes: Option<PathBuf>,
    /// Seed of everything random
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Whether papers far from every theme are kept in the nearest one or left out (default: drop)
    #[arg(long, value_enum)]
    pub outliers: Option<OutlierChoice>,
    /// Words and phrases that are never terms or names: one a line, # begins a remark
    #[arg(long, value_name = "FILE")]
    pub stop_words: Option<PathBuf>,
    /// Words and phrases that count as others: lines such as `RAG = retrieval-augmented generation, rag system`
    #[arg(long, value_name = "FILE")]
    pub synonyms: Option<PathBuf>,
}

/// How time is cut and looked at.
#[derive(Debug, ClapArgs)]
pub struct TrendOptions {
    /// Width of a time bin
    #[arg(long, value_enum, default_value_t = BinChoice::Auto)]
    pub bin: BinChoice,
    /// Which date counts: the paper's own, or the day it was listed (auto: the latter for day-by-day listings)
    #[arg(long, value_enum, default_value_t = ClockChoice::Auto)]
    pub clock: ClockChoice,
    /// First day of the trends; themes are found from all papers
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub from: Option<Day>,
    /// Last day of the trends; themes are found from all papers
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub to: Option<Day>,
    /// What a paper counts: one, or beside that as much as it has upvotes
    #[arg(long, value_enum, default_value_t = WeightChoice::Count)]
    pub weight: WeightChoice,
    /// Finished bins that a recent verdict looks back over, from 4 (default: 12)
    #[arg(long, value_name = "BINS", value_parser = clap::value_parser!(u16).range(4..=2000))]
    pub window: Option<u16>,
}

#[derive(Debug, ClapArgs)]
pub struct PapersOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// Table to write: a name ending in .parquet or .csv
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct ExplainOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// The paper: its id, or words that stand in its title only
    #[arg(long, value_name = "ID|WORDS")]
    pub paper: String,
    #[command(flatten)]
    pub themes: ThemeOptions,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeCountChoice {
    Auto,
    Given(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum BinChoice {
    Auto,
    Week,
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ClockChoice {
    Auto,
    Published,
    Seen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum WeightChoice {
    Count,
    Upvotes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum AlgorithmChoice {
    KMeans,
    GaussianMixture,
    Dbscan,
    Optics,
    Hierarchical,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinkageChoice {
    Ward,
    Average,
    Complete,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum OutlierChoice {
    Keep,
    Drop,
}

fn theme_count(typed: &str) -> Result<ThemeCountChoice, String> {
    match typed.parse() {
        _ if typed == "auto" => Ok(ThemeCountChoice::Auto),
        Ok(k) if k > 0 => Ok(ThemeCountChoice::Given(k)),
        _ => Err("expected `auto` or a whole number from 1".to_owned()),
    }
}

pub fn day(typed: &str) -> Result<Day, String> {
    // The parser of the library takes times and zones too: those would be read as a day nobody asked for.
    let shape = typed.len() == 10 && typed.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let expected = "expected a day of the calendar, such as 2025-06-30";
    typed.parse().ok().filter(|_| shape).ok_or_else(|| expected.to_owned())
}

fn eps(typed: &str) -> Result<f64, String> {
    match typed.parse() {
        Ok(eps) if eps > 0.0 && eps <= 2.0 => Ok(eps),
        _ => Err("expected a distance above 0 and at most 2".to_owned()),
    }
}

//! The command line of the verbs that start from a finished run, as it was typed. What sizes mean is decided in `checked_run`.

use crate::args::{Manner, day};
use clap::{Args as ClapArgs, ValueEnum};
use model::Day;
use std::path::PathBuf;

/// What all verbs on a finished run take.
#[derive(Debug, ClapArgs)]
pub struct RunOptions {
    /// Run folder that `papertide report` wrote
    #[arg(value_name = "RUN")]
    pub run: PathBuf,
    #[command(flatten)]
    pub manner: Manner,
}

#[derive(Debug, ClapArgs)]
pub struct ChartsOptions {
    #[command(flatten)]
    pub run: RunOptions,
    /// Folder for the charts; files of other names in it stay
    #[arg(long, short, value_name = "DIR", default_value = "charts")]
    pub output: PathBuf,
    /// Charts by name (default: all that have something to show)
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub only: Vec<String>,
    /// Width and height in pixels, 320 to 7680, from square to 5:2; or 16:9, 4:3, square
    #[arg(long, value_name = "WIDTHxHEIGHT", default_value = "1920x1080")]
    pub size: String,
    /// Pixels of a PNG for each pixel of the size
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=4))]
    pub scale: u32,
    /// What the charts are drawn on; transparent: dark letters without a ground
    #[arg(long, value_enum, default_value_t = GroundChoice::Light)]
    pub theme: GroundChoice,
    /// File formats; the numbers come as CSV beside them
    #[arg(long, value_enum, value_name = "FORMAT,...", value_delimiter = ',', default_value = "svg,png")]
    pub format: Vec<FormatChoice>,
    /// Names (or numbers) of the themes to show (default: all); colours and order stay those of the run
    #[arg(long, value_name = "NAME,...", value_delimiter = ',')]
    pub themes: Vec<String>,
    /// At most so many themes in a chart
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub top: Option<u32>,
    /// First day to show; verdicts stay those of the run
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub from: Option<Day>,
    /// Last day to show; verdicts stay those of the run
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub to: Option<Day>,
}

#[derive(Debug, ClapArgs)]
pub struct SlidesOptions {
    #[command(flatten)]
    pub run: RunOptions,
    /// File for the slides
    #[arg(long, short, value_name = "FILE", default_value = "deck.pptx")]
    pub output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct CompareOptions {
    #[command(flatten)]
    pub run: RunOptions,
    /// Run folder that the first is held against
    #[arg(value_name = "RUN")]
    pub other: PathBuf,
    /// Folder for the comparison; files of other names in it stay
    #[arg(long, short, value_name = "DIR", default_value = "comparison")]
    pub output: PathBuf,
}

#[derive(Debug, ClapArgs)]
pub struct VerifyOptions {
    #[command(flatten)]
    pub run: RunOptions,
    /// Files and folders where the inputs of the run lie; they are known by their content
    #[arg(value_name = "INPUT", default_value = ".")]
    pub inputs: Vec<PathBuf>,
    /// Folder of the run that it went on from (default: looked for beside RUN)
    #[arg(long, value_name = "RUN")]
    pub previous: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
pub struct MailOptions {
    #[command(flatten)]
    pub run: RunOptions,
    /// Addresses the mail is for
    #[arg(long, value_name = "ADDRESS,...", value_delimiter = ',', required = true)]
    pub to: Vec<String>,
    /// Address the mail is from
    #[arg(long, value_name = "ADDRESS", default_value = "papertide@localhost")]
    pub from: String,
    /// File for the mail
    #[arg(long, short, value_name = "FILE", default_value = "digest.eml")]
    pub output: PathBuf,
    /// Send it by this server, smtp://HOST:PORT, in plain text; name and password come from `PAPERTIDE_SMTP_USER` and `PAPERTIDE_SMTP_PASSWORD`
    #[arg(long, value_name = "URL")]
    pub smtp: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GroundChoice {
    Light,
    Dark,
    Transparent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatChoice {
    Svg,
    Png,
    Pdf,
}

//! One option for every setting, made from the list of settings, with `--settings FILE`. What was typed is checked against the
//! range of its setting and kept as text; what comes from elsewhere is not looked at here.

use clap::{
    Arg, ArgMatches, Args, Command, FromArgMatches,
    builder::{PossibleValuesParser, ValueParser},
};
use pipeline::{Setting, Settings, Stage, Takes};
use std::path::PathBuf;

/// The settings that were typed for the stages before the one with this number.
#[derive(Debug)]
pub struct SettingOptions<const END: usize> {
    /// Settings file; absent: `papertide.toml`, where there is one.
    pub file: Option<PathBuf>,
    pub typed: Vec<(&'static Setting, String)>,
}

pub type AllSettings = SettingOptions<{ Stage::Report as usize }>;
/// Of all stages up to the themes.
pub type ThemeSettings = SettingOptions<{ Stage::Trends as usize }>;
/// Of reading papers.
pub type ReadSettings = SettingOptions<{ Stage::Text as usize }>;

const FILE: &str = "settings-file";

impl<const END: usize> SettingOptions<END> {
    /// The stage before which the settings end.
    pub const fn end() -> Stage {
        Stage::ALL[END]
    }
}

impl<const END: usize> Args for SettingOptions<END> {
    fn augment_args(command: Command) -> Command {
        let file = Arg::new(FILE).long("settings").value_name("FILE").value_parser(clap::value_parser!(PathBuf));
        let file = file.help("Settings file (default: papertide.toml in this folder, if there is one)");
        Settings::before(Self::end()).fold(command.arg(file), |command, setting| command.arg(argument(setting)))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl<const END: usize> FromArgMatches for SettingOptions<END> {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let typed = |setting: &'static Setting| Some((setting, matches.get_one::<String>(setting.name)?.clone()));
        Ok(Self {
            file: matches.get_one(FILE).cloned(),
            typed: Settings::before(Self::end()).filter_map(typed).collect(),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

fn argument(setting: &'static Setting) -> Arg {
    let default = setting.default();
    let (help, parser) = match setting.takes {
        Takes::Words(words) => {
            let words = setting.unset.into_iter().chain(words());
            (format!("{} [default: {default}]", setting.about), PossibleValuesParser::new(words).into())
        }
        Takes::File | Takes::Run => (setting.about.to_owned(), ValueParser::new(checked(setting))),
        _ => {
            let help = format!("{} ({}) [default: {default}]", setting.about, setting.expected());
            (help, ValueParser::new(checked(setting)))
        }
    };
    let argument = Arg::new(setting.name).long(setting.name).value_name(placeholder(setting)).value_parser(parser);
    argument.help(help).help_heading(heading(setting.stage)).allow_negative_numbers(true)
}

fn placeholder(setting: &Setting) -> &'static str {
    match (setting.unset, setting.takes) {
        (Some("auto"), Takes::Whole(..)) => "auto|N",
        (Some("auto"), Takes::Number { .. }) => "auto|X",
        (_, takes) => takes.placeholder(),
    }
}

fn heading(stage: Stage) -> &'static str {
    match stage {
        Stage::Papers => "Reading papers",
        Stage::Text => "Weighing terms",
        Stage::Themes => "Finding themes",
        Stage::Trends | Stage::Report => "Measuring trends",
    }
}

fn checked(setting: &'static Setting) -> impl Fn(&str) -> Result<String, String> + Clone + Send + Sync + 'static {
    move |typed| match setting.check(typed) {
        Ok(()) => Ok(typed.to_owned()),
        Err(expected) => Err(format!("expected {expected}")),
    }
}

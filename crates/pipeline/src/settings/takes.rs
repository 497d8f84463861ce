//! The kinds of values that settings take: what they are in words, and whether a text is one.

use super::field::is_day;
use papers::ColumnNames;
use std::fmt;

/// What a setting takes.
#[derive(Debug, Clone, Copy)]
pub enum Takes {
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// A number between two, the upper one included; the lower one only with `or_least`.
    Number {
        least: f64,
        most: f64,
        or_least: bool,
    },
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    Day,
    Columns,
    /// The path of a file.
    File,
    /// The folder of a finished run.
    Run,
}

/// Whole numbers from here on are as good as endless.
const ENDLESS: u64 = u32::MAX as u64;

impl Takes {
    /// Whether `typed` is such a value.
    ///
    /// # Errors
    /// What more there is to say than what was expected; mostly nothing.
    pub fn check(self, typed: &str) -> Result<(), String> {
        let fits = match self {
            // A sign before a number is read by the parser, and was not meant to be.
            Self::Whole(least, most) => {
                typed.parse().is_ok_and(|n| (least..=most).contains(&n)) && !typed.starts_with('+')
            }
            Self::Number { least, most, or_least } => {
                typed.parse().is_ok_and(|x: f64| x <= most && (x > least || or_least && x >= least))
            }
            Self::Words(words) => words().contains(&typed),
            Self::Day => is_day(typed),
            Self::Columns => return typed.parse::<ColumnNames>().map(|_| ()).map_err(|wrong| format!("; {wrong}")),
            Self::File | Self::Run => !typed.is_empty(),
        };
        if fits { Ok(()) } else { Err(String::new()) }
    }

    #[must_use]
    pub fn is_file(self) -> bool {
        matches!(self, Self::File)
    }

    #[must_use]
    pub fn is_run(self) -> bool {
        matches!(self, Self::Run)
    }

    /// Whether it is written as a number, without quotes, in a TOML file.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Whole(..) | Self::Number { .. })
    }

    /// What stands for a value in help texts.
    #[must_use]
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Whole(..) => "N",
            Self::Number { .. } => "X",
            Self::Words(_) => "WORD",
            Self::Day => "YYYY-MM-DD",
            Self::Columns => "FIELD=COLUMN,...",
            Self::File => "FILE",
            Self::Run => "RUN",
        }
    }
}

impl fmt::Display for Takes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(least, most) if *most >= ENDLESS => write!(f, "a whole number from {least}"),
            Self::Whole(least, most) => write!(f, "a whole number from {least} to {most}"),
            Self::Number { least, most, or_least: true } => write!(f, "a number from {least} to {most}"),
            Self::Number { least, most, or_least: false } => write!(f, "a number above {least} and at most {most}"),
            Self::Words(words) => {
                let words: Vec<String> = words().iter().map(|word| format!("`{word}`")).collect();
                f.write_str(&words.join(", "))
            }
            Self::Day => f.write_str("a day of the calendar, such as 2025-06-30"),
            Self::Columns => f.write_str("names of columns, such as title=Name,abstract=Text"),
            Self::File => f.write_str("the path of a file"),
            Self::Run => f.write_str("the folder of a finished run"),
        }
    }
}

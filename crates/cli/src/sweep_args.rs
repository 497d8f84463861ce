//! The command line of `papertide sweep` as it was typed, and what its own words mean: axes, and bytes of memory.

use crate::{
    args::InputOptions,
    outcome::{Failure, problem},
    setting_args::ThemeSettings,
};
use clap::Args as ClapArgs;
use model::Notice;
use pipeline::{GivenAxis, Settings, Source};
use std::path::{Path, PathBuf};

#[derive(Debug, ClapArgs)]
pub struct SweepOptions {
    #[command(flatten)]
    pub input: InputOptions,
    /// A setting that varies, with its values: --set themes=10,20,30; once for each such setting
    #[arg(long, value_name = "NAME=VALUE,...")]
    pub set: Vec<String>,
    /// Draw so many of the combinations by the seed, instead of running all
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub random: Option<u32>,
    /// Seeds that each combination is run with, from --seed upwards
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub seeds: u64,
    /// Memory for runs at the same time, such as 4GB or 500MB (default: half of the machine's)
    #[arg(long, value_name = "SIZE", value_parser = memory)]
    pub memory: Option<u64>,
    /// Folder of the sweep; the same command goes on in it (default: sweeps/ID)
    #[arg(long, short, value_name = "DIR")]
    pub output: Option<PathBuf>,
    #[command(flatten)]
    pub settings: ThemeSettings,
}

/// The settings that vary, with the files that their values name.
///
/// # Errors
/// All names that are no setting, and all files that cannot be read.
pub fn axes(typed: &[String]) -> Result<Vec<GivenAxis>, Failure> {
    let (mut given, mut problems) = (Vec::new(), Vec::new());
    for typed in typed {
        match axis(typed) {
            Ok(axis) => given.push(axis),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(given) } else { Err(Failure::Refused(problems)) }
}

fn axis(typed: &str) -> Result<GivenAxis, Vec<Notice>> {
    let Some((name, values)) = typed.split_once('=').filter(|(name, values)| !name.is_empty() && !values.is_empty())
    else {
        return Err(vec![problem(
            None,
            format!("--set {typed}"),
            "NAME=VALUE,...",
            "for example --set themes=10,20,30",
        )]);
    };
    let setting = Settings::named(name.trim()).ok_or_else(|| vec![Settings::unknown(name.trim())])?;
    let mut problems = Vec::new();
    let mut value = |typed: &str| -> (String, Option<Source>) {
        let named = setting.takes.is_file() && setting.unset != Some(typed);
        let read = named.then(|| pipeline::read_file(Path::new(typed))).transpose();
        (
            typed.to_owned(),
            read.unwrap_or_else(|problem| {
                problems.push(problem);
                None
            }),
        )
    };
    let values = values.split(',').map(str::trim).map(&mut value).collect();
    if problems.is_empty() { Ok(GivenAxis { setting, values }) } else { Err(problems) }
}

/// Bytes of `4GB`, `500MB` or `1.5G`.
fn memory(typed: &str) -> Result<u64, String> {
    const UNITS: [(&str, u64); 3] = [("T", 1 << 40), ("G", 1 << 30), ("M", 1 << 20)];
    let upper = typed.trim().to_uppercase();
    let short = upper.strip_suffix('B').unwrap_or(&upper);
    let bytes = UNITS.iter().find_map(|(unit, bytes)| {
        let number: f64 = short.strip_suffix(unit)?.trim().parse().ok()?;
        (number > 0.0 && number <= 1_000_000.0).then_some((number * *bytes as f64) as u64)
    });
    bytes.ok_or_else(|| "expected a size such as 4GB or 500MB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::{axes, memory};

    #[test]
    fn sizes_are_bytes_or_refused() {
        assert_eq!((memory("4GB"), memory("500mb"), memory("1.5G")), (Ok(4 << 30), Ok(500 << 20), Ok(3 << 29)));
        for bad in ["", "4", "GB", "-1GB", "0M", "infG", "4KB"] {
            assert!(memory(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_axis_is_a_setting_with_values() {
        let found = axes(&["themes=10, 20".to_owned(), "ngram=1".to_owned()]).unwrap();
        let values: Vec<&str> = found[0].values.iter().map(|(typed, _)| typed.as_str()).collect();
        assert_eq!((found[0].setting.name, values, found.len()), ("themes", vec!["10", "20"], 2));
        assert!(["thems=10", "themes", "themes=", "=3"].iter().all(|bad| axes(&[(*bad).to_owned()]).is_err()));
        assert!(axes(&["stop-words=none,no-such-file.txt".to_owned()]).is_err());
        assert!(axes(&["stop-words=none".to_owned()]).unwrap()[0].values[0].1.is_none());
    }
}

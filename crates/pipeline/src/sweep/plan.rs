//! Settings that vary, with their values, to the list of settings to run, or to everything that makes it impossible. Every setting is
//! checked here, before anything is read or run.

use crate::{Setting, Settings, Stage, VERSION, run_id::run_id};
use model::{Axis, Notice, SettingValue, Severity, SourceSummary};
use papers::Source;

/// Most settings of one sweep, before it is thinned out.
const MOST: usize = 10_000;
/// Settings that themes depend on and that a sweep has another way for, or does not make.
const NOT_HERE: [(&str, &str); 3] = [
    ("seed", "use --seeds N, which runs every setting with N seeds"),
    ("previous", "a sweep goes on from no run: its own runs are held against each other"),
    ("refits", "a sweep makes no refits: its seeds and settings say which themes come back"),
];

/// A setting that varies, as it was asked for: what was typed and, for settings that take a file, what the file holds.
#[derive(Debug)]
pub struct GivenAxis {
    pub setting: &'static Setting,
    pub values: Vec<(String, Option<Source>)>,
}

/// What a sweep runs: every setting with every seed.
#[derive(Debug, Clone)]
pub struct SweepPlan {
    pub axes: Vec<Axis>,
    pub seeds: Vec<u64>,
    /// Values by axis, with the settings that they make of those that do not vary.
    pub settings: Vec<(Vec<String>, Settings)>,
    /// Settings that do not vary, sorted by name.
    pub fixed: Vec<SettingValue>,
    /// Those of them that are not as by default; `FILE` is the value of one that takes a file.
    pub given: Vec<SettingValue>,
}

impl SweepPlan {
    /// Every run: position of its setting, and its seed.
    #[must_use]
    pub fn runs(&self) -> Vec<(usize, u64)> {
        (0..self.settings.len()).flat_map(|setting| self.seeds.iter().map(move |&seed| (setting, seed))).collect()
    }

    /// What the sweep is known by: a hash of version, settings, seeds and inputs, 12 hex digits.
    #[must_use]
    pub fn id(&self, sources: &[SourceSummary]) -> String {
        let effective = |(at, (_, settings)): (usize, &(Vec<String>, Settings))| {
            settings.values().into_iter().map(move |v| SettingValue { name: format!("{at} {}", v.name), ..v })
        };
        let seeds =
            self.seeds.iter().map(|seed| SettingValue { name: format!("seed {seed}"), value: seed.to_string() });
        let all: Vec<SettingValue> = self.settings.iter().enumerate().flat_map(effective).chain(seeds).collect();
        run_id(VERSION, &all, sources)
    }
}

/// All combinations of the values, in the order typed, the last axis fastest; or `random` of them, drawn by the seed of `base`.
///
/// # Errors
/// Everything that is wrong with an axis; all combinations that do not go together.
pub fn plan(base: &Settings, axes: &[GivenAxis], seeds: u64, random: Option<usize>) -> Result<SweepPlan, Vec<Notice>> {
    let problems: Vec<Notice> = axes.iter().enumerate().flat_map(|(at, axis)| wrong(axis, &axes[..at])).collect();
    let all: usize = axes.iter().map(|axis| axis.values.len()).fold(1, usize::saturating_mul);
    if all > MOST {
        let found = format!("{all} combinations of settings");
        return Err(vec![problem(found, &format!("at most {MOST}"), "leave some values out")]);
    }
    if all < 2 && seeds < 2 && problems.is_empty() {
        let hint = "for example --set themes=10,20,30 --seeds 5";
        return Err(vec![problem(
            "nothing varies".to_owned(),
            "--set NAME=VALUE,... with several values, or --seeds",
            hint,
        )]);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let combined = (0..all).map(|at| combination(base, axes, at)).collect::<Vec<_>>();
    let impossible: Vec<Notice> =
        combined.iter().filter_map(|(values, settings)| clash(axes, values, settings)).collect();
    if !impossible.is_empty() {
        return Err(impossible);
    }
    let Some(last) = base.themes.seed.checked_add(seeds.max(1) - 1) else {
        let found = format!("--seeds {seeds} from --seed {}", base.themes.seed);
        return Err(vec![problem(
            found,
            &format!("seeds up to {}", u64::MAX),
            "give a smaller --seed or fewer --seeds",
        )]);
    };
    let varies = |name: &str| axes.iter().any(|axis| axis.setting.name == name);
    let is_fixed = |name: &str| Settings::before(Stage::Trends).any(|s| s.name == name) && !varies(name);
    let fixed: Vec<SettingValue> = base
        .values()
        .into_iter()
        .filter(|value| is_fixed(&value.name) && !NOT_HERE.iter().any(|(name, _)| *name == value.name))
        .collect();
    Ok(SweepPlan {
        axes: axes.iter().map(named).collect(),
        seeds: (base.themes.seed..=last).collect(),
        settings: thinned(combined, random, base.themes.seed),
        given: fixed.iter().filter_map(given).collect(),
        fixed,
    })
}

/// A setting that does not vary as an option, where it is not as by default.
fn given(fixed: &SettingValue) -> Option<SettingValue> {
    let setting = Settings::named(&fixed.name).filter(|setting| setting.default() != fixed.value)?;
    let value = if setting.takes.is_file() { "FILE".to_owned() } else { fixed.value.clone() };
    Some(SettingValue { name: fixed.name.clone(), value })
}

fn named(axis: &GivenAxis) -> Axis {
    Axis { name: axis.setting.name.to_owned(), values: axis.values.iter().map(|(typed, _)| typed.clone()).collect() }
}

fn wrong(axis: &GivenAxis, before: &[GivenAxis]) -> Vec<Notice> {
    let name = axis.setting.name;
    let mut problems = Vec::new();
    if !matches!(axis.setting.stage, Stage::Text | Stage::Themes) {
        let hint = "themes do not depend on it: give it as an option, or make a report with each of its values";
        problems.push(problem(format!("--set {name}"), "a setting that themes depend on", hint));
    }
    if let Some((_, hint)) = NOT_HERE.iter().find(|(other, _)| *other == name) {
        problems.push(problem(format!("--set {name}"), "another setting", hint));
    }
    if before.iter().any(|other| other.setting.name == name) {
        problems.push(problem(format!("--set {name} again"), "each setting once", "put all its values into one --set"));
    }
    for (at, (typed, file)) in axis.values.iter().enumerate() {
        if axis.values[..at].iter().any(|(other, _)| other == typed) {
            problems.push(problem(format!("--set {name}: {typed} twice"), "each value once", "leave one of them out"));
        }
        let mut settings = Settings::default();
        match (axis.setting.put(&mut settings, typed), file) {
            (Err(expected), _) => problems.push(axis.setting.refused(typed, expected)),
            (Ok(()), Some(file)) => {
                problems.extend(axis.setting.put_file(&mut settings, file).err().unwrap_or_default());
            }
            (Ok(()), None) => {}
        }
    }
    problems
}

/// The combination at a place of the grid. All values were checked.
fn combination(base: &Settings, axes: &[GivenAxis], at: usize) -> (Vec<String>, Settings) {
    let mut settings = base.clone();
    let (mut values, mut rest) = (Vec::new(), at);
    for axis in axes.iter().rev() {
        let (typed, file) = &axis.values[rest % axis.values.len()];
        rest /= axis.values.len();
        let put = axis.setting.put(&mut settings, typed).is_ok();
        let put_file = file.as_ref().is_none_or(|file| axis.setting.put_file(&mut settings, file).is_ok());
        debug_assert!(put && put_file, "a value that was not checked");
        values.push(typed.clone());
    }
    values.reverse();
    (values, settings)
}

fn clash(axes: &[GivenAxis], values: &[String], settings: &Settings) -> Option<Notice> {
    let clash = settings.check().err()?;
    let typed: Vec<String> =
        axes.iter().zip(values).map(|(axis, value)| format!("{}={value}", axis.setting.name)).collect();
    let hint = "nothing was run: every combination has to be possible; run what goes together as sweeps of their own";
    Some(problem(format!("{}: {}", typed.join(" "), clash.what.replace("--", "")), "", hint))
}

/// So many of the combinations, in their own order, drawn by the seed.
fn thinned<T>(mut all: Vec<T>, random: Option<usize>, seed: u64) -> Vec<T> {
    let Some(random) = random.filter(|random| *random < all.len()) else { return all };
    let lot = |at: &usize| blake3::hash(format!("{seed} {at}").as_bytes()).to_hex().to_string();
    let mut drawn: Vec<usize> = (0..all.len()).collect();
    drawn.sort_by_cached_key(lot);
    drawn.truncate(random);
    let mut at = 0..;
    all.retain(|_| at.next().is_some_and(|at| drawn.contains(&at)));
    all
}

fn problem(found: String, expected: &str, hint: &str) -> Notice {
    let (expected, hint) = (expected.to_owned(), hint.to_owned());
    Notice { severity: Severity::Error, file: None, line: None, found, expected, hint }
}

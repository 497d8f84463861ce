//! Settings from everywhere to the ones that take effect: an option counts before a variable of the environment, that before the
//! settings file, that before the default. Here the environment and the files are read; what values mean is up to the pipeline.

use crate::{
    checked_run,
    outcome::{self, Failure},
    setting_args::SettingOptions,
};
use model::{Notice, Severity};
use pipeline::{AnalyseError, Clash, Setting, Settings, Stage};
use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
};

/// The file that is read where it lies in the current folder.
pub const USUAL_FILE: &str = "papertide.toml";

/// Where the value of a setting comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    Default,
    File { path: PathBuf, line: u64 },
    Environment,
    Option,
}

/// A setting with the value that takes effect.
#[derive(Debug)]
pub struct Effective {
    pub setting: &'static Setting,
    pub typed: String,
    pub origin: Origin,
}

/// The settings of the stages that the options are for.
///
/// # Errors
/// Everything that is wrong in the settings file; a variable that is out of range; files of words and themes that cannot be used;
/// settings that do not go together.
pub fn settings<const END: usize>(options: &SettingOptions<END>) -> Result<Settings, Failure> {
    let effective = effective(options)?;
    let settings = put(&effective)?;
    check(&settings, &effective)?;
    Ok(settings)
}

/// Every setting of these stages with its value and where that comes from, in the order of the list of settings.
///
/// # Errors
/// As [`settings`], but for what the files of words and themes hold, and for settings that do not go together.
pub fn effective<const END: usize>(options: &SettingOptions<END>) -> Result<Vec<Effective>, Failure> {
    let mut given: BTreeMap<&str, (String, Origin)> = of_file(options.file.as_deref())?;
    given.extend(of_environment(SettingOptions::<END>::end())?);
    given.extend(options.typed.iter().map(|(setting, typed)| (setting.name, (typed.clone(), Origin::Option))));
    let effective = |setting: &'static Setting| {
        let (typed, origin) = given.remove(setting.name).unwrap_or_else(|| (setting.default(), Origin::Default));
        Effective { setting, typed, origin }
    };
    Ok(Settings::before(SettingOptions::<END>::end()).map(effective).collect())
}

type Given = BTreeMap<&'static str, (String, Origin)>;

fn of_file(path: Option<&Path>) -> Result<Given, Failure> {
    let usual = Path::new(USUAL_FILE);
    let path = match path {
        None if !usual.exists() => return Ok(Given::new()),
        path => path.unwrap_or(usual),
    };
    let source = pipeline::read_file(path).map_err(|problem| Failure::Refused(vec![problem]))?;
    let given = pipeline::settings_file(&source).map_err(Failure::Refused)?;
    let origin = |line| Origin::File { path: path.to_owned(), line };
    Ok(given.into_iter().map(|given| (given.name, (given.typed, origin(given.line)))).collect())
}

/// A variable without any text counts as absent: scripts hand on what they were not given in this way.
fn of_environment(end: Stage) -> Result<Given, Failure> {
    let names = env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    let mut wrong: Vec<(String, String)> =
        names.filter_map(|name| Settings::misspelt(&name).map(|meant| (name, meant))).collect();
    wrong.sort();
    if let Some((name, meant)) = wrong.first() {
        let what = format!("{name}: no setting has this variable, expected the name of a setting after PAPERTIDE_");
        return Err(Failure::Environment { what, hint: format!("did you mean {meant}? unset {name} if not") });
    }
    let mut given = Given::new();
    for setting in Settings::before(end) {
        let Some(value) = env::var_os(setting.variable()).filter(|value| !value.is_empty()) else { continue };
        let typed = value.to_string_lossy().into_owned();
        setting.check(&typed).map_err(|expected| Failure::Environment {
            what: format!("{}={typed}, expected {expected}", setting.variable()),
            hint: format!("set {} to something else, or unset it", setting.variable()),
        })?;
        given.insert(setting.name, (typed, Origin::Environment));
    }
    Ok(given)
}

/// Puts all values into the settings that the stages read; files and runs are read and their problems told together.
///
/// # Errors
/// All files and runs that cannot be used.
pub fn put(effective: &[Effective]) -> Result<Settings, Failure> {
    let mut settings = Settings::default();
    let mut problems = Vec::new();
    for Effective { setting, typed, origin } in effective {
        if let Err(expected) = setting.put(&mut settings, typed) {
            problems.push(setting.refused(typed, expected));
        }
        if setting.takes.is_file() && setting.unset != Some(typed) {
            let source = pipeline::read_file(&beside(typed, origin)).map_err(|problem| vec![named(problem, setting)]);
            let put = source.and_then(|source| setting.put_file(&mut settings, &source));
            problems.extend(put.err().unwrap_or_default());
        }
        if setting.takes.is_run() && setting.unset != Some(typed) {
            match checked_run::analysis(&beside(typed, origin)) {
                Ok(run) => setting.put_run(&mut settings, pipeline::previous(&run)),
                Err(Failure::Refused(wrong)) => {
                    problems.extend(wrong.into_iter().map(|problem| named(problem, setting)));
                }
                Err(other) => return Err(other),
            }
        }
    }
    if problems.is_empty() { Ok(settings) } else { Err(Failure::Refused(problems)) }
}

/// Whether the settings go together.
///
/// # Errors
/// The first that has no meaning beside the others, told where it was given.
pub fn check(settings: &Settings, effective: &[Effective]) -> Result<(), Failure> {
    settings.check().map_err(|clash| blamed(clash, effective))
}

/// A path in a settings file is meant from the folder of that file.
fn beside(typed: &str, origin: &Origin) -> PathBuf {
    match origin {
        Origin::File { path, .. } => path.parent().unwrap_or(Path::new("")).join(typed),
        _ => PathBuf::from(typed),
    }
}

/// The problem with a file or a run, with the setting that names it.
fn named(problem: Notice, setting: &Setting) -> Notice {
    Notice { hint: format!("{}: it is the value of {}", problem.hint, setting.name), ..problem }
}

/// A clash, told at the place where the setting was given.
fn blamed(clash: Clash, effective: &[Effective]) -> Failure {
    let blamed = effective.iter().find(|effective| effective.setting.name == clash.setting);
    match blamed.map(|effective| &effective.origin) {
        Some(Origin::File { path, line }) => Failure::Refused(vec![Notice {
            severity: Severity::Error,
            file: Some(path.display().to_string()),
            line: Some(*line),
            found: clash.what.replace("--", ""),
            expected: String::new(),
            hint: clash.hint.replace("option", "line").replace("--", ""),
        }]),
        Some(Origin::Environment) => {
            let variable = blamed.map(|effective| effective.setting.variable()).unwrap_or_default();
            Failure::Environment { what: format!("{variable}: {}", clash.what), hint: clash.hint }
        }
        _ => Failure::Environment { what: clash.what, hint: clash.hint },
    }
}

/// What a stage said when it refused the settings for these papers.
pub fn refused(error: &AnalyseError) -> Failure {
    outcome::refused(None, error.to_string(), "", error.hint())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Args, Verb};
    use clap::Parser as _;
    use pipeline::Takes;

    fn settings_of(typed: &[&str]) -> Settings {
        let args = Args::try_parse_from([&["papertide", "report", "page.txt"], typed].concat()).unwrap();
        let Verb::Report(options) = args.verb else { panic!("not a report") };
        let effective = options.settings.typed.into_iter();
        let effective = effective.map(|(setting, typed)| Effective { setting, typed, origin: Origin::Option });
        put(&effective.collect::<Vec<_>>()).unwrap()
    }

    #[test]
    fn nothing_typed_means_the_defaults_of_the_stages() {
        assert_eq!(settings_of(&[]).values(), Settings::default().values());
    }

    #[test]
    fn every_setting_is_an_option_and_what_is_typed_takes_effect() {
        for (name, typed) in
            [("themes", "7"), ("bin", "month"), ("seed", "3"), ("min-npmi", "-0.5"), ("to", "2025-02-01")]
        {
            let values = settings_of(&[&format!("--{name}"), typed]).values();
            assert!(values.iter().any(|v| v.name == name && v.value == typed), "{name}");
        }
        for setting in Settings::all().filter(|setting| !matches!(setting.takes, Takes::File | Takes::Run)) {
            let values = settings_of(&[&format!("--{}", setting.name), &setting.default()]).values();
            assert_eq!(values, Settings::default().values(), "{}", setting.name);
        }
    }
}

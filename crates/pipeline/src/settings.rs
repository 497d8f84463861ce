//! All settings of all stages in one place. Defaults are those of the stages; nothing is read from an environment or a disk.
//!
//! What a setting is called, what it may be and where it lives stands once, in the lists below `settings/` (a file a stage);
//! options, `papertide.toml`, the environment, `--set` of a sweep and `run.json` all come from there.

mod clash;
mod field;
mod file;
mod of_papers;
mod of_text;
mod of_themes;
mod of_trends;
mod setting;
mod takes;

pub use clash::Clash;
pub use file::{FileSetting, example, settings_file};
pub use setting::Setting;
pub use takes::Takes;

use crate::{SeedTheme, Stage, nearest};
use model::{Notice, PreviousRun, SettingValue};
use papers::{ReadSettings, Source};
use text::TextSettings;
use themes::ThemeSettings;
use trends::TrendSettings;

/// The settings of a run, stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub read: ReadSettings,
    pub text: TextSettings,
    pub themes: ThemeSettings,
    /// Themes that the user wants to see.
    pub seed_themes: Vec<SeedTheme>,
    /// The run whose themes go on in this one.
    pub previous: Option<PreviousRun>,
    pub trends: TrendSettings,
}

impl Settings {
    /// Every setting there is, in the order in which a person reads them.
    pub fn all() -> impl Iterator<Item = &'static Setting> {
        [of_papers::ALL, of_text::ALL, of_themes::ALL, of_trends::ALL].into_iter().flatten()
    }

    /// The settings of the stages before `end`.
    pub fn before(end: Stage) -> impl Iterator<Item = &'static Setting> {
        Self::all().filter(move |setting| setting.stage < end)
    }

    /// The setting that is called `name`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Setting> {
        Self::all().find(|setting| setting.name == name)
    }

    /// The problem that no setting is called `name`, with the nearest name.
    #[must_use]
    pub fn unknown(name: &str) -> Notice {
        file::unknown(name)
    }

    /// The variable that a name like one of ours was probably meant to be; nothing for names that are like none, or are right.
    #[must_use]
    pub fn misspelt(variable: &str) -> Option<String> {
        let known: Vec<String> = Self::all().map(Setting::variable).collect();
        nearest::misspelt(variable, &known).cloned()
    }

    /// Every setting as it takes effect, sorted by name; the run id is made of them. Lists that came from files stand here
    /// with their content, as a file that says the same; a run stands here with its id.
    #[must_use]
    pub fn values(&self) -> Vec<SettingValue> {
        let value = |setting: &Setting| SettingValue { name: setting.name.to_owned(), value: setting.value(self) };
        let mut values: Vec<_> = Self::all().map(value).collect();
        values.sort();
        values
    }

    /// The settings that [`Settings::values`] wrote, as they stand in `run.json`. Settings that are not named keep their default,
    /// and so does one that takes a run: its id is not the run.
    ///
    /// # Errors
    /// All names that are no setting, and all values that are out of range.
    pub fn of_values(values: &[SettingValue]) -> Result<Self, Vec<Notice>> {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        for SettingValue { name, value } in values {
            let source = Source { name: name.clone(), bytes: value.clone().into_bytes() };
            problems.extend(match Self::named(name) {
                None => vec![Self::unknown(name)],
                Some(setting) if setting.takes.is_run() => Vec::new(),
                Some(setting) if setting.takes.is_file() && setting.unset != Some(value) => {
                    setting.put_file(&mut settings, &source).err().unwrap_or_default()
                }
                Some(setting) => {
                    setting.put(&mut settings, value).err().map(|e| setting.refused(value, e)).into_iter().collect()
                }
            });
        }
        if problems.is_empty() { Ok(settings) } else { Err(problems) }
    }

    /// Whether the settings fit together, whatever is read with them.
    ///
    /// # Errors
    /// The first setting that has no meaning beside the others.
    pub fn check(&self) -> Result<(), Clash> {
        clash::check(self)
    }
}

#[cfg(test)]
mod tests;

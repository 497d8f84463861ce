//! One setting: its name, what it is about, what it takes, and the field of [`Settings`] that it is.
//! Knows no particular setting and no place where values come from.

use super::{Settings, takes::Takes};
use crate::Stage;
use model::{Notice, PreviousRun, Severity};
use papers::Source;

/// One setting.
#[derive(Debug)]
pub struct Setting {
    /// As an option (without dashes), in `papertide.toml`, after `--set` and in `run.json`.
    pub name: &'static str,
    /// What it does, in one sentence without a full stop.
    pub about: &'static str,
    pub takes: Takes,
    /// The word for leaving it to the program; `None` where there always is a value.
    pub unset: Option<&'static str>,
    /// The first stage that reads it.
    pub stage: Stage,
    pub(super) field: Accessor,
}

/// How a setting is read from and written to [`Settings`]: what `Option`s hold stands here as the text itself.
#[derive(Debug)]
pub(super) struct Accessor {
    pub get: fn(&Settings) -> Option<String>,
    pub put: Put,
}

#[derive(Debug)]
pub(super) enum Put {
    /// `None`: unset. Gives nothing where the text does not fit the field, which no checked text does.
    Text(fn(&mut Settings, Option<&str>) -> Option<()>),
    /// The content of the file that was named.
    File(fn(&mut Settings, Option<&Source>) -> Result<(), Vec<Notice>>),
    /// The run that was named.
    Run(fn(&mut Settings, Option<PreviousRun>)),
}

impl Setting {
    /// The value in `settings`, as it could be typed; for files their content, for runs their id.
    #[must_use]
    pub fn value(&self, settings: &Settings) -> String {
        (self.field.get)(settings).unwrap_or_else(|| self.unset.unwrap_or_default().to_owned())
    }

    /// The value that it has where nobody gives one.
    #[must_use]
    pub fn default(&self) -> String {
        self.value(&Settings::default())
    }

    /// The name of its environment variable.
    #[must_use]
    pub fn variable(&self) -> String {
        format!("PAPERTIDE_{}", self.name.to_uppercase().replace('-', "_"))
    }

    /// Whether `typed` can be its value. What lies in a file or a run is not looked at.
    ///
    /// # Errors
    /// What was expected instead.
    pub fn check(&self, typed: &str) -> Result<(), String> {
        self.put(&mut Settings::default(), typed)
    }

    /// Puts what was typed into `settings`. Of a setting that takes a file or a run only `unset` is put; see
    /// [`Setting::put_file`] and [`Setting::put_run`].
    ///
    /// # Errors
    /// What was expected instead; `settings` is then as it was.
    pub fn put(&self, settings: &mut Settings, typed: &str) -> Result<(), String> {
        let value = if self.unset == Some(typed) { None } else { Some(typed) };
        if let Some(value) = value {
            self.takes.check(value).map_err(|wrong| format!("{}{wrong}", self.expected()))?;
        }
        match (&self.field.put, value) {
            (Put::Text(put), _) => put(settings, value).ok_or_else(|| self.expected()),
            (Put::File(put), None) => put(settings, None).map_err(|_| self.expected()),
            (Put::Run(put), None) => {
                put(settings, None);
                Ok(())
            }
            (Put::File(_) | Put::Run(_), Some(_)) => Ok(()),
        }
    }

    /// Puts the content of a file into `settings`; does nothing for a setting that takes none.
    ///
    /// # Errors
    /// Everything that is wrong in the file.
    pub fn put_file(&self, settings: &mut Settings, file: &Source) -> Result<(), Vec<Notice>> {
        match self.field.put {
            Put::Text(_) | Put::Run(_) => Ok(()),
            Put::File(put) => put(settings, Some(file)),
        }
    }

    /// Puts a finished run into `settings`; does nothing for a setting that takes none.
    pub fn put_run(&self, settings: &mut Settings, run: PreviousRun) {
        if let Put::Run(put) = self.field.put {
            put(settings, Some(run));
        }
    }

    /// What it takes, in words.
    #[must_use]
    pub fn expected(&self) -> String {
        match self.unset {
            Some(unset) => format!("{}, or `{unset}`", self.takes),
            None => self.takes.to_string(),
        }
    }

    /// The problem that `typed` is none of its values.
    #[must_use]
    pub fn refused(&self, typed: &str, expected: String) -> Notice {
        Notice {
            severity: Severity::Error,
            file: None,
            line: None,
            found: format!("{} = {typed}", self.name),
            expected,
            hint: format!("{}: {}", self.name, self.about),
        }
    }
}

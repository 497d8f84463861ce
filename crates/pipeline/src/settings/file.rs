//! The text of a `papertide.toml` to values of settings with their lines, or to everything that is wrong with it; and the
//! text of a new one. Touches no disk: neither this file nor the files that it names are opened here.

use super::{Settings, setting::Setting};
use crate::{Stage, nearest::nearest};
use model::{Notice, Severity};
use papers::Source;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The format that this program writes; a file that names another one is refused.
const FORMAT: &str = "1";
const HINT: &str = "`papertide init` writes a file with every setting explained";

/// A setting as a file gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileSetting {
    pub name: &'static str,
    pub typed: String,
    pub line: u64,
}

/// Reads a settings file, `key = value` a line and `version = 1`, into the settings it gives, in the order of its lines.
///
/// # Errors
/// Every problem of the file, with its line.
pub fn settings_file(file: &Source) -> Result<Vec<FileSetting>, Vec<Notice>> {
    let Source { name: file, bytes } = file;
    let valid = std::str::from_utf8(bytes);
    let text = valid.unwrap_or_default();
    let reader = Reader { file, text };
    if let Err(fault) = valid {
        let found = format!("a byte that is not UTF-8, at offset {}", fault.valid_up_to());
        return Err(vec![reader.problem(0, found, "a TOML file in UTF-8".to_owned())]);
    }
    let table = DeTable::parse(text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        // What the parser expected is told in its own terms, which help nobody.
        let found = error.message().split(", expected").next().unwrap_or_default().to_owned();
        vec![reader.problem(start, found, "TOML: lines such as `themes = 20` or `bin = \"month\"`".to_owned())]
    })?;
    let (mut given, mut problems, mut version) = (Vec::new(), Vec::new(), false);
    for (key, value) in table.get_ref() {
        let name = key.get_ref().as_ref();
        version |= name == "version";
        match reader.setting(name, key.span().start, value) {
            Ok(setting) => given.extend(setting),
            Err(problem) => problems.push(problem),
        }
    }
    if !version && problems.is_empty() {
        problems.push(reader.problem(0, "no version".to_owned(), format!("a line `version = {FORMAT}`")));
    }
    given.sort_by_key(|setting| setting.line);
    problems.sort();
    if problems.is_empty() { Ok(given) } else { Err(problems) }
}

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> u64 {
        self.text.get(..offset).unwrap_or(self.text).split('\n').count() as u64
    }

    fn problem(&self, offset: usize, found: String, expected: String) -> Notice {
        let (file, line) = (Some(self.file.to_owned()), Some(self.line(offset)));
        Notice { severity: Severity::Error, file, line, found, expected, hint: HINT.to_owned() }
    }

    /// The setting of one key; nothing for the version.
    fn setting(&self, name: &str, start: usize, value: &Spanned<DeValue<'_>>) -> Result<Option<FileSetting>, Notice> {
        if name == "version" {
            let right = matches!(value.get_ref(), DeValue::Integer(number) if number.to_string() == FORMAT);
            let found = || format!("version = {}", self.written(value));
            return if right { Ok(None) } else { Err(self.problem(start, found(), format!("version = {FORMAT}"))) };
        }
        let Some(setting) = Settings::named(name) else {
            let place = self.problem(start, String::new(), String::new());
            return Err(Notice { file: place.file, line: place.line, ..unknown(name) });
        };
        let refused = |expected: String| Notice {
            hint: format!("{name}: {}", setting.about),
            ..self.problem(start, format!("{name} = {}", self.written(value)), expected)
        };
        let typed = typed(setting, value.get_ref()).ok_or_else(|| refused(in_toml(setting)))?;
        setting.check(&typed).map_err(|expected| refused(quoted(&expected)))?;
        Ok(Some(FileSetting { name: setting.name, typed, line: self.line(start) }))
    }

    /// A value as it stands in the file, its first line.
    fn written(&self, value: &Spanned<DeValue<'_>>) -> &str {
        self.text.get(value.span()).unwrap_or_default().lines().next().unwrap_or_default()
    }
}

/// What was typed, where the kind of the value is right: numbers without quotes, everything else as a text, a day also as a
/// day of TOML.
fn typed(setting: &Setting, value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::Integer(number) if setting.takes.is_number() => {
            // Written as 1_000 or 0x10, perhaps.
            let plain = u64::from_str_radix(number.as_str(), number.radix());
            Some(plain.map_or_else(|_| number.to_string(), |number| number.to_string()))
        }
        DeValue::Float(number) if setting.takes.is_number() => Some(number.to_string()),
        DeValue::String(text) => {
            let number = setting.takes.is_number() && setting.unset != Some(text.as_ref());
            (!number).then(|| text.clone().into_owned())
        }
        DeValue::Datetime(day) => Some(day.to_string()),
        _ => None,
    }
}

/// What a setting takes, with the quotes that it has in a file.
fn in_toml(setting: &Setting) -> String {
    quoted(&setting.expected())
}

fn quoted(expected: &str) -> String {
    expected.replace('`', "\"")
}

/// The problem that no setting has this name.
pub(super) fn unknown(name: &str) -> Notice {
    let known: Vec<&str> = Settings::all().map(|setting| setting.name).collect();
    Notice {
        severity: Severity::Error,
        file: None,
        line: None,
        found: format!("no setting is called `{name}`"),
        expected: "the name of a setting".to_owned(),
        hint: format!("did you mean `{}`? `papertide settings` names them all", nearest(name, &known)),
    }
}

/// The text of a new settings file: every setting with what it does, what it takes, and its default, commented out.
#[must_use]
pub fn example() -> String {
    let stages = [Stage::Papers, Stage::Text, Stage::Themes, Stage::Trends].map(|stage| {
        let settings = Settings::all().filter(|setting| setting.stage == stage).map(explained);
        format!("\n\n# --- {} ---\n{}", stage.at_work(), settings.collect::<String>())
    });
    format!("{HEAD}version = {FORMAT}\n{}", stages.concat())
}

fn explained(setting: &Setting) -> String {
    let default = setting.default();
    let plain = setting.takes.is_number() && setting.unset != Some(default.as_str());
    let default = if plain { default } else { format!("\"{default}\"") };
    let (about, takes) = (setting.about.trim_end_matches('.'), capital(&in_toml(setting)));
    format!("\n# {about}.\n# {takes}.\n#{} = {default}\n", setting.name)
}

const HEAD: &str = "\
# Settings of Papertide. What is commented out has the value that stands there; take the # away to change it.
# An option on the command line counts before an environment variable (PAPERTIDE_THEMES=20), that before this file.
# `papertide settings` prints what takes effect and where it comes from. Paths are relative to the folder of this file.
";

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

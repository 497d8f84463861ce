//! Settings, each in its range, to the first that does not go together with the others. Looks at no papers.

use super::Settings;
use themes::ThemesError;

/// A setting that has no meaning beside the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clash {
    /// The setting to change.
    pub setting: &'static str,
    /// What was found and what was expected, naming settings as options.
    pub what: String,
    pub hint: String,
}

pub(super) fn check(settings: &Settings) -> Result<(), Clash> {
    settings.themes.check().map_err(|error| of_themes(&error))?;
    if !settings.seed_themes.is_empty() {
        settings.themes.check_with_seeds().map_err(|error| of_themes(&error))?;
    }
    days_in_order(settings)
}

fn of_themes(error: &ThemesError) -> Clash {
    let setting = match error {
        ThemesError::Unused { option, .. } => option,
        ThemesError::Level { .. } | ThemesError::SeedsMerged => "level",
        ThemesError::Eps(_) => "eps",
        ThemesError::MinPoints(_) => "min-points",
        _ => "themes",
    };
    let hint = "leave the option out, or choose another --algorithm".to_owned();
    Clash { setting, what: error.to_string(), hint }
}

fn days_in_order(settings: &Settings) -> Result<(), Clash> {
    let Some(from) = settings.trends.from else { return Ok(()) };
    let ends = [("--to", settings.trends.to), ("--as-of", settings.read.as_of)];
    match ends.into_iter().find_map(|(name, end)| Some((name, end.filter(|end| *end < from)?))) {
        None => Ok(()),
        Some((name, end)) => Err(Clash {
            setting: "from",
            what: format!("--from {from} is later than {name} {end}, expected {end} or earlier"),
            hint: format!("give an earlier --from or a later {name}"),
        }),
    }
}

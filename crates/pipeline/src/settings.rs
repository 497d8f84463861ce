//! All settings of all stages in one place. Defaults are those of the stages; nothing is read from an environment.

use crate::SeedTheme;
use model::{BinUnit, Clock, SettingValue};
use papers::ReadSettings;
use text::TextSettings;
use themes::{Density, Outliers, ThemeSettings, ThemesError};
use trends::{TrendSettings, Weight};

/// The settings of a run, stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    pub read: ReadSettings,
    pub text: TextSettings,
    pub themes: ThemeSettings,
    /// Themes that the user wants to see.
    pub seed_themes: Vec<SeedTheme>,
    pub trends: TrendSettings,
}

/// Names with values, in any order.
type Named = Vec<(&'static str, String)>;

impl Settings {
    /// Whether the settings fit together, whatever is read with them.
    ///
    /// # Errors
    /// The first setting that is out of its range, or that has no meaning beside the others.
    pub fn check(&self) -> Result<(), ThemesError> {
        self.themes.check()?;
        if self.seed_themes.is_empty() { Ok(()) } else { self.themes.check_with_seeds() }
    }

    /// Every setting as it takes effect, sorted by name. The run id is made of them: each stage's settings are taken
    /// apart field by field below, so that a field that is forgotten does not compile.
    #[must_use]
    pub fn values(&self) -> Vec<SettingValue> {
        let Self { read: of_read, text: of_text, themes: of_themes, seed_themes, trends: of_trends } = self;
        let seeds = vec![("seed-themes", seeds_listed(seed_themes))];
        let all = [read(of_read), text(of_text), themes(of_themes), seeds, trends(of_trends)].concat();
        let mut values: Vec<_> =
            all.into_iter().map(|(name, value)| SettingValue { name: name.to_owned(), value }).collect();
        values.sort();
        values
    }
}

fn seeds_listed(seeds: &[SeedTheme]) -> String {
    let seeds: Vec<String> = seeds.iter().map(SeedTheme::to_string).collect();
    if seeds.is_empty() { "none".to_owned() } else { seeds.join("; ") }
}

fn read(settings: &ReadSettings) -> Named {
    let ReadSettings { page_year, columns, as_of } = settings;
    vec![
        ("as-of", or(*as_of, "newest day")),
        ("page-year", or(*page_year, "inferred")),
        ("columns", columns.to_string()),
    ]
}

fn text(settings: &TextSettings) -> Named {
    let TextSettings { title_weight, min_papers, max_share, min_phrase_papers, min_npmi, stop_words, synonyms } =
        settings;
    let synonyms: Vec<String> =
        synonyms.iter().map(|given| format!("{} = {}", given.canonical, given.others.join(", "))).collect();
    vec![
        ("title-weight", title_weight.to_string()),
        ("min-papers", or(*min_papers, "auto")),
        ("max-share", max_share.to_string()),
        ("min-phrase-papers", or(*min_phrase_papers, "auto")),
        ("min-npmi", min_npmi.to_string()),
        ("stop-words", listed(stop_words)),
        ("synonyms", listed(&synonyms)),
    ]
}

fn themes(settings: &ThemeSettings) -> Named {
    let ThemeSettings {
        themes,
        algorithm,
        level,
        density: Density { eps, min_points },
        linkage,
        seed,
        outliers,
        max_dimensions,
        neighbours,
        averaging_rounds,
        refits,
    } = settings;
    let outliers = match outliers {
        Outliers::Keep => "keep",
        Outliers::Drop => "drop",
    };
    vec![
        ("themes", or(*themes, "auto")),
        ("algorithm", algorithm.to_string()),
        ("level", or(*level, "none")),
        ("eps", or(*eps, "auto")),
        ("min-points", or(*min_points, "auto")),
        ("linkage", linkage.unwrap_or_default().to_string()),
        ("seed", seed.to_string()),
        ("outliers", outliers.to_owned()),
        ("max-dimensions", max_dimensions.to_string()),
        ("neighbours", neighbours.to_string()),
        ("averaging-rounds", averaging_rounds.to_string()),
        ("refits", refits.to_string()),
    ]
}

fn trends(settings: &TrendSettings) -> Named {
    let TrendSettings { bin, clock, as_of, from, to, weight, window, q, flat_margin, shuffles, seed } = settings;
    vec![
        ("bin", or(bin.map(bin_word), "auto")),
        ("clock", or(clock.map(clock_word), "auto")),
        ("trends-as-of", or(*as_of, "newest day")),
        ("from", or(*from, "first day")),
        ("to", or(*to, "newest day")),
        ("weight", weight_word(*weight).to_owned()),
        ("window", window.to_string()),
        ("q", q.to_string()),
        ("flat-margin", flat_margin.to_string()),
        ("shuffles", shuffles.to_string()),
        ("trends-seed", seed.to_string()),
    ]
}

fn bin_word(unit: BinUnit) -> &'static str {
    match unit {
        BinUnit::Week => "week",
        BinUnit::Month => "month",
        BinUnit::Quarter => "quarter",
        BinUnit::Year => "year",
    }
}

fn weight_word(weight: Weight) -> &'static str {
    match weight {
        Weight::Count => "count",
        Weight::Upvotes => "upvotes",
    }
}

fn clock_word(clock: Clock) -> &'static str {
    match clock {
        Clock::Published => "published",
        Clock::Seen => "seen",
    }
}

/// What a list holds, and not the name of its file: the run id follows the content.
fn listed(entries: &[String]) -> String {
    if entries.is_empty() { "none".to_owned() } else { entries.join("; ") }
}

fn or<T: ToString>(value: Option<T>, otherwise: &str) -> String {
    value.map_or_else(|| otherwise.to_owned(), |value| value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_and_each_name_stands_once() {
        let names: Vec<String> = Settings::default().values().into_iter().map(|value| value.name).collect();
        let mut expected = names.clone();
        expected.sort();
        expected.dedup();
        assert_eq!(names, expected);
    }

    #[test]
    fn a_changed_setting_shows() {
        let mut settings = Settings::default();
        settings.trends.bin = Some(BinUnit::Quarter);
        settings.themes.themes = Some(20);
        let value = |name: &str| settings.values().into_iter().find(|v| v.name == name).map(|v| v.value);
        assert_eq!(value("bin").as_deref(), Some("quarter"));
        assert_eq!(value("themes").as_deref(), Some("20"));
        assert_eq!(value("page-year").as_deref(), Some("inferred"));
    }
}

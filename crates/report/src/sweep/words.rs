//! Turns what a sweep found into sentences: what is recommended and why, which themes are real, what becomes of the others.
//! Computes nothing but counts.

use crate::clean;
use crate::format::{counted, whole_percent};
use model::{Sweep, SweptTheme};

/// A theme is called real from this share of the settings on.
pub const REAL: f64 = 0.75;
/// Themes named that lie together with one.
const NAMED: usize = 3;

/// A setting as it would be typed: `themes=20 algorithm=k-means`; `the default settings` where nothing but the seed varies.
#[must_use]
pub fn label(sweep: &Sweep, setting: usize) -> String {
    let typed = sweep.axes.iter().zip(&sweep.settings[setting].values);
    let typed: Vec<String> = typed.map(|(axis, value)| format!("{}={}", axis.name, clean::line(value))).collect();
    if typed.is_empty() { "the settings that do not vary".to_owned() } else { typed.join(" ") }
}

/// What is recommended, in one line.
#[must_use]
pub fn headline(sweep: &Sweep) -> String {
    let settings = counted(sweep.settings.len(), "setting", "settings");
    match sweep.recommended {
        Some(at) => format!("Of {settings}, {} is recommended", label(sweep, at)),
        None => format!("None of {settings} is recommended"),
    }
}

/// How the recommended run is made.
pub fn command(sweep: &Sweep) -> Option<String> {
    let setting = sweep.recommended?;
    let typed = sweep.axes.iter().zip(&sweep.settings[setting].values);
    let options: Vec<String> = typed.map(|(axis, value)| format!("--{} {}", axis.name, clean::line(value))).collect();
    let seed = format!("--seed {}", sweep.seeds.first().copied().unwrap_or_default());
    let words = [vec!["papertide report INPUT".to_owned()], options, vec![seed]];
    Some(words.concat().join(" "))
}

/// How many of the recommended themes are real.
pub fn real(sweep: &Sweep) -> Option<String> {
    let known = sweep.themes.iter().filter_map(|theme| theme.comes_back);
    let real = known.clone().filter(|share| *share >= REAL).count();
    (known.count() > 0).then(|| {
        format!(
            "{} of {} come back in at least {} of the settings: they are there whatever the settings; the others hang on them",
            real,
            counted(sweep.themes.len(), "theme", "themes"),
            whole_percent(REAL)
        )
    })
}

/// What becomes of a theme elsewhere, as sentences without full stops.
pub fn elsewhere(sweep: &Sweep, theme: &SweptTheme) -> Vec<String> {
    let mut said = Vec::new();
    let runs = |n: usize| counted(n, "run", "runs");
    if let Some(split) = &theme.split {
        let parts: Vec<String> = split.parts.iter().map(|part| clean::line(part)).collect();
        let place = format!("{} seed {}", label(sweep, split.setting), split.seed);
        said.push(format!("falls apart in {}, as into {} ({place})", runs(theme.split_runs), parts.join(" and ")));
    }
    if theme.merged_runs > 0 {
        let with =
            |with: &model::MergedWith| format!("{} ({})", clean::line(&sweep.themes[with.theme].name), runs(with.runs));
        let with: Vec<String> = theme.merged_with.iter().take(NAMED).map(with).collect();
        said.push(format!("lies in one theme with others in {}: with {}", runs(theme.merged_runs), with.join(", ")));
    }
    said
}

/// Definitions of what the page shows.
pub const METHOD: [&str; 5] = [
    "Agreement: adjusted Rand index (Hubert and Arabie 1985) between the groupings of any two seeds of a setting, papers in no theme as one group.",
    "Silhouette, NPMI, c_v, diversity and share left out as in a report; silhouettes of settings with other words or dimensions are measured in other spaces.",
    "Recommended: of the settings with two themes or more and at most half of the papers left out for every seed, those whose agreement is within 0.05 of the best; of these, the one that stands highest by silhouette and NPMI together (shares of the settings that are no better, added).",
    "A theme comes back in a run where its partner in the best matching one to one shares more than half of their common papers (Jaccard index); its share is the mean over settings of the share of their seeds.",
    "It falls apart where several themes have most of their papers, and a tenth of its own each, from it; it lies with others where it is one of several such parts of one theme.",
];

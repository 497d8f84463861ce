//! Turns what a sweep found into sentences: what is recommended and why, which themes are real, what becomes of the others.
//! Computes nothing but counts.

use crate::clean;
use crate::format::{counted, whole_percent};
use model::{Sweep, SweptTheme};

/// A theme is called real from this share of the settings on.
pub const REAL: f64 = 0.75;
/// Themes named that lie together with one.
const NAMED: usize = 3;

/// A setting as it would be typed: `themes=20 algorithm=k-means`; in words where nothing but the seed varies.
#[must_use]
pub fn label(sweep: &Sweep, setting: usize) -> String {
    let typed = sweep.axes.iter().zip(&sweep.settings[setting].values);
    let typed: Vec<String> = typed.map(|(axis, value)| format!("{}={}", axis.name, clean::line(value))).collect();
    if typed.is_empty() { "the settings that do not vary".to_owned() } else { typed.join(" ") }
}

/// What is recommended, in one line.
#[must_use]
pub fn headline(sweep: &Sweep) -> String {
    match (sweep.recommended, sweep.settings.as_slice()) {
        (Some(_), [only]) => only.agreement.map_or_else(
            || "A single run: there is nothing to compare it with".to_owned(),
            |agreement| {
                format!("{} seeds of one setting agree to {:.2} (adjusted Rand)", sweep.seeds.len(), agreement.mean)
            },
        ),
        (Some(at), all) => format!("Of {} settings, {} is recommended", all.len(), label(sweep, at)),
        (None, [_]) => "The setting is not recommended".to_owned(),
        (None, all) => format!("None of {} settings is recommended", all.len()),
    }
}

/// How the recommended run is made.
pub fn command(sweep: &Sweep) -> Option<String> {
    let setting = sweep.recommended?;
    let varied = sweep.axes.iter().map(|axis| &axis.name).zip(&sweep.settings[setting].values);
    let given = sweep.given.iter().map(|given| (&given.name, &given.value));
    let options: Vec<String> = varied.chain(given).map(|(name, value)| format!("--{name} {}", word(value))).collect();
    let seed = format!("--seed {}", sweep.seeds.first().copied().unwrap_or_default());
    let words = [vec!["papertide report INPUT".to_owned()], options, vec![seed]];
    Some(words.concat().join(" "))
}

/// A value as one word of a shell.
fn word(value: &str) -> String {
    let value = clean::line(value);
    let plain = |c: char| c.is_alphanumeric() || "-_./:=,+".contains(c);
    if !value.is_empty() && value.chars().all(plain) { value } else { format!("'{}'", value.replace('\'', "'\\''")) }
}

/// What a theme comes back in a share of.
#[must_use]
pub fn elsewhere_is(sweep: &Sweep) -> &'static str {
    if sweep.settings.len() == 1 { "other seeds" } else { "settings" }
}

/// How many of the recommended themes are real.
pub fn real(sweep: &Sweep) -> Option<String> {
    let known = sweep.themes.iter().filter_map(|theme| theme.comes_back);
    let real = known.clone().filter(|share| *share >= REAL).count();
    let (all, what) = (sweep.themes.len(), elsewhere_is(sweep));
    let often = format!("in at least {} of the {what}", whole_percent(REAL));
    (known.count() > 0).then(|| match real {
        0 => format!("None of {all} themes comes back {often}: each hangs on them"),
        real if real == all => format!("All {all} themes come back {often}"),
        1 => format!("1 of {all} themes comes back {often}; the others hang on them"),
        real => format!("{real} of {all} themes come back {often}; the others hang on them"),
    })
}

/// What becomes of a theme elsewhere, as sentences without full stops.
pub fn elsewhere(sweep: &Sweep, theme: &SweptTheme) -> Vec<String> {
    let mut said = Vec::new();
    let runs = |n: usize| counted(n, "run", "runs");
    if let Some(split) = &theme.split {
        let parts: Vec<String> = split.parts.iter().map(|part| clean::line(part)).collect();
        let place = [label(sweep, split.setting), format!("seed {}", split.seed)].join(" ");
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

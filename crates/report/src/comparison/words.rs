//! Turns how two runs differ into sentences with numbers, the same on the page and on a terminal.
//! Does not judge: causes and matches are handed in.

use super::Compared;
use crate::format::{self, count, counted};
use crate::{clean, story};
use model::{Analysis, Cause, ChangedVerdict, Differences, Split, Stretch, ThemePair, VerdictKind};

/// So many themes, settings or verdicts are named in one sentence; the page and the JSON file have all.
const NAMED: usize = 5;
/// Letters of a setting's value in a sentence.
const VALUE: usize = 60;

/// One finding: what it is about, in a word, and the sentence, without a full stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub about: &'static str,
    pub text: String,
}

/// What differs between the runs, the headline first.
#[must_use]
pub fn comparison_words(compared: &Compared<'_>) -> Vec<Line> {
    let line = |about, text| Line { about, text };
    let mut lines = vec![
        line("differ", headline(compared)),
        line("runs", runs(compared)),
        line("settings", settings(compared)),
        line("papers", papers(compared)),
        line("themes", themes(compared)),
        line("agree", agreement(compared)),
    ];
    let found = &compared.comparison.themes;
    let (first, second) = (compared.first, compared.second);
    lines.extend(found.splits.iter().map(|s| line("split", split(first, second, s, "fell into"))));
    lines.extend(found.merges.iter().map(|s| line("merged", split(second, first, s, "was"))));
    let all = |analysis, themes: &[usize]| some(themes.iter().map(|&theme| named(analysis, theme)).collect());
    if !found.born.is_empty() {
        lines.push(line("born", all(second, &found.born)));
    }
    if !found.gone.is_empty() {
        lines.push(line("gone", all(first, &found.gone)));
    }
    lines.extend(compared.comparison.verdicts.iter().map(|changed| line("verdict", verdict(compared, changed))));
    lines
}

/// What differs, in one sentence without a full stop.
pub fn headline(compared: &Compared<'_>) -> String {
    let Compared { first, second, comparison } = compared;
    if first.run_id == second.run_id {
        return format!("The same run twice: {}", first.run_id);
    }
    let themes = first.themes.themes.len();
    let matched = format!(
        "{} of {} of the first run came back",
        comparison.themes.pairs.len(),
        counted(themes, "theme", "themes")
    );
    let moved = format!(
        "{} of {} shared papers changed theme",
        count(comparison.moved.len()),
        count(comparison.papers.both.len())
    );
    let verdicts = match comparison.verdicts.len() {
        0 => "no verdict changed".to_owned(),
        n => counted(n, "verdict changed", "verdicts changed"),
    };
    format!("{matched}, {moved}, {verdicts}")
}

fn runs(Compared { first, second, .. }: &Compared<'_>) -> String {
    let run = |analysis: &Analysis| {
        let papers = counted(analysis.papers.len(), "paper", "papers");
        let themes = counted(analysis.themes.themes.len(), "theme", "themes");
        format!("{} ({papers}, {themes}, version {})", analysis.run_id, analysis.version)
    };
    format!("{}, then {}", run(first), run(second))
}

fn settings(compared: &Compared<'_>) -> String {
    let value = |value: &Option<String>| value.as_deref().map_or_else(|| "not there".to_owned(), cut);
    let all = &compared.comparison.settings;
    let told = all.iter().map(|s| format!("{} {}, then {}", s.name, value(&s.first), value(&s.second)));
    if all.is_empty() { "none differ".to_owned() } else { some(told.collect()) }
}

fn cut(value: &str) -> String {
    let value = clean::line(value);
    match value.char_indices().nth(VALUE) {
        Some((end, _)) => format!("{}\u{2026}", &value[..end]),
        None => value,
    }
}

fn papers(compared: &Compared<'_>) -> String {
    let papers = &compared.comparison.papers;
    let (both, first, second) =
        (count(papers.both.len()), count(papers.only_first.len()), count(papers.only_second.len()));
    let dates = match papers.redated {
        0 => String::new(),
        n => format!(", {} with another date", count(n)),
    };
    format!("{both} in both{dates}; {first} only in the first, {second} only in the second")
}

fn themes(compared: &Compared<'_>) -> String {
    let found = &compared.comparison.themes;
    let unsure = found.pairs.iter().filter(|pair| pair.ambiguous).count();
    let unsure = if unsure == 0 { String::new() } else { format!(" ({} ambiguous)", count(unsure)) };
    format!(
        "{} matched one to one{unsure}, {}, {}, {} born, {} gone",
        count(found.pairs.len()),
        counted(found.splits.len(), "split", "splits"),
        counted(found.merges.len(), "merge", "merges"),
        count(found.born.len()),
        count(found.gone.len())
    )
}

fn agreement(compared: &Compared<'_>) -> String {
    let found = &compared.comparison.themes;
    match (found.adjusted_rand, found.mutual_information) {
        (Some(rand), Some(information)) => format!(
            "adjusted Rand index {rand:.3}, normalised mutual information {information:.3}, over {} in a theme in both runs",
            counted(found.grouped_in_both, "paper", "papers")
        ),
        _ => "cannot be measured: no paper is in a theme in both runs".to_owned(),
    }
}

/// `"A" fell into "B" (12 papers) and "C" (9 papers)`.
pub fn split(whole: &Analysis, parts: &Analysis, split: &Split, verb: &str) -> String {
    let part =
        |&(theme, papers): &(usize, usize)| format!("{} ({})", named(parts, theme), counted(papers, "paper", "papers"));
    format!("{} {verb} {}", named(whole, split.whole), some(split.parts.iter().map(part).collect()))
}

/// How good a match is: `0.82`, `0.41, ambiguous: another match has 0.38`.
pub fn score(pair: &ThemePair) -> String {
    match pair.rival {
        Some(rival) if pair.ambiguous => format!("{:.2}, ambiguous: another match has {rival:.2}", pair.jaccard),
        _ => format!("{:.2}", pair.jaccard),
    }
}

fn verdict(compared: &Compared<'_>, changed: &ChangedVerdict) -> String {
    let (before, after) = kinds(compared, changed);
    format!(
        "{}, over {}: {}, then {}; {}",
        named(compared.first, changed.first),
        stretch(changed.stretch),
        word(before),
        word(after),
        because(compared, changed)
    )
}

/// The verdict in the first run and in the second.
pub fn kinds(compared: &Compared<'_>, changed: &ChangedVerdict) -> (Option<VerdictKind>, Option<VerdictKind>) {
    let kind = |analysis: &Analysis, theme: usize| {
        let trend = analysis.trends.trends.get(theme)?;
        let verdict = match changed.stretch {
            Stretch::Recent => trend.recent.as_ref(),
            Stretch::Whole => trend.overall.as_ref(),
        };
        verdict.map(|verdict| verdict.kind)
    };
    (kind(compared.first, changed.first), kind(compared.second, changed.second))
}

/// A verdict, or that there is none.
pub fn word(kind: Option<VerdictKind>) -> &'static str {
    kind.map_or("no verdict", format::verdict)
}

pub fn stretch(stretch: Stretch) -> &'static str {
    match stretch {
        Stretch::Recent => "the last bins",
        Stretch::Whole => "the whole span",
    }
}

/// The word for a cause in every output.
pub fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::Clustering => "clustering",
        Cause::Data => "data",
        Cause::Settings => "settings",
        Cause::Program => "program",
    }
}

/// What did it: `clustering: 3 papers left the theme, 12 joined`, or of several `either alone` or `only together`.
pub fn because(compared: &Compared<'_>, changed: &ChangedVerdict) -> String {
    let differences = &changed.differences;
    let what = |&by: &Cause| {
        let what = match by {
            Cause::Clustering if differences.left + differences.joined > 0 => members(differences),
            Cause::Clustering => {
                "its papers are the same, but other themes changed, over which verdicts are controlled".to_owned()
            }
            Cause::Data => data(differences),
            Cause::Settings => differences.settings.join(", "),
            Cause::Program => format!("version {}, then {}", compared.first.version, compared.second.version),
        };
        format!("{}: {what}", cause(by))
    };
    let all: Vec<String> = changed.causes.iter().map(what).collect();
    let how = match (changed.together, all.len()) {
        (true, _) => " (only together)",
        (false, 1) => "",
        (false, _) => " (any of them alone)",
    };
    format!("{}{how}", all.join("; "))
}

fn members(differences: &Differences) -> String {
    let papers = counted(differences.left, "paper", "papers");
    format!("{papers} left the theme, {} joined", count(differences.joined))
}

fn data(differences: &Differences) -> String {
    match (differences.added, differences.removed) {
        (0, 0) => "other papers or dates, none of them in this theme".to_owned(),
        (added, removed) => format!("{} new in the theme, {} no longer read", count(added), count(removed)),
    }
}

/// The name of a theme in quotation marks.
pub fn named(analysis: &Analysis, theme: usize) -> String {
    analysis
        .themes
        .themes
        .get(theme)
        .map_or_else(String::new, |theme| format!("\u{201c}{}\u{201d}", story::name(theme)))
}

/// The first few, and how many more.
fn some(mut all: Vec<String>) -> String {
    let more = all.len().saturating_sub(NAMED);
    all.truncate(NAMED);
    let more = if more == 0 { String::new() } else { format!("; and {} more", count(more)) };
    format!("{}{more}", all.join("; "))
}

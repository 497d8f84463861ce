//! Two finished analyses to how they differ: settings, papers, themes, verdicts. Matching themes is the themes stage's work, judging
//! verdicts and naming their causes the trends stage's; nothing is clustered again.

use crate::{Settings, Stage, undone::undone};
use model::{
    Analysis, Cause, ChangedSetting, ChangedVerdict, Comparison, Differences, Flow, Papers, PapersCompared, Stretch,
    ThemeMatching, ThemePair, Trend, Trends, Verdict, VerdictKind,
};
use std::collections::{BTreeMap, BTreeSet};

/// Settings of the trends stage that no verdict by count hangs on: they are for upvotes and bursts.
const BESIDE: [&str; 2] = ["weight", "shuffles"];

/// Why two runs cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CompareError {
    #[error("no paper is in both runs: {first} in the first, {second} in the second")]
    NothingShared { first: usize, second: usize },
}

/// How the second run differs from the first. Papers are the same where their ids are.
///
/// # Errors
/// Where no paper is in both.
pub fn compare(first: &Analysis, second: &Analysis) -> Result<Comparison, CompareError> {
    let papers = papers(&first.papers, &second.papers);
    if papers.both.is_empty() {
        return Err(CompareError::NothingShared { first: first.papers.len(), second: second.papers.len() });
    }
    let theme_of = |row: (usize, usize)| (first.themes.assignment.theme[row.0], second.themes.assignment.theme[row.1]);
    let (before, after): (Vec<_>, Vec<_>) = papers.both.iter().map(|&row| theme_of(row)).unzip();
    let themes = themes::matching(&before, &after, (first.themes.themes.len(), second.themes.themes.len()));
    let moved_rows = |row: &(usize, usize)| {
        let (first, second) = theme_of(*row);
        themes.is_move(&Flow { first, second, papers: 1 })
    };
    let moved: Vec<(usize, usize)> = papers.both.iter().copied().filter(moved_rows).collect();
    let settings = settings(first, second);
    let verdicts = verdicts((first, second), &papers, &themes, &settings, !moved.is_empty());
    Ok(Comparison { settings, papers, themes, moved, verdicts })
}

fn papers(first: &Papers, second: &Papers) -> PapersCompared {
    let (ids, others) = (first.ids(), second.ids());
    let rows: BTreeMap<&str, usize> = others.iter().copied().zip(0..).collect();
    let known: BTreeSet<&str> = ids.iter().copied().collect();
    let both: Vec<(usize, usize)> =
        ids.iter().enumerate().filter_map(|(row, id)| Some((row, *rows.get(id)?))).collect();
    let (published, seen) = ((first.published(), second.published()), (first.seen(), second.seen()));
    let redated = |&&(a, b): &&(usize, usize)| published.0[a] != published.1[b] || seen.0[a] != seen.1[b];
    PapersCompared {
        redated: both.iter().filter(redated).count(),
        only_first: (0..ids.len()).filter(|&row| !rows.contains_key(ids[row])).collect(),
        only_second: (0..others.len()).filter(|&row| !known.contains(others[row])).collect(),
        both,
    }
}

fn settings(first: &Analysis, second: &Analysis) -> Vec<ChangedSetting> {
    let by_name = |analysis: &Analysis| -> BTreeMap<String, String> {
        analysis.settings.iter().map(|setting| (setting.name.clone(), setting.value.clone())).collect()
    };
    let (first, second) = (by_name(first), by_name(second));
    let names: BTreeSet<&String> = first.keys().chain(second.keys()).collect();
    let changed = |name: &&String| first.get(*name) != second.get(*name);
    let setting = |name: &String| ChangedSetting {
        name: name.clone(),
        first: first.get(name).cloned(),
        second: second.get(name).cloned(),
    };
    names.into_iter().filter(changed).map(setting).collect()
}

fn verdicts(
    (first, second): (&Analysis, &Analysis),
    papers: &PapersCompared,
    themes: &ThemeMatching,
    settings: &[ChangedSetting],
    other_themes: bool,
) -> Vec<ChangedVerdict> {
    let others = [Cause::Clustering, Cause::Data, Cause::Settings];
    let mut without: Option<Vec<Option<Trends>>> = None;
    let mut changed = Vec::new();
    for pair in &themes.pairs {
        let trends = (first.trends.trends.get(pair.first), second.trends.trends.get(pair.second));
        let stretches = changed_stretches(trends.0, trends.1);
        if stretches.is_empty() {
            continue;
        }
        let differences = Differences {
            settings: settings.iter().map(|s| s.name.clone()).filter(|s| is_of_verdicts(s)).collect(),
            other_themes,
            other_papers: papers.redated + papers.only_first.len() + papers.only_second.len() > 0,
            ..of_members((first, second), papers, pair)
        };
        let without = without.get_or_insert_with(|| {
            others.iter().map(|&cause| undone(cause, (first, second), papers, themes)).collect()
        });
        changed.extend(stretches.into_iter().map(|stretch| {
            let restores = |cause: Cause| {
                let at = others.iter().position(|&other| other == cause);
                let trends = at.and_then(|at| without[at].as_ref());
                trends.is_some_and(|t| {
                    kind(t.trends.get(pair.second), stretch) == kind(first.trends.trends.get(pair.first), stretch)
                })
            };
            let (causes, together) = trends::causes(&differences, restores);
            ChangedVerdict {
                first: pair.first,
                second: pair.second,
                stretch,
                differences: differences.clone(),
                causes,
                together,
            }
        }));
    }
    changed
}

/// The stretches with another verdict; the whole span only where it is another stretch than the recent one in either run.
fn changed_stretches(first: Option<&Trend>, second: Option<&Trend>) -> Vec<Stretch> {
    let window = |verdict: Option<&Verdict>| verdict.map(|v| (v.window_start, v.window_end));
    let one_window =
        |trend: Option<&Trend>| trend.is_none_or(|t| window(t.recent.as_ref()) == window(t.overall.as_ref()));
    let differs = |stretch: &Stretch| kind(first, *stretch) != kind(second, *stretch);
    let all = if one_window(first) && one_window(second) {
        vec![Stretch::Recent]
    } else {
        vec![Stretch::Recent, Stretch::Whole]
    };
    all.into_iter().filter(differs).collect()
}

fn kind(trend: Option<&Trend>, stretch: Stretch) -> Option<VerdictKind> {
    let verdict = match stretch {
        Stretch::Recent => trend?.recent.as_ref(),
        Stretch::Whole => trend?.overall.as_ref(),
    };
    verdict.map(|verdict| verdict.kind)
}

/// Which papers a matched theme won and lost, and whether both runs had read them.
fn of_members((first, second): (&Analysis, &Analysis), papers: &PapersCompared, pair: &ThemePair) -> Differences {
    let in_first = |row: usize| first.themes.assignment.theme[row] == Some(pair.first);
    let in_second = |row: usize| second.themes.assignment.theme[row] == Some(pair.second);
    let ways =
        |was: bool, is: bool| papers.both.iter().filter(|&&(a, b)| in_first(a) == was && in_second(b) == is).count();
    Differences {
        left: ways(true, false),
        joined: ways(false, true),
        removed: papers.only_first.iter().filter(|&&row| in_first(row)).count(),
        added: papers.only_second.iter().filter(|&&row| in_second(row)).count(),
        ..Differences::default()
    }
}

/// Whether a verdict by count hangs on the setting, whatever papers were read and wherever they are.
fn is_of_verdicts(name: &str) -> bool {
    // The day that counts as today is read by all stages.
    let of_trends = Settings::named(name).is_some_and(|setting| setting.stage == Stage::Trends);
    name == "as-of" || of_trends && !BESIDE.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settings_of_verdicts_are_these() {
        let named: Vec<&str> =
            Settings::all().map(|setting| setting.name).filter(|name| is_of_verdicts(name)).collect();
        assert_eq!(named, ["as-of", "bin", "clock", "from", "to", "window", "q", "flat-margin"]);
    }
}

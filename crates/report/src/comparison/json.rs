//! Turns two analyses and how they differ into JSON for programs: themes by number and name, papers by id.
//! Rounds nothing and leaves nothing out.

use super::Compared;
use super::words::{self, comparison_words};
use crate::{ReportError, json_bytes::json_bytes};
use model::{Analysis, ChangedSetting, ChangedVerdict, Flow, Split, Stretch, ThemePair};
use serde_json::{Value, json};

/// The bytes of the file.
pub fn bytes(compared: &Compared<'_>) -> Result<Vec<u8>, ReportError> {
    json_bytes(&value(compared))
}

fn value(compared: &Compared<'_>) -> Value {
    let Compared { first, second, comparison } = compared;
    let found = &comparison.themes;
    let all = |analysis, themes: &[usize]| themes.iter().map(|&at| theme(analysis, Some(at))).collect::<Vec<_>>();
    json!({
        "runs": { "first": run(first), "second": run(second) },
        "summary": comparison_words(compared).iter().map(|l| json!({ "about": l.about, "text": l.text })).collect::<Vec<_>>(),
        "settings": comparison.settings.iter().map(setting).collect::<Vec<_>>(),
        "papers": papers(compared),
        "agreement": {
            "adjusted_rand": found.adjusted_rand, "normalised_mutual_information": found.mutual_information,
            "papers": found.grouped_in_both,
        },
        "pairs": found.pairs.iter().map(|p| pair(compared, p)).collect::<Vec<_>>(),
        "splits": found.splits.iter().map(|s| split(first, second, s)).collect::<Vec<_>>(),
        "merges": found.merges.iter().map(|s| split(second, first, s)).collect::<Vec<_>>(),
        "born": all(second, &found.born),
        "gone": all(first, &found.gone),
        "flows": found.flows.iter().map(|f| flow(compared, f)).collect::<Vec<_>>(),
        "verdicts": comparison.verdicts.iter().map(|v| verdict(compared, v)).collect::<Vec<_>>(),
    })
}

fn run(analysis: &Analysis) -> Value {
    json!({
        "run_id": analysis.run_id, "version": analysis.version, "papers": analysis.papers.len(),
        "themes": analysis.themes.themes.len(),
    })
}

fn setting(setting: &ChangedSetting) -> Value {
    json!({ "name": setting.name, "first": setting.first, "second": setting.second })
}

fn papers(Compared { first, second, comparison }: &Compared<'_>) -> Value {
    let (ids, others) = (first.papers.ids(), second.papers.ids());
    let of = |themes: &model::Themes, row: usize| themes.assignment.theme[row].map(|at| themes.themes[at].id.0);
    let moved = |&(a, b): &(usize, usize)| json!({ "id": ids[a], "first": of(&first.themes, a), "second": of(&second.themes, b) });
    let papers = &comparison.papers;
    json!({
        "in_both": papers.both.len(),
        "redated": papers.redated,
        "only_first": papers.only_first.iter().map(|&row| ids[row]).collect::<Vec<_>>(),
        "only_second": papers.only_second.iter().map(|&row| others[row]).collect::<Vec<_>>(),
        "moved": comparison.moved.iter().map(moved).collect::<Vec<_>>(),
    })
}

/// Null for no theme.
fn theme(analysis: &Analysis, position: Option<usize>) -> Value {
    let theme = position.and_then(|at| analysis.themes.themes.get(at));
    theme.map_or(Value::Null, |theme| json!({ "theme": theme.id.0, "name": theme.name, "papers": theme.size }))
}

fn pair(Compared { first, second, .. }: &Compared<'_>, pair: &ThemePair) -> Value {
    json!({
        "first": theme(first, Some(pair.first)), "second": theme(second, Some(pair.second)),
        "shared": pair.shared, "jaccard": pair.jaccard, "rival": pair.rival, "ambiguous": pair.ambiguous,
    })
}

fn split(whole: &Analysis, parts: &Analysis, split: &Split) -> Value {
    let part = |&(at, shared): &(usize, usize)| json!({ "theme": theme(parts, Some(at)), "shared": shared });
    json!({ "whole": theme(whole, Some(split.whole)), "parts": split.parts.iter().map(part).collect::<Vec<_>>() })
}

fn flow(compared: &Compared<'_>, flow: &Flow) -> Value {
    let number = |analysis: &Analysis, at: Option<usize>| at.map(|at| analysis.themes.themes[at].id.0);
    json!({
        "first": number(compared.first, flow.first), "second": number(compared.second, flow.second),
        "papers": flow.papers, "moved": compared.comparison.themes.is_move(flow),
    })
}

fn verdict(compared: &Compared<'_>, changed: &ChangedVerdict) -> Value {
    let (before, after) = words::kinds(compared, changed);
    let differences = &changed.differences;
    json!({
        "first": theme(compared.first, Some(changed.first)), "second": theme(compared.second, Some(changed.second)),
        "window": match changed.stretch { Stretch::Recent => "recent", Stretch::Whole => "whole" },
        "verdict_first": words::word(before), "verdict_second": words::word(after),
        "causes": changed.causes.iter().map(|&c| words::cause(c)).collect::<Vec<_>>(), "together": changed.together, "because": words::because(compared, changed),
        "papers": {
            "left": differences.left, "joined": differences.joined,
            "removed": differences.removed, "added": differences.added,
        },
        "settings": differences.settings,
    })
}

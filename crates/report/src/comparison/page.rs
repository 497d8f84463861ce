//! Turns two analyses and how they differ into one self-contained HTML page that makes no request and runs no script.
//! Does not word the findings: `words` does.

use super::Compared;
use super::words::{self, comparison_words, headline, named};
use crate::charts::Inline;
use crate::clean;
use crate::format::{count, counted};
use crate::html::{STYLE, head::head, spark, swatches};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::{Analysis, Flow, ThemePair};

/// Titles listed for each way that papers went, and of papers in one run only; `comparison.json` names all by id.
const TITLES: usize = 5;
const ONLY: usize = 30;

/// `chart`: where papers went; its SVG is the only markup that is not escaped here.
pub fn page(compared: &Compared<'_>, chart: Option<&Inline>) -> String {
    let Compared { first, second, .. } = compared;
    let style = format!("{STYLE}{}", swatches::rules(&[first, second], chart.into_iter()));
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("Papertide comparison, {} and {}", first.run_id, second.run_id), &style, ""))
            body {
                header {
                    p.kicker { "Papertide comparison" }
                    h1 { (headline(compared)) }
                    p.facts { "Run " code { (first.run_id) } ", then run " code { (second.run_id) } }
                }
                main {
                    (summary(compared))
                    @if let Some(chart) = chart {
                        figure.chart #chart-alluvial { div.scroll tabindex="0" role="group" aria-label="Where papers went" { (PreEscaped(&chart.svg)) } }
                    }
                    (pairs(compared))
                    (verdicts(compared))
                    (moves(compared))
                    (settings(compared))
                    (only(compared))
                    (definitions())
                }
                footer { p { "Papertide " (second.version) ", runs " code { (first.run_id) } " and " code { (second.run_id) } } }
            }
        }
    }
    .into_string()
}

fn summary(compared: &Compared<'_>) -> Markup {
    html! {
        section #summary {
            h2 { "What differs" }
            dl { @for line in comparison_words(compared).iter().skip(1) { dt { (line.about) } dd { (line.text) "." } } }
        }
    }
}

/// A table with a heading and scrolling of its own.
fn table(label: &str, heads: &[&str], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(label) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
    }
}

fn text(text: impl AsRef<str>) -> Markup {
    html! { (text.as_ref()) }
}

fn theme(analysis: &Analysis, position: usize) -> Markup {
    html! {
        @if let Some(theme) = analysis.themes.themes.get(position) {
            span.named { (spark::dot(theme.colour)) span { (crate::story::name(theme)) } }
        }
    }
}

fn pairs(compared: &Compared<'_>) -> Markup {
    let Compared { first, second, comparison } = compared;
    let row = |pair: &ThemePair| {
        let size =
            |analysis: &Analysis, at: usize| text(count(analysis.themes.themes.get(at).map_or(0, |theme| theme.size)));
        vec![
            theme(first, pair.first),
            size(first, pair.first),
            theme(second, pair.second),
            size(second, pair.second),
            text(count(pair.shared)),
            text(words::score(pair)),
        ]
    };
    let rows: Vec<Vec<Markup>> = comparison.themes.pairs.iter().map(row).collect();
    let heads = ["First run", "Papers", "Second run", "Papers", "Shared", "Jaccard index"];
    html! {
        section #pairs {
            h2 { "Themes in both runs" }
            @if rows.is_empty() { p { "None came back." } } @else { (table("Matched themes", &heads, &rows)) }
        }
    }
}

fn verdicts(compared: &Compared<'_>) -> Markup {
    let row = |changed: &model::ChangedVerdict| {
        let (before, after) = words::kinds(compared, changed);
        vec![
            theme(compared.first, changed.first),
            text(words::stretch(changed.stretch)),
            text(words::word(before)),
            text(words::word(after)),
            text(words::because(compared, changed)),
        ]
    };
    let rows: Vec<Vec<Markup>> = compared.comparison.verdicts.iter().map(row).collect();
    let heads = ["Theme", "Over", "First run", "Second run", "What did it"];
    html! {
        section #verdicts {
            h2 { "Verdicts that changed" }
            @if rows.is_empty() { p { "None." } } @else { (table("Changed verdicts", &heads, &rows)) }
        }
    }
}

/// Most papers first.
fn moves(compared: &Compared<'_>) -> Markup {
    let found = &compared.comparison.themes;
    let mut ways: Vec<&Flow> = found.flows.iter().filter(|flow| found.is_move(flow)).collect();
    ways.sort_by_key(|flow| (std::cmp::Reverse(flow.papers), flow.first, flow.second));
    let name =
        |analysis: &Analysis, at: Option<usize>| at.map_or_else(|| "no theme".to_owned(), |at| named(analysis, at));
    html! {
        section #moved {
            h2 { "Papers that changed their theme" }
            @if ways.is_empty() { p { "None." } }
            @for flow in ways {
                h3 { (name(compared.first, flow.first)) " to " (name(compared.second, flow.second)) ": " (counted(flow.papers, "paper", "papers")) }
                (titles(compared.first, rows_of(compared, flow), TITLES))
            }
        }
    }
}

/// Rows in the first run of the papers that went this way.
fn rows_of(compared: &Compared<'_>, flow: &Flow) -> Vec<usize> {
    let way = |&&(a, b): &&(usize, usize)| {
        compared.first.themes.assignment.theme[a] == flow.first
            && compared.second.themes.assignment.theme[b] == flow.second
    };
    compared.comparison.moved.iter().filter(way).map(|&(a, _)| a).collect()
}

fn titles(analysis: &Analysis, rows: Vec<usize>, most: usize) -> Markup {
    let titles = analysis.papers.documents().titles;
    let more = rows.len().saturating_sub(most);
    html! {
        ul { @for row in rows.into_iter().take(most) { li { (clean::line(titles[row])) } } }
        @if more > 0 { p.note { "And " (count(more)) " more in comparison.json." } }
    }
}

fn settings(compared: &Compared<'_>) -> Markup {
    let value = |value: &Option<String>| html! { @if let Some(value) = value { code { (clean::line(value)) } } @else { "not there" } };
    let row = |s: &model::ChangedSetting| vec![text(&s.name), value(&s.first), value(&s.second)];
    let rows: Vec<Vec<Markup>> = compared.comparison.settings.iter().map(row).collect();
    html! {
        section #settings {
            h2 { "Settings that differ" }
            @if rows.is_empty() { p { "None." } } @else { (table("Settings", &["Setting", "First run", "Second run"], &rows)) }
        }
    }
}

fn only(Compared { first, second, comparison }: &Compared<'_>) -> Markup {
    let parts = [("first", first, &comparison.papers.only_first), ("second", second, &comparison.papers.only_second)];
    html! {
        section #papers {
            h2 { "Papers in one run only" }
            @for (which, analysis, rows) in parts {
                h3 { "Only in the " (which) " run: " (counted(rows.len(), "paper", "papers")) }
                (titles(analysis, rows.clone(), ONLY))
            }
        }
    }
}

fn definitions() -> Markup {
    const WORDS: [(&str, &str); 6] = [
        (
            "Match",
            "Themes are matched one to one so that the sum of their Jaccard indices (papers in both themes over papers in either, of the papers that both runs read) is as large as any matching has it; a pair has at least 0.3.",
        ),
        (
            "Ambiguous",
            "Another match of one of the two themes has at least two thirds of the pair\u{2019}s Jaccard index.",
        ),
        (
            "Split, merge",
            "A theme fell into those that took more than half of their papers from it, and at least a tenth of its papers each, where there are two or more; a merge is the same the other way round.",
        ),
        ("Born, gone", "In no pair, split or merge."),
        (
            "Agreement",
            "Adjusted Rand index (1: the same, 0: as by chance) and normalised mutual information (1: the same, 0: independent).",
        ),
        (
            "What did it",
            "Clustering: papers that both runs read are in other themes. Data: other papers or dates were read. Settings: bins, window or another setting of the trends differ. Where more than one differs, each is undone alone and the verdict is judged again: those did it without which the first run\u{2019}s verdict is back; where none is such, they did it only together. The program: nothing else differs.",
        ),
    ];
    html! {
        section #method {
            h2 { "How it is measured" }
            dl { @for (word, meaning) in WORDS { dt { (word) } dd { (meaning) } } }
        }
    }
}

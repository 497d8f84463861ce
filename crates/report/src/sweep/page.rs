//! Turns a sweep into a self-contained page that makes no request and runs no script, and into the same as Markdown.
//! Does not word the findings: `words` does.

use super::words::{METHOD, command, elsewhere, headline, label, real};
use super::{MEASURES, Measure};
use crate::charts::Inline;
use crate::clean::{line, markdown as text};
use crate::format::{count, counted, sentence_start, whole_percent};
use crate::html::{STYLE, head::head, swatches};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use model::{Sweep, SweptTheme};

/// `charts`: their SVG is the only markup that is not escaped here.
pub fn html(sweep: &Sweep, charts: &[Inline]) -> String {
    let style = format!("{STYLE}{}", swatches::rules(&[], charts.iter()));
    html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("Papertide sweep {}", sweep.id), &style, ""))
            body {
                header {
                    p.kicker { "Papertide sweep" }
                    h1 { (headline(sweep)) }
                    p.facts { (facts(sweep)) ", sweep " code { (sweep.id) } }
                }
                main {
                    section #why {
                        h2 { "Why" }
                        p { (sentence_start(&sweep.reason)) "." }
                        @if let Some(command) = command(sweep) { p { "The report of it: " code { (command) } } }
                    }
                    @if !sweep.themes.is_empty() { section #themes { h2 { "Which themes are real" } (themes(sweep)) } }
                    @for chart in charts {
                        figure.chart { div.scroll tabindex="0" role="group" aria-label="Chart" { (PreEscaped(&chart.svg)) } }
                    }
                    section #settings { h2 { "Settings" } (settings(sweep)) }
                    section #method { h2 { "How it is measured" } ul { @for said in METHOD { li { (said) } } } }
                    section #fixed {
                        h2 { "What did not vary" }
                        (table("Settings that did not vary", &["Setting", "Value"], &fixed(sweep)))
                    }
                }
                footer { p { "Papertide " (sweep.version) ", sweep " code { (sweep.id) } } }
            }
        }
    }
    .into_string()
}

fn facts(sweep: &Sweep) -> String {
    format!(
        "{}, {} with {} each",
        counted(sweep.papers, "paper", "papers"),
        counted(sweep.settings.len(), "setting", "settings"),
        counted(sweep.seeds.len(), "seed", "seeds")
    )
}

fn themes(sweep: &Sweep) -> Markup {
    html! {
        @if let Some(real) = real(sweep) { p { (real) "." } }
        (table("Themes of the recommended run", &THEME_HEADS, &theme_rows(sweep)))
    }
}

fn settings(sweep: &Sweep) -> Markup {
    let heads: Vec<&str> = std::iter::once("Setting").chain(MEASURES.iter().map(|m| m.title)).collect();
    table("Settings with their measures", &heads, &setting_rows(sweep))
}

fn table(name: &str, heads: &[&str], rows: &[Vec<String>]) -> Markup {
    html! {
        div.scroll tabindex="0" role="group" aria-label=(name) {
            table {
                thead { tr { @for head in heads { th scope="col" { (head) } } } }
                tbody { @for row in rows { tr { @for cell in row { td { (cell) } } } } }
            }
        }
    }
}

const THEME_HEADS: [&str; 4] = ["Theme", "Papers", "Comes back", "Elsewhere"];

fn theme_rows(sweep: &Sweep) -> Vec<Vec<String>> {
    let row = |theme: &SweptTheme| {
        let back = theme.comes_back.map_or_else(
            || "no other run".to_owned(),
            |share| format!("{} ({} of {} runs)", whole_percent(share), theme.runs_back, theme.of_runs),
        );
        vec![line(&theme.name), count(theme.papers), back, elsewhere(sweep, theme).join("; ")]
    };
    sweep.themes.iter().map(row).collect()
}

fn setting_rows(sweep: &Sweep) -> Vec<Vec<String>> {
    let row = |at: usize| {
        let mark = if sweep.recommended == Some(at) { " (recommended)" } else { "" };
        let cells = MEASURES.iter().map(|measure| cell(sweep, at, measure));
        std::iter::once(format!("{}{mark}", label(sweep, at))).chain(cells).collect()
    };
    (0..sweep.settings.len()).map(row).collect()
}

/// The mean, and the range over the seeds where there is one.
fn cell(sweep: &Sweep, setting: usize, measure: &Measure) -> String {
    let Some(spread) = (measure.of)(&sweep.settings[setting]) else { return "\u{2013}".to_owned() };
    let decimals = if measure.name == "themes" { 0 } else { 2 };
    let number = |x: f64| format!("{x:.decimals$}");
    if number(spread.low) == number(spread.high) {
        return number(spread.mean);
    }
    let mean = if decimals == 0 { format!("{:.1}", spread.mean) } else { number(spread.mean) };
    format!("{mean} ({} to {})", number(spread.low), number(spread.high))
}

fn fixed(sweep: &Sweep) -> Vec<Vec<String>> {
    sweep.fixed.iter().map(|setting| vec![setting.name.clone(), line(&setting.value)]).collect()
}

/// `charts`: names and titles, shown by link.
pub fn markdown(sweep: &Sweep, charts: &[(&str, &str)]) -> String {
    let mut blocks = vec![
        format!("# {}", text(&headline(sweep))),
        format!("{}, sweep `{}`", facts(sweep), sweep.id),
        format!("{}.", text(&sentence_start(&sweep.reason))),
    ];
    blocks.extend(command(sweep).map(|command| format!("    {command}")));
    if !sweep.themes.is_empty() {
        blocks.push("## Which themes are real".to_owned());
        blocks.extend(real(sweep).map(|real| format!("{real}.")));
        blocks.push(markdown_table(&THEME_HEADS, &theme_rows(sweep)));
    }
    blocks.extend(charts.iter().map(|(name, title)| format!("![{}](charts/{name}.png)", text(title))));
    let heads: Vec<&str> = std::iter::once("Setting").chain(MEASURES.iter().map(|m| m.title)).collect();
    blocks.extend(["## Settings".to_owned(), markdown_table(&heads, &setting_rows(sweep))]);
    blocks.push("## How it is measured".to_owned());
    blocks.push(METHOD.map(|said| format!("- {}", text(said))).join("\n"));
    blocks.extend(["## What did not vary".to_owned(), markdown_table(&["Setting", "Value"], &fixed(sweep))]);
    blocks.join("\n\n") + "\n"
}

fn markdown_table(heads: &[&str], rows: &[Vec<String>]) -> String {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let head = row(heads.iter().map(|head| text(head)).collect());
    let rule = row(vec!["---".to_owned(); heads.len()]);
    let rows = rows.iter().map(|cells| row(cells.iter().map(|cell| text(cell)).collect()));
    [head, rule].into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

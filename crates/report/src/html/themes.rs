//! Turns the themes into the table of all and a section for each.
//! Does not choose terms or papers: their order is that of the analysis.

use super::{course, moved, spark};
use crate::citation::{Citation, Shelf};
use crate::clean;
use crate::continuity;
use crate::format::{self, count, counted, percent};
use crate::story;
use crate::upvotes;
use crate::windows::{Window, windows};
use maud::{Markup, html};
use model::{Analysis, Theme, VerdictKind};

const TABLE_TERMS: usize = 6;

pub fn table(analysis: &Analysis) -> Markup {
    let windows = windows(analysis);
    html! {
        section #themes {
            h2 { "Themes" }
            @if analysis.themes.themes.is_empty() {
                p { "No themes were found." }
            } @else {
                div.scroll tabindex="0" role="group" aria-label="Table of themes" {
                    table.themes {
                        thead {
                            tr {
                                th scope="col" data-sort="up" { "Theme" }
                                th.number scope="col" data-sort="down" { "Papers" }
                                th.number scope="col" data-sort="down" { "Share" }
                                th scope="col" { "Course" }
                                @for window in &windows { th scope="col" data-sort="down" { "Verdict," br; (window.length) } }
                                @if analysis.continuity.is_some() { th scope="col" data-sort="up" { "Origin" } }
                                @if refitted(analysis) { th scope="col" data-sort="up" { "Survival" } }
                                th scope="col" { "Terms" }
                            }
                        }
                        tbody { @for position in 0..analysis.themes.themes.len() { (row(analysis, &windows, position)) } }
                    }
                }
                p.note { "Share: of all papers, dated or not. Course: share of the papers in each bin, each line on its own scale from zero; hollow: not finished. Survival: share of refits in which the theme comes back." @if analysis.continuity.is_some() { " Origin: whether the theme goes on from the previous run. Themes stand in the order of that run, new ones last." } }
            }
        }
    }
}

fn row(analysis: &Analysis, windows: &[Window<'_>], position: usize) -> Markup {
    let theme = &analysis.themes.themes[position];
    html! {
        tr data-theme=(theme.id.0) {
            th scope="row" {
                span.named { (spark::dot(theme.colour)) a href={ "#theme-" (theme.id.0) } { (story::name(theme)) } }
            }
            td.number data-value=(theme.size) { (count(theme.size)) }
            td.number data-value=(theme.size) { (share_of_all(analysis, theme)) }
            td { (spark(analysis, position)) }
            @for window in windows {
                td data-value=(change(window, position)) {
                    @if let Some(v) = window.verdict(position) { (moved::verdict(v.kind)) (story::mark(v)) }
                    @if let Some(v) = upvotes::other(analysis, window, position) { br; "by upvotes " (moved::verdict(v.kind)) }
                }
            }
            @if let Some(origin) = continuity::origin(analysis, position) { td { (continuity::word(origin)) } }
            @if refitted(analysis) { td data-value=(theme.survival.map_or_else(String::new, |s| s.to_string())) { @if let Some(s) = theme.survival { (survival(s)) } } }
            td.terms { (terms(theme).take(TABLE_TERMS).collect::<Vec<_>>().join(", ")) }
        }
    }
}

/// What the column of verdicts is sorted by: the change of a theme that moved, zero of one that is flat, nothing of others.
fn change(window: &Window<'_>, position: usize) -> String {
    match window.verdict(position).map(|v| (v.kind, v.change)) {
        Some((VerdictKind::Rising | VerdictKind::Falling, Some(change))) => change.to_string(),
        Some((VerdictKind::Flat, _)) => "0".to_owned(),
        _ => String::new(),
    }
}

fn survival(share: f32) -> Markup {
    html! {
        (format::whole_percent(f64::from(share)))
        @if !story::survives(share) { br; strong { "does not survive" } }
    }
}

/// Whether survival was measured at all.
fn refitted(analysis: &Analysis) -> bool {
    analysis.themes.themes.iter().any(|t| t.survival.is_some())
}

fn share_of_all(analysis: &Analysis, theme: &Theme) -> String {
    percent(theme.size as f64 / analysis.papers.len().max(1) as f64)
}

fn terms(theme: &Theme) -> impl Iterator<Item = String> {
    theme.terms.iter().map(|t| clean::line(&t.display))
}

fn spark(analysis: &Analysis, position: usize) -> Markup {
    let theme = &analysis.themes.themes[position];
    html! {
        @if let (Some(timeline), Some(trend)) = (&analysis.trends.timeline, analysis.trends.trends.get(position)) {
            (spark::line(&timeline.bins, &trend.shares, theme.colour))
        }
    }
}

pub fn sections(analysis: &Analysis) -> Markup {
    let windows = windows(analysis);
    let shelf = Shelf::new(&analysis.papers);
    html! {
        section #theme-pages {
            h2 { "Theme by theme" }
            @for position in 0..analysis.themes.themes.len() { (page(analysis, &shelf, &windows, position)) }
        }
    }
}

fn verdict(analysis: &Analysis, window: &Window<'_>, position: usize) -> Markup {
    html! {
        @if let Some(v) = window.verdict(position) {
            p {
                "Verdict: " (moved::verdict(v.kind)) (story::mark(v)) "; " (story::numbers(window, v)) "."
                @if let Some(why) = story::why(v) { " " (why) }
                @if let Some(checks) = story::checks(window, v) { " " (checks) }
                @if let Some(beside) = upvotes::beside(analysis, window, position) { " " (beside) }
            }
        }
    }
}

fn page(analysis: &Analysis, shelf: &Shelf<'_>, windows: &[Window<'_>], position: usize) -> Markup {
    let theme = &analysis.themes.themes[position];
    let papers = shelf.cite(theme.representative.iter().copied());
    let border = shelf.cite(theme.border.iter().map(|b| b.paper));
    let others = theme.border.iter().map(|b| &analysis.themes.themes[b.other]);
    html! {
        article.theme #{ "theme-" (theme.id.0) } data-theme=(theme.id.0) tabindex="-1" {
            h3 { (spark::dot(theme.colour)) (story::name(theme)) }
            p {
                (counted(theme.size, "paper", "papers")) ", " (share_of_all(analysis, theme)) " of all."
                @if let Some(survival) = story::survival(theme) { " It " (survival) "." }
                @if let Some(origin) = continuity::of_theme(analysis, position) { " " (origin) }
            }
            @if let (Some(timeline), Some(trend)) = (&analysis.trends.timeline, analysis.trends.trends.get(position)) {
                @if let Some(chart) = course::chart(timeline, theme, &story::name(theme), trend) { (chart) }
            }
            @for window in windows { (verdict(analysis, window, position)) }
            @for sentence in analysis.trends.trends.get(position).map(story::notable).unwrap_or_default() {
                p { (sentence) }
            }
            ul.chips aria-label="Terms" { @for term in terms(theme) { li { (term) } } }
            @if !papers.is_empty() {
                h4 { "Representative papers" }
                ul.papers { @for paper in &papers { li { (cited(paper)) } } }
            }
            @if !border.is_empty() {
                h4 { "On the border" }
                ul.papers {
                    @for (paper, other) in border.iter().zip(others) {
                        li {
                            (cited(paper)) span.towards {
                                " towards " a href={ "#theme-" (other.id.0) } { (story::name(other)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn cited(paper: &Citation) -> Markup {
    html! {
        @match &paper.link {
            Some(link) => { a.title href=(link) rel="noopener noreferrer" { (paper.title) } }
            None => { span.title { (paper.title) } }
        }
        span.meta {
            " " (paper.day.map_or_else(|| "undated".to_owned(), format::day))
            @if !paper.sources.is_empty() { " · " (paper.sources.join(", ")) }
        }
    }
}

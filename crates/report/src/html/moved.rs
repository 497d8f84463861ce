//! Turns the story of a run into the first section of the page: what moved, and what cannot be said.
//! Does not judge; the words and numbers are those of `story`.

use super::spark;
use crate::format;
use crate::story::{self, MovedTheme, Part, Story};
use maud::{Markup, html};
use model::Analysis;

pub fn section(analysis: &Analysis, story: &Story) -> Markup {
    html! {
        section #moved {
            h2 { "What moved" }
            @if story.parts.is_empty() { p { (story.headline) "." } }
            @for part in &story.parts {
                @if story.parts.len() > 1 { h3 { (part.title) } }
                (window(analysis, part))
            }
            @for sentence in &story.beside { p { (sentence) } }
            h3 { "What cannot be said" }
            @if story.unsaid.is_empty() {
                p { "Every theme has a verdict, every paper a date, every " (unit(analysis)) " is finished." }
            } @else {
                ul { @for sentence in &story.unsaid { li { (sentence) } } }
            }
        }
    }
}

fn window(analysis: &Analysis, part: &Part) -> Markup {
    let (listed, more) = part.listed();
    html! {
        @if let Some(still) = &part.still { p { (still) } }
        @if !listed.is_empty() { ul.moved { @for moved in listed { (item(analysis, moved)) } } }
        @if more > 0 { p { "And " (more) " more in the " a href="#themes" { "table" } "." } }
        @if !part.flat.is_empty() { p { strong { "Flat: " } (part.flat.join(", ")) "." } }
    }
}

fn unit(analysis: &Analysis) -> &'static str {
    analysis.trends.timeline.as_ref().map_or("bin", |t| format::unit(t.unit))
}

fn item(analysis: &Analysis, moved: &MovedTheme) -> Markup {
    let theme = &analysis.themes.themes[moved.position];
    html! {
        li data-theme=(theme.id.0) {
            (spark::dot(theme.colour))
            span {
                a href={ "#theme-" (theme.id.0) } { (story::name(theme)) } ": " (moved.numbers) ": "
                (verdict(moved.kind)) "."
                @for sentence in &moved.care { " " (sentence) }
            }
        }
    }
}

/// The verdict as a word with a sign, so that it does not hang on colour.
pub fn verdict(kind: model::VerdictKind) -> Markup {
    let word = format::verdict(kind);
    let (class, sign) = match kind {
        model::VerdictKind::Rising => ("rising", "\u{25b2} "),
        model::VerdictKind::Falling => ("falling", "\u{25bc} "),
        model::VerdictKind::Flat => ("flat", ""),
        model::VerdictKind::TooFewPapers => ("few", ""),
    };
    html! { span class={ "verdict " (class) } { span aria-hidden="true" { (sign) } (word) } }
}

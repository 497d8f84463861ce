//! Turns themes and dates into the bar of filters and the list of papers, which the page's script brings to life.
//! Does not filter: without the script both stay hidden, because they could do nothing.

use crate::story;
use maud::{Markup, html};
use model::Analysis;

/// Words, theme, dates and what is found; hidden until the script runs.
pub fn bar(analysis: &Analysis) -> Markup {
    let bins = analysis.trends.timeline.as_ref().map_or(&[][..], |timeline| &timeline.bins);
    let ends =
        bins.first().zip(bins.last()).map(|(first, last)| (first.start, last.end.yesterday().unwrap_or(last.end)));
    html! {
        form #tools role="search" aria-label="Filter the report" hidden {
            label { span { "Words" } input #words type="search" autocomplete="off" placeholder="in titles and terms"; }
            label {
                span { "Theme" }
                select #theme {
                    option value="" { "All themes" }
                    @for theme in &analysis.themes.themes { option value=(theme.id.0) { (story::name(theme)) } }
                }
            }
            @if let Some((first, last)) = ends {
                label { span { "From" } input #from type="date" min=(first) max=(last); }
                label { span { "To" } input #to type="date" min=(first) max=(last); }
            }
            button #clear type="button" { "Clear" }
            p #found role="status" {}
        }
    }
}

/// The papers that the filters leave, newest first; filled by the script.
pub fn list() -> Markup {
    html! {
        section #papers hidden {
            h2 { "Papers" }
            p.note { "Newest first. Words are searched in titles and in the name and terms of a paper\u{2019}s theme." }
            ul.papers #listed {}
            button #more type="button" hidden { "Show more" }
        }
    }
}

/// What is told of what is pointed at.
pub fn tip() -> Markup {
    html! { div #tip hidden {} }
}

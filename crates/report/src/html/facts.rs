//! Turns papers, themes and bins into the one JSON block that the page's script reads: what can be searched, filtered and told.
//! Does not hold numbers of charts: these stand in the charts as titles.

use crate::citation::{Citation, Shelf};
use crate::clean;
use crate::format;
use crate::story;
use maud::{Markup, PreEscaped, html};
use model::{Analysis, Clock, Day};
use serde::Serialize;

/// Columns have one entry a paper; what is missing is empty.
#[derive(Serialize)]
struct Papers {
    id: Vec<String>,
    title: Vec<String>,
    /// The day that counts, `2025-11-05`.
    day: Vec<String>,
    /// Number of the theme; 0: in none.
    theme: Vec<u32>,
    link: Vec<String>,
}

#[derive(Serialize)]
struct Theme {
    id: u32,
    name: String,
    /// Name and terms, lower-case: what a search reads.
    words: String,
}

#[derive(Serialize)]
struct Bin {
    start: String,
    /// Exclusive.
    end: String,
    name: String,
}

#[derive(Serialize)]
struct Facts {
    papers: Papers,
    themes: Vec<Theme>,
    bins: Vec<Bin>,
}

/// No script: browsers read blocks of this type as text only.
pub fn block(analysis: &Analysis) -> Markup {
    let facts = Facts { papers: papers(analysis), themes: themes(analysis), bins: bins(analysis) };
    // Only numbers and strings: nothing that JSON cannot hold.
    let json = serde_json::to_string(&facts).unwrap_or_default();
    html! { script #facts type="application/json" { (PreEscaped(within_script(&json))) } }
}

/// JSON that can end neither its element nor a line, whatever reads it.
fn within_script(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' => out.push_str("\\u003c"),
            '>' => out.push_str("\\u003e"),
            '&' => out.push_str("\\u0026"),
            '\u{2028}' => out.push_str("\\u2028"),
            '\u{2029}' => out.push_str("\\u2029"),
            c => out.push(c),
        }
    }
    out
}

fn papers(analysis: &Analysis) -> Papers {
    let cited: Vec<Citation> = Shelf::new(&analysis.papers).cite(0..analysis.papers.len());
    let theme = |position: &Option<usize>| position.map_or(0, |p| analysis.themes.themes[p].id.0);
    Papers {
        id: analysis.papers.ids().into_iter().map(clean::line).collect(),
        title: cited.iter().map(|paper| paper.title.clone()).collect(),
        day: days(analysis).into_iter().map(|day| day.map_or_else(String::new, |day| day.to_string())).collect(),
        theme: analysis.themes.assignment.theme.iter().map(theme).collect(),
        link: cited.into_iter().map(|paper| paper.link.unwrap_or_default()).collect(),
    }
}

/// The day of each paper by the clock of the timeline, so that the papers of a bin are those that it counts.
fn days(analysis: &Analysis) -> Vec<Option<Day>> {
    match analysis.trends.timeline.as_ref().map(|timeline| timeline.clock) {
        Some(Clock::Seen) => analysis.papers.seen(),
        _ => analysis.papers.published(),
    }
}

fn themes(analysis: &Analysis) -> Vec<Theme> {
    let words = |theme: &model::Theme| {
        let terms = theme.terms.iter().map(|term| clean::line(&term.display));
        std::iter::once(story::name(theme)).chain(terms).collect::<Vec<_>>().join(" ").to_lowercase()
    };
    let theme = |theme: &model::Theme| Theme { id: theme.id.0, name: story::name(theme), words: words(theme) };
    analysis.themes.themes.iter().map(theme).collect()
}

fn bins(analysis: &Analysis) -> Vec<Bin> {
    let Some(timeline) = &analysis.trends.timeline else { return Vec::new() };
    let bin = |bin: &model::Bin| Bin {
        start: bin.start.to_string(),
        end: bin.end.to_string(),
        name: format::bin(bin, timeline.unit),
    };
    timeline.bins.iter().map(bin).collect()
}

#[cfg(test)]
mod tests {
    use super::within_script;

    #[test]
    fn nothing_in_the_block_can_end_it() {
        let hostile = "</script><!--\u{2028}\u{2029}&]]>";
        let json = within_script(&serde_json::to_string(hostile).unwrap());
        assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), hostile);
    }
}

//! Turns rows of the papers into what a report cites of them: title, day, link, sources.
//! Does not choose papers, and passes on no link that is not a plain web address.

use crate::clean;
use model::{Analysis, Day};

/// A paper as it is named in a report. Text is fit to be shown, not yet escaped for its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    pub title: String,
    /// The paper's own date, else the day it was listed.
    pub day: Option<Day>,
    pub link: Option<String>,
    /// `file:line`, sorted.
    pub sources: Vec<String>,
}

pub fn citations(analysis: &Analysis, rows: impl Iterator<Item = usize>) -> Vec<Citation> {
    let papers = &analysis.papers;
    let (titles, links) = (papers.documents().titles, papers.links());
    let (published, seen) = (papers.published(), papers.seen());
    rows.map(|row| Citation {
        title: shown_title(titles[row]),
        day: published[row].or(seen[row]),
        link: links[row].and_then(clean::address).map(str::to_owned),
        sources: sources(analysis, row),
    })
    .collect()
}

fn shown_title(title: &str) -> String {
    let title = clean::line(title);
    if title.is_empty() { "(no title)".to_owned() } else { title }
}

fn sources(analysis: &Analysis, row: usize) -> Vec<String> {
    let column = analysis.papers.frame().column("sources").ok();
    let list = column.and_then(|c| c.as_materialized_series().list().ok()).and_then(|l| l.get_as_series(row));
    let names = list.as_ref().and_then(|l| l.str().ok()).map(|s| s.iter().flatten().map(clean::line).collect());
    names.unwrap_or_default()
}

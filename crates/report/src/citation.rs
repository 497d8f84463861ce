//! Turns rows of the papers into what a report cites of them: title, day, link, sources.
//! Does not choose papers, and passes on no link that is not a plain web address.

use crate::clean;
use model::{Day, Papers};
use polars::prelude::ListChunked;

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

/// The columns that citations are made of, taken out of the frame once for all of them. One entry a paper.
#[derive(Debug)]
pub struct Shelf<'a> {
    titles: Vec<&'a str>,
    links: Vec<Option<&'a str>>,
    days: Vec<Option<Day>>,
    sources: Option<&'a ListChunked>,
}

impl<'a> Shelf<'a> {
    pub fn new(papers: &'a Papers) -> Self {
        Self {
            titles: papers.documents().titles,
            links: papers.links(),
            days: papers.published().into_iter().zip(papers.seen()).map(|(own, listed)| own.or(listed)).collect(),
            sources: papers.frame().column("sources").ok().and_then(|c| c.as_materialized_series().list().ok()),
        }
    }

    pub fn cite(&self, rows: impl Iterator<Item = usize>) -> Vec<Citation> {
        rows.map(|row| Citation {
            title: shown_title(self.titles[row]),
            day: self.days[row],
            link: self.links[row].and_then(clean::address).map(str::to_owned),
            sources: self.sources(row),
        })
        .collect()
    }

    fn sources(&self, row: usize) -> Vec<String> {
        let list = self.sources.and_then(|lists| lists.get_as_series(row));
        let names = list.as_ref().and_then(|l| l.str().ok()).map(|s| s.iter().flatten().map(clean::line).collect());
        names.unwrap_or_default()
    }
}

fn shown_title(title: &str) -> String {
    let title = clean::line(title);
    if title.is_empty() { "(no title)".to_owned() } else { title }
}

//! Merged papers into the frame that every later stage reads: columns by name and type, sorted by (published, id).
//! It changes no value.

use crate::merge::Paper;
use model::papers::day_to_epoch;
use model::{Day, Papers, PapersError};
use polars::prelude::*;

/// Builds the frame.
///
/// # Errors
/// Never for papers with distinct ids; the check is the frame's own.
pub fn build(mut papers: Vec<Paper>) -> Result<Papers, PapersError> {
    papers.sort_by(|a, b| order(a).cmp(&order(b)));
    let texts =
        |name: &str, of: fn(&Paper) -> &str| Column::new(name.into(), papers.iter().map(of).collect::<Vec<_>>());
    let optional = |name: &str, of: fn(&Paper) -> Option<&str>| {
        Column::new(name.into(), papers.iter().map(of).collect::<Vec<Option<&str>>>())
    };
    let counts = |name: &str, of: fn(&Paper) -> Option<u32>| {
        Column::new(name.into(), papers.iter().map(of).collect::<Vec<Option<u32>>>())
    };
    let days = |name: &str, of: fn(&Paper) -> Option<Day>| {
        let days = papers.iter().map(|paper| of(paper).map(day_to_epoch));
        Int32Chunked::from_iter_options(name.into(), days).into_date().into_column()
    };
    // The abstracts are most of the bytes.
    let (abstracts, sources) =
        rayon::join(|| texts("abstract", |paper| &paper.entry.abstract_text), || sources(&papers));
    let columns = vec![
        texts("id", |paper| &paper.id),
        texts("title", |paper| &paper.entry.title),
        abstracts,
        days("published", |paper| paper.entry.published),
        days("seen", |paper| paper.entry.seen),
        counts("authors", |paper| paper.entry.authors),
        optional("organisation", |paper| paper.entry.organisation.as_deref()),
        counts("comments", |paper| paper.entry.comments),
        counts("upvotes", |paper| paper.entry.upvotes),
        optional("link", |paper| paper.entry.link.as_deref()),
        sources,
    ];
    Papers::new(DataFrame::new(papers.len(), columns)?)
}

fn order(paper: &Paper) -> (bool, Option<Day>, &str) {
    (paper.entry.published.is_none(), paper.entry.published, &paper.id)
}

fn sources(papers: &[Paper]) -> Column {
    let values = papers.iter().map(|paper| paper.sources.len()).sum();
    let mut lists = ListStringChunkedBuilder::new("sources".into(), papers.len(), values);
    for paper in papers {
        lists.append_values_iter(paper.sources.iter().map(String::as_str));
    }
    lists.finish().into_column()
}

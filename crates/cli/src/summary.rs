//! Turns an analysis, or a reading, into the few lines that a run ends with. It computes nothing that a report does not
//! also say.

use crate::console::plain;
use model::{Analysis, SourceSummary, VerdictKind};
use pipeline::Reading;
use std::{
    collections::BTreeMap,
    io::{self, Write},
    path::Path,
};

/// So many themes that moved are named for each window; the report's table has all.
const MOVED_SHOWN: usize = 3;
/// So many different years of pages are named with their reasons, and so many pages for each.
const YEARS_SHOWN: usize = 3;
const PAGES_SHOWN: usize = 3;

/// Writes where the report is, what it is made of, and what moved.
pub fn write(out: &mut dyn Write, analysis: &Analysis, folder: &Path) -> io::Result<()> {
    writeln!(out, "report:  {}", folder.join("report.html").display())?;
    writeln!(
        out,
        "papers:  {}",
        counts(analysis.papers.len(), &analysis.inputs, analysis.merged, &pipeline::dated_in_words(analysis))
    )?;
    for line in year_lines(&analysis.inputs) {
        writeln!(out, "year:    {}", plain(&line))?;
    }
    let count = &analysis.themes.count;
    writeln!(out, "themes:  {} ({})", analysis.themes.themes.len(), plain(count.reason.trim_end_matches('.')))?;
    if let Some(timeline) = &analysis.trends.timeline {
        writeln!(out, "bins:    {} ({})", timeline.bins.len(), plain(timeline.reason.trim_end_matches('.')))?;
    }
    if let Some(since) = pipeline::continuity_sentences(analysis).first() {
        writeln!(out, "since:   {}", plain(since))?;
    }
    let story = pipeline::story(analysis);
    writeln!(out, "moved:   {}", plain(&story.headline))?;
    // The numbers of a theme name their window.
    for part in &story.parts {
        for moved in part.moved.iter().take(MOVED_SHOWN) {
            let name = &analysis.themes.themes[moved.position].name;
            writeln!(out, "         {} {}: {}", direction(moved.kind), plain(name), plain(&moved.numbers))?;
        }
        let more = part.moved.len().saturating_sub(MOVED_SHOWN);
        if more > 0 {
            writeln!(out, "         and {more} more in the report")?;
        }
    }
    Ok(())
}

fn direction(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Rising => "rising ",
        VerdictKind::Falling => "falling",
        VerdictKind::Flat | VerdictKind::TooFewPapers => "",
    }
}

fn counts(papers: usize, sources: &[SourceSummary], merged: usize, dated: &str) -> String {
    let entries: usize = sources.iter().map(|source| source.papers).sum();
    let of = if sources.len() == 1 { "1 source".to_owned() } else { format!("{} sources", sources.len()) };
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    format!("{papers} from {entries} of {of}, {merged} merged; {dated}")
}

/// The years taken for pages that name none, with the reason; pages of one year and reason share a line.
fn year_lines(sources: &[SourceSummary]) -> Vec<String> {
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for source in sources {
        if let Some(year) = &source.page_year {
            groups.entry(year).or_default().push(&source.name);
        }
    }
    let total = groups.len();
    let line = |(year, names): (&str, Vec<&str>)| format!("{year}: {}", some_of(&names));
    let mut lines: Vec<String> = groups.into_iter().take(YEARS_SHOWN).map(line).collect();
    if total > YEARS_SHOWN {
        lines.push(format!("and {} more, see `papertide papers`", total - YEARS_SHOWN));
    }
    lines
}

fn some_of(names: &[&str]) -> String {
    let shown = names.iter().take(PAGES_SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(PAGES_SHOWN) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// Writes what all sources come to together, and why pages got the year they got.
pub fn write_totals(out: &mut dyn Write, reading: &Reading) -> io::Result<()> {
    let dated = reading.papers.published().iter().flatten().count();
    let distinct = reading.papers.len();
    let dated = format!("{dated} dated, {} undated", distinct - dated);
    let counts = counts(distinct, &reading.sources, reading.merged, &dated);
    writeln!(out, "papers: {counts}")?;
    year_lines(&reading.sources).iter().try_for_each(|line| writeln!(out, "year:   {}", plain(line)))
}

/// A heading, a row a source, and a row of sums where there are several sources.
pub fn source_table(reading: &Reading) -> Vec<Vec<String>> {
    let heading = ["source", "format", "papers", "dated", "undated", "duplicates", "problems", "year"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(reading.sources.iter().map(|source| row(source, year(source))));
    if reading.sources.len() > 1 {
        let sum = |count: fn(&SourceSummary) -> usize| reading.sources.iter().map(count).sum();
        let all = SourceSummary {
            name: "all".to_owned(),
            papers: sum(|source| source.papers),
            dated: sum(|source| source.dated),
            duplicates: sum(|source| source.duplicates),
            problems: sum(|source| source.problems),
            ..SourceSummary::default()
        };
        rows.push(row(&all, ""));
    }
    rows
}

/// The year alone; the reason stands below the table.
fn year(source: &SourceSummary) -> &str {
    source.page_year.as_deref().and_then(|year| year.split_whitespace().next()).unwrap_or("")
}

fn row(source: &SourceSummary, year: &str) -> Vec<String> {
    let undated = source.papers - source.dated;
    let counts = [source.papers, source.dated, undated, source.duplicates, source.problems];
    let mut row = vec![source.name.clone(), source.format.clone()];
    row.extend(counts.map(|count| count.to_string()));
    row.push(year.to_owned());
    row
}

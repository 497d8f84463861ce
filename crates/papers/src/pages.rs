//! The text of a saved Daily Papers page into entries and the dates as they are written.
//! It does not know the year: `years` finds it when all sources are read.

use crate::entry::{Entry, FileContent, PageDates, error, quoted, remark};
use crate::page_entries::{Fault, Layout, Span, layout, part};
use crate::page_lines::{Byline, Line, PageLines, Piece, split};
use crate::wording::clean;
use model::{Notice, Severity};

/// Reads a page. Problems are among the notices; a page without any entry is an error.
pub fn read(text: &str) -> FileContent {
    let PageLines { date, pieces, notices } = split(text);
    let texts: Vec<Line<'_>> = pieces.iter().filter_map(text_line).collect();
    let mut page = Assembly {
        layout: layout(&texts),
        content: FileContent { format: "page", notices, ..FileContent::default() },
        dates: PageDates { page: date, bylines: Vec::new() },
    };
    for run in pieces.split_inclusive(|piece| matches!(piece, Piece::Byline(_))) {
        page.add_run(run);
    }
    if page.content.entries.is_empty() && page.content.notices.iter().all(|n| n.severity < Severity::Error) {
        page.content.notices.push(no_entries());
    }
    page.content.page = Some(page.dates);
    page.content
}

fn text_line<'a>(piece: &Piece<'a>) -> Option<Line<'a>> {
    match piece {
        Piece::Text(line) => Some(*line),
        Piece::Byline(_) => None,
    }
}

/// A page while its entries come in.
struct Assembly {
    layout: Layout,
    content: FileContent,
    dates: PageDates,
}

impl Assembly {
    /// Text lines, perhaps closed by a byline, which belongs to the last entry of them.
    fn add_run(&mut self, run: &[Piece<'_>]) {
        let lines: Vec<Line<'_>> = run.iter().filter_map(text_line).collect();
        let byline = run.iter().find_map(|piece| match piece {
            Piece::Byline(byline) => Some(byline),
            Piece::Text(_) => None,
        });
        for span in part(&lines, self.layout, byline.is_some()) {
            self.add_entry(&lines, span);
        }
        match byline {
            Some(byline) if lines.is_empty() => self.content.notices.push(stray_byline(byline.line)),
            Some(byline) => self.add_byline(byline),
            None => {}
        }
    }

    fn add_entry(&mut self, lines: &[Line<'_>], span: Span) {
        let title = joined(&lines[span.start..span.abstract_start]);
        if let Some(fault) = span.fault {
            self.content.notices.push(incomplete(fault, lines[span.start].number, &title));
        }
        self.content.entries.push(Entry {
            title,
            abstract_text: joined(&lines[span.abstract_start..span.end]),
            line: lines[span.start].number,
            ..Entry::default()
        });
        self.dates.bylines.push(None);
    }

    fn add_byline(&mut self, byline: &Byline) {
        if let (Some(entry), Some(date)) = (self.content.entries.last_mut(), self.dates.bylines.last_mut()) {
            entry.authors = byline.authors;
            entry.organisation = byline.organisation.as_deref().map(clean);
            entry.comments = byline.comments;
            *date = byline.date;
        }
    }
}

fn joined(lines: &[Line<'_>]) -> String {
    let texts: Vec<&str> = lines.iter().map(|line| line.text).collect();
    clean(&texts.join(" "))
}

fn incomplete(fault: Fault, line: u64, text: &str) -> Notice {
    match fault {
        Fault::NoAbstract => error(
            Some(line),
            format!("the title {} without an abstract", quoted(text)),
            "an abstract on the next line that says something",
            "paste the abstract under the title, or delete the title",
        ),
        Fault::NoTitle => error(
            Some(line),
            format!("an abstract without a title: {}", quoted(text)),
            "a title on the line above it",
            "write the title above the abstract, or delete the abstract",
        ),
    }
}

fn stray_byline(line: u64) -> Notice {
    remark(
        Severity::Warning,
        Some(line),
        "a byline that belongs to no paper; it is left out",
        "a title and an abstract above it",
        "see whether the paper above it was lost when the page was saved",
    )
}

fn no_entries() -> Notice {
    error(
        None,
        "a page that holds nothing but header lines",
        "at least one title with its abstract",
        "save the page again as text, with the abstracts unfolded",
    )
}

//! Turns a headline, an explanation and a caption into the frame that every chart has, and says what room is left.
//! Does not draw the chart inside.

use super::lettering::{self, LEADING, Weight};
use super::marks::{Area, Ink, Label, Mark};
use super::view::View;
use crate::extent;
use crate::format::{self, count, counted};

/// Smallest letters on a sheet, in pixels: readable from the back of a room at 1920 x 1080.
pub const SMALL: f64 = 24.0;
pub const MARGIN: f64 = 72.0;
const TITLE: f64 = 46.0;
const LEAD: f64 = 28.0;

/// The frame as marks, and where the chart goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub marks: Vec<Mark>,
    pub body: Area,
}

/// `headline` is the finding, `lead` says how to read the chart, `caption` what it is made of.
pub fn sheet(view: &View<'_>, headline: &str, lead: &str, caption: &str) -> Sheet {
    framed(view.sheet, view.headline.then_some(headline), lead, caption)
}

/// The same on a sheet of this size, without an analysis.
pub fn framed((width, height): (f64, f64), headline: Option<&str>, lead: &str, caption: &str) -> Sheet {
    let room = width - 2.0 * MARGIN;
    let mut marks = Vec::new();
    let mut y = if headline.is_some() { 48.0 } else { 0.0 };
    let (lines, size) = headline.map_or((Vec::new(), 0.0), |headline| title_lines(headline, room));
    for line in lines {
        y += size * if y > 50.0 { LEADING } else { 0.8 };
        marks.push(Mark::Text(Label::new((MARGIN, y), line, size).bold()));
    }
    y += 12.0;
    let most = if is_narrow(width) { 4 } else { 2 };
    for line in lettering::wrap(lead, LEAD, Weight::Regular, room, most) {
        y += LEAD * LEADING;
        marks.push(Mark::Text(Label::new((MARGIN, y), line, LEAD).ink(Ink::MUTED)));
    }
    let lines = lettering::wrap(caption, SMALL, Weight::Regular, room, most);
    let bottom = height - 34.0;
    let first = bottom - SMALL * LEADING * (lines.len() as f64 - 1.0).max(0.0);
    for (i, line) in lines.into_iter().enumerate() {
        let at = (MARGIN, first + i as f64 * SMALL * LEADING);
        marks.push(Mark::Text(Label::new(at, line, SMALL).ink(Ink::MUTED)));
    }
    let body = Area { left: MARGIN, top: y + 34.0, right: width - MARGIN, bottom: first - SMALL - 22.0 };
    Sheet { marks, body }
}

/// Whether what stands side by side on a wide sheet has to stand one below the other.
pub fn is_narrow(width: f64) -> bool {
    width < 1600.0
}

/// The headline's lines and their size: as large as the whole sentence allows. Two findings that need more than one
/// line get a line each, also in smaller letters: no number is torn apart.
fn title_lines(headline: &str, room: f64) -> (Vec<String>, f64) {
    let fits = |line: &&str, size: f64| lettering::width(line, size, Weight::Bold) <= room;
    let parts: Vec<&str> = headline.split_inclusive("; ").map(str::trim).collect();
    if parts.len() == 2 && !fits(&headline, TITLE) {
        let fitting = [TITLE, 38.0].into_iter().find(|&size| parts.iter().all(|part| fits(part, size)));
        if let Some(size) = fitting {
            return (parts.into_iter().map(str::to_owned).collect(), size);
        }
    }
    // Where the sheet is narrow, more lines of the smallest.
    let last = if room < 1400.0 { 5 } else { 3 };
    for (size, most) in [(TITLE, 2), (38.0, 2), (34.0, last)] {
        let lines = lettering::wrap(headline, size, Weight::Bold, room, most);
        let whole = !lines.iter().any(|line| line.ends_with('\u{2026}'));
        if whole || most == last {
            return (lines, size);
        }
    }
    (Vec::new(), TITLE)
}

/// What is drawn, of how much, over which dates, by which run.
pub fn caption(view: &View<'_>, what: &str) -> String {
    let analysis = view.analysis;
    let all = counted(analysis.papers.len(), "paper", "papers");
    let mut parts = vec![what.to_owned()];
    if view.is_cut() {
        let dated: usize = view.shares(0).iter().map(|share| share.total as usize).sum();
        parts.push(format!("{} dated in these days, of {all}", count(dated)));
    } else {
        parts.push(all);
        if extent::outside(analysis) > 0 {
            parts.push(format!("{} dated in these days", count(analysis.trends.dated)));
        } else if analysis.trends.undated > 0 {
            parts.push(format!("{} dated", count(analysis.trends.dated)));
        }
    }
    if let Some(timeline) = view.timeline() {
        parts.extend(extent::period(analysis, &timeline.bins));
        parts.push(format!("by {}", format::unit(timeline.unit)));
    }
    parts.push(format!("run {}", analysis.run_id));
    parts.retain(|part| !part.is_empty());
    parts.join("  \u{b7}  ")
}

//! Turns shares into a heat map: a row a theme, a column a bin, the darker the larger the share.
//! Does not scale rows one by one: all cells have one scale, so that rows can be compared.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark, Tone};
use super::names;
use super::scale::quantile;
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::{Subject, share_said};
use super::view::View;
use crate::{ReportError, format, headline, story, tables};
use model::{Share, ThemeId, Timeline};

const MOST: usize = 22;
const NAME: f64 = 24.0;
/// Pixels for a name.
const ROOM: f64 = 520.0;

/// `None` where no paper is dated.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let Some(timeline) = &view.timeline() else { return Ok(None) };
    let shown = &view.shown(MOST);
    if shown.is_empty() {
        return Ok(None);
    }
    let themes = &view.analysis.themes.themes;
    let (top, cut) = darkest(view, timeline);
    let title = title(view, timeline, shown);
    let description = lead(view, timeline);
    let what = view.count_by_size(shown.len());
    let Sheet { mut marks, body } = sheet(view, &title, &description, &caption(view, &what));
    let room = ROOM.min(view.sheet.0 * 0.34);
    let names: Vec<String> = shown.iter().map(|&p| names::label(&themes[p], NAME, Weight::Regular, room)).collect();
    let widest = names.iter().map(|n| lettering::width(n, NAME, Weight::Regular)).fold(0.0, f64::max);
    let row = ((body.height() - 84.0) / shown.len() as f64).min(140.0);
    let cells = Area {
        left: body.left + widest + 52.0,
        top: body.top + 44.0,
        right: body.right,
        bottom: body.top + 44.0 + row * shown.len() as f64,
    };
    marks.extend(legend(&body, top, cut));
    for (i, (&position, name)) in shown.iter().zip(&names).enumerate() {
        let y = cells.top + i as f64 * row;
        let (id, colour) = (themes[position].id, themes[position].colour);
        marks.extend(Subject::theme(id).of(row_name(name, colour, y + row / 2.0, &body)));
        let line = Area { top: y, bottom: y + row, ..cells };
        marks.extend(row_cells(timeline, id, view.shares(position), &line, top));
    }
    marks.extend(bin_labels(timeline, &cells));
    let numbers = tables::named_trends(view, shown)?;
    Ok(Some(Drawing { name: "heatmap", title, description, size: view.sheet, marks, numbers }))
}

/// What moved most among the rows, else the cell with the largest share.
fn title(view: &View<'_>, timeline: &Timeline, shown: &[usize]) -> String {
    view.whole_span()
        .and_then(|window| headline::moved_most_of(view.analysis, &window, shown, &view.which(shown.len())))
        .unwrap_or_else(|| largest(view, timeline, shown))
}

/// Papers of a bin from which on its largest share is worth a headline: of two papers, one is already half.
const FEWEST_PAPERS: u32 = 30;

/// The cell with the largest share in a finished bin, of those with papers enough.
fn largest(view: &View<'_>, timeline: &Timeline, shown: &[usize]) -> String {
    let unit = format::unit(timeline.unit);
    let Some((position, bin, share)) = largest_cell(view, timeline, shown, FEWEST_PAPERS) else {
        return format!("Share of each theme, {unit} by {unit}");
    };
    let among = match largest_cell(view, timeline, shown, 0) {
        Some((_, _, other)) if other.share > share.share => format!(" among {unit}s of {FEWEST_PAPERS} or more papers"),
        _ => String::new(),
    };
    format!(
        "{} had the largest share{among}: {} of papers ({} of {}) in {}",
        story::sentence_name(&view.analysis.themes.themes[position]),
        format::percent(share.share.unwrap_or_default()),
        share.count,
        share.total,
        format::bin_in_sentence(&timeline.bins[bin], timeline.unit)
    )
}

/// Theme, bin and share of the largest share above zero in a finished bin of at least so many papers, the first of equals.
fn largest_cell<'a>(
    view: &'a View<'_>,
    timeline: &Timeline,
    shown: &[usize],
    fewest: u32,
) -> Option<(usize, usize, &'a Share)> {
    let counts = |bin: usize, share: &Share| timeline.bins[bin].finished && share.total >= fewest && share.count > 0;
    let cells = shown.iter().flat_map(|&position| {
        let shares = view.shares(position).iter().enumerate();
        shares.filter(|(bin, share)| counts(*bin, share)).map(move |(bin, share)| (position, bin, share))
    });
    cells.reduce(|best, cell| if cell.2.share > best.2.share { cell } else { best })
}

fn lead(view: &View<'_>, timeline: &Timeline) -> String {
    let unit = format::unit(timeline.unit);
    let mut parts = vec![format!("Share of each {unit}\u{2019}s papers")];
    if timeline.bins.iter().any(|b| !b.finished) {
        parts.push(format!("framed: {unit} not finished"));
    }
    if view.shares(0).iter().any(|s| s.total == 0) {
        parts.push(format!("crossed out: {unit} without papers"));
    }
    parts.join("; ")
}

/// The share of the darkest colour, and whether some cells lie above it: single cells of bins with few papers must not
/// bleach all others.
fn darkest(view: &View<'_>, timeline: &Timeline) -> (f64, bool) {
    let shares = |finished: bool| {
        let kept = move |i: &usize| !finished || timeline.bins[*i].finished;
        let of = move |&p: &usize| view.shares(p).iter().enumerate().filter(move |(i, _)| kept(i));
        view.themes.iter().flat_map(of).filter_map(|(_, s)| s.share)
    };
    let mut all: Vec<f64> = shares(true).collect();
    if all.is_empty() {
        all = shares(false).collect();
    }
    all.sort_by(f64::total_cmp);
    let top = quantile(&all, 0.985);
    let largest = shares(false).fold(0.0, f64::max);
    if top > 0.0 { (top, largest > top) } else { (largest.max(0.01), false) }
}

fn legend(body: &Area, top: f64, cut: bool) -> Vec<Mark> {
    const STEPS: usize = 60;
    let most = format!("{}{}", format::percent(top), if cut { " and more" } else { "" });
    let y = body.top + SMALL;
    let last = Label::new((body.right, y), most, SMALL).align(Align::Right).ink(Ink::MUTED);
    let right = last.bounds().left - 14.0;
    let left = right - 300.0;
    let at = |i: usize| left + (right - left) * i as f64 / STEPS as f64;
    let mut marks: Vec<Mark> = (0..STEPS)
        .map(|i| {
            let area = Area { left: at(i), top: body.top + 4.0, right: at(i + 1), bottom: body.top + 28.0 };
            Mark::Block { area, ink: Ink::of(Tone::Heat((i as f64 + 0.5) / STEPS as f64)) }
        })
        .collect();
    let first = Label::new((left - 14.0, y), "0%", SMALL).align(Align::Right).ink(Ink::MUTED);
    marks.extend([Mark::Text(first), Mark::Text(last)]);
    marks
}

fn row_name(name: &str, colour: [u8; 3], y: f64, body: &Area) -> [Mark; 2] {
    [
        Mark::Disc { centre: (body.left + 10.0, y), radius: 9.0, ink: Ink::solid(colour) },
        Mark::Text(Label::new((body.left + 32.0, y + NAME * 0.36), name, NAME)),
    ]
}

fn row_cells(timeline: &Timeline, id: ThemeId, shares: &[Share], line: &Area, top: f64) -> Vec<Mark> {
    let n = timeline.bins.len() as f64;
    let width = line.width() / n;
    let gap = if width > 14.0 { 2.0 } else { 0.0 };
    let mut marks = Vec::new();
    for (i, (bin, share)) in timeline.bins.iter().zip(shares).enumerate() {
        let left = line.left + i as f64 * width;
        let area = Area { left, top: line.top + 1.0, right: left + width - gap, bottom: line.bottom - 1.0 };
        let cell = match share.share {
            None => vec![Mark::line((area.left, area.bottom), (area.right, area.top), 2.0, Ink::PALE)],
            Some(share) => {
                let whole = Mark::Block { area, ink: Ink::of(Tone::Heat(share / top)) };
                let hollow = if bin.finished { None } else { hollow(&area, width) };
                std::iter::once(whole).chain(hollow).collect()
            }
        };
        marks.extend(Subject::theme(id).bin(i).said(share_said(share)).of(cell));
    }
    marks
}

/// Only a frame of the colour stays.
fn hollow(area: &Area, width: f64) -> Option<Mark> {
    let rim = (width / 5.0).min(6.0);
    let inner = Area { left: area.left + rim, top: area.top + rim, right: area.right - rim, bottom: area.bottom - rim };
    (inner.width() > 1.0 && inner.height() > 1.0).then_some(Mark::Block { area: inner, ink: Ink::GROUND })
}

/// First and last bin, and as many between as fit, evenly.
fn bin_labels(timeline: &Timeline, cells: &Area) -> Vec<Mark> {
    let bins = &timeline.bins;
    let width = cells.width() / bins.len() as f64;
    let text = |i: usize| format::bin_tick(&bins[i], timeline.unit);
    let widest = (0..bins.len()).map(|i| lettering::width(&text(i), SMALL, Weight::Regular)).fold(0.0, f64::max);
    let every = ((widest + 28.0) / width).ceil().max(1.0) as usize;
    // A label moved inwards from the edge must not touch the next one.
    let mut free = f64::NEG_INFINITY;
    let mut marks = Vec::new();
    for i in (0..bins.len()).step_by(every) {
        let half = lettering::width(&text(i), SMALL, Weight::Regular) / 2.0;
        let middle = cells.left + (i as f64 + 0.5) * width;
        let x = middle.min(cells.right - half).max(cells.left - 20.0 + half);
        if x - half >= free {
            free = x + half + 20.0;
            let label = Label::new((x, cells.bottom + SMALL * 1.25), text(i), SMALL);
            marks.push(Mark::Text(label.align(Align::Centre).ink(Ink::MUTED)));
        }
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::{View, largest};
    use crate::fake::{Fake, REALISTIC};
    use model::{Analysis, Share};

    fn title(analysis: &Analysis) -> String {
        let view = View::whole(analysis);
        largest(&view, &view.timeline().unwrap(), &[0, 1, 2])
    }

    #[test]
    fn a_bin_of_two_papers_makes_no_headline() {
        let mut analysis = Fake { themes: 3, bins: 6, ..REALISTIC }.build();
        assert!(!title(&analysis).contains("among"), "{}", title(&analysis));
        let of_two = |count: u32| Share {
            count,
            total: 2,
            share: Some(f64::from(count) / 2.0),
            ..analysis.trends.trends[0].shares[0]
        };
        let (none, both) = (of_two(0), of_two(2));
        for (theme, trend) in analysis.trends.trends.iter_mut().enumerate() {
            trend.shares[0] = if theme == 1 { both } else { none };
        }
        let said = title(&analysis);
        assert!(said.contains("largest share among weeks of 30 or more papers") && !said.contains("of 2)"), "{said}");
        for trend in &mut analysis.trends.trends {
            trend.shares.fill(both);
        }
        assert_eq!(title(&analysis), "Share of each theme, week by week");
    }
}

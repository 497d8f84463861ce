//! Turns the trends of the largest themes into small multiples: one panel a theme, its share with the interval and with
//! the band over refits of the clustering. Does not compute shares, intervals or bands.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, At, Ink, Label, Mark, dashes, ring};
use super::names;
use super::scale::{place, quantile, share_tick, ticks};
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::{Subject, share_said};
use super::view::View;
use crate::{ReportError, format, headline, story, tables};
use model::{Bin, RefitBand, Share, Theme, Timeline};

const NAME: f64 = 26.0;

/// What all panels share.
struct Frame<'a> {
    timeline: &'a Timeline,
    /// Values of the horizontal grid lines, from 0.
    ticks: Vec<f64>,
    /// Lines that the names take.
    name_lines: usize,
}

/// The course of one theme over the bins that are shown.
struct Course<'a> {
    theme: &'a Theme,
    shares: &'a [Share],
    refit_bands: &'a [Option<RefitBand>],
}

/// `None` where no paper is dated.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let Some(timeline) = view.timeline() else { return Ok(None) };
    let shown = &view.shown(most(view));
    if shown.is_empty() {
        return Ok(None);
    }
    let courses: Vec<Course<'_>> = shown
        .iter()
        .map(|&position| Course {
            theme: &view.analysis.themes.themes[position],
            shares: view.shares(position),
            refit_bands: view.refit_bands(position),
        })
        .collect();
    let (top, cut) = scale_top(&courses);
    let title = title(view, &timeline, shown);
    let lead = lead(&timeline, &courses, cut);
    let Sheet { mut marks, body } = sheet(view, &title, &lead, &caption(view, &view.count_by_size(shown.len())));
    let ticks = ticks(top);
    let areas = grid(&body, columns(view, shown.len()), shown.len());
    let room = areas[0].width() - 34.0;
    let long = |t: &Theme| lettering::width(&story::name(t), NAME, Weight::Bold) > room;
    let two = |t: &Theme| long(t) || names::mark(t).is_some();
    let name_lines = if courses.iter().any(|c| two(c.theme)) { 2 } else { 1 };
    let frame = Frame { timeline: &timeline, ticks, name_lines };
    for (course, area) in courses.iter().zip(&areas) {
        marks.extend(panel(&frame, course, area));
    }
    marks.extend(axis_labels(&frame, &areas, columns(view, shown.len())));
    let numbers = tables::named_trends(view, shown)?;
    Ok(Some(Drawing { name: "share", title, description: lead, size: view.sheet, marks, numbers }))
}

/// How many of the themes in the panels moved over all that the panels show; over less, how much of the last bin they hold.
fn title(view: &View<'_>, timeline: &Timeline, shown: &[usize]) -> String {
    match view.whole_span() {
        Some(window) => headline::moved_by_number(view.analysis, &window, shown, &view.which(shown.len())),
        None if view.is_cut() => {
            let shares = |position: usize| view.shares(position);
            headline::held(view.analysis, timeline, shares, shown, &view.which(shown.len()))
        }
        None => headline::page(view.analysis),
    }
}

fn lead(timeline: &Timeline, courses: &[Course<'_>], cut: bool) -> String {
    let unit = format::unit(timeline.unit);
    let cut = if cut { " (cut off at the top where wider)" } else { "" };
    let refits = courses.iter().any(|c| c.refit_bands.iter().any(Option::is_some));
    let bands = if refits {
        format!("Light band: 95% interval{cut}; dark: nine in ten refits of the clustering")
    } else {
        format!("Band: 95% interval{cut}")
    };
    let open = if timeline.bins.iter().any(|b| !b.finished) {
        format!("; hollow and dashed: {unit} not finished")
    } else {
        String::new()
    };
    let scale = if courses.len() > 1 { ", all panels on one scale" } else { "" };
    format!("Share of each {unit}\u{2019}s papers{scale}. {bands}{open}")
}

/// The largest value the axis must reach, and whether some interval reaches beyond it. One wide interval of a bin
/// with few papers must not flatten all lines.
fn scale_top(courses: &[Course<'_>]) -> (f64, bool) {
    let shares = || courses.iter().flat_map(|c| c.shares);
    let largest = shares().filter_map(|s| s.share).fold(0.0, f64::max);
    let mut highs: Vec<f64> = shares().filter_map(|s| s.high).collect();
    highs.sort_by(f64::total_cmp);
    let top = largest.max(quantile(&highs, 0.9));
    let reached = ticks(top).last().copied().unwrap_or(top);
    (top, highs.last().is_some_and(|&h| h > reached + 1e-9))
}

/// Panels side by side for which there is room.
fn room_for(view: &View<'_>) -> usize {
    match view.sheet.0 {
        width if width < 1300.0 => 2,
        width if width < 1600.0 => 3,
        _ => 4,
    }
}

/// So many panels can be read on a sheet of this width.
fn most(view: &View<'_>) -> usize {
    [8, 9, 12][room_for(view) - 2]
}

fn columns(view: &View<'_>, panels: usize) -> usize {
    let wished = match panels {
        1 => 1,
        2 | 4 => 2,
        3 | 5 | 6 | 9 => 3,
        _ => 4,
    };
    wished.min(room_for(view))
}

/// Panels in rows, left to right, with room for the axis labels at the left and at the bottom.
fn grid(body: &Area, columns: usize, n: usize) -> Vec<Area> {
    let rows = n.div_ceil(columns);
    let (axis, gap) = (92.0, (44.0, 26.0));
    let width = (body.width() - axis - gap.0 * (columns as f64 - 1.0)) / columns as f64;
    let height = (body.height() - 34.0 - gap.1 * (rows as f64 - 1.0)) / rows as f64;
    (0..n)
        .map(|i| {
            let left = body.left + axis + (i % columns) as f64 * (width + gap.0);
            let top = body.top + (i / columns) as f64 * (height + gap.1);
            Area { left, top, right: left + width, bottom: top + height }
        })
        .collect()
}

/// The part of a panel below its name.
fn plot(frame: &Frame<'_>, panel: &Area) -> Area {
    Area { top: panel.top + frame.name_lines as f64 * NAME * lettering::LEADING + 10.0, ..*panel }
}

fn x_of(bins: &[Bin], i: usize, area: &Area) -> f64 {
    let inset = 8.0;
    place(i as f64, (0.0, bins.len() as f64 - 1.0), (area.left + inset, area.right - inset))
}

fn panel(frame: &Frame<'_>, course: &Course<'_>, area: &Area) -> Vec<Mark> {
    let shares = course.shares;
    let ink = Ink::solid(course.theme.colour);
    let mut marks = name(frame, course.theme, area);
    let subject = || Subject::theme(course.theme.id);
    let plot = plot(frame, area);
    let top = frame.ticks.last().copied().unwrap_or(1.0);
    let y = |value: f64| place(value, (0.0, top), (plot.bottom, plot.top));
    for &tick in &frame.ticks {
        marks.push(Mark::line(
            (plot.left, y(tick)),
            (plot.right, y(tick)),
            if tick == 0.0 { 2.0 } else { 1.0 },
            Ink::GRID,
        ));
    }
    let bins = &frame.timeline.bins;
    let at = |i: usize, value: f64| (x_of(bins, i, &plot), y(value));
    for run in runs(bins, shares) {
        marks.extend(band(&run, |i| Some((shares[i].low?, shares[i].high?)), at, ink.faded(0.18)));
        let refits = |i: usize| course.refit_bands.get(i)?.map(|RefitBand { low, high }| (low, high));
        marks.extend(band(&run, refits, at, ink.faded(0.38)));
        let line: Vec<At> = run.iter().filter_map(|&i| Some(at(i, shares[i].share?))).collect();
        marks.push(Mark::Line { points: line, width: 4.0, ink });
    }
    let mut marks = subject().of(marks);
    let half = plot.width() / bins.len() as f64 / 2.0;
    for (i, share) in shares.iter().enumerate() {
        let x = at(i, 0.0).0;
        let column = Area { left: x - half, right: x + half, ..plot };
        marks.extend(subject().bin(i).said(share_said(share)).within(column).of(dot(bins, shares, i, at, ink)));
    }
    marks
}

fn name(frame: &Frame<'_>, theme: &Theme, area: &Area) -> Vec<Mark> {
    let name = story::name(theme);
    let mark = names::mark(theme);
    let most = if mark.is_some() { 1 } else { frame.name_lines };
    let mut lines = lettering::wrap(&name, NAME, Weight::Bold, area.width() - 34.0, most);
    lines.extend(mark.map(str::to_owned));
    let first = area.top + NAME * (0.85 + (frame.name_lines - lines.len()) as f64 * lettering::LEADING);
    let mut marks = vec![Mark::Disc {
        centre: (area.left + 11.0, first - NAME * 0.34),
        radius: 10.0,
        ink: Ink::solid(theme.colour),
    }];
    marks.extend(lines.into_iter().enumerate().map(|(i, line)| {
        let at = (area.left + 32.0, first + i as f64 * NAME * lettering::LEADING);
        let label = Label::new(at, line, NAME);
        Mark::Text(if label.text == names::UNSURE { label.ink(Ink::MUTED) } else { label.bold() })
    }));
    marks
}

/// Stretches of finished bins with a share.
fn runs(bins: &[Bin], shares: &[Share]) -> Vec<Vec<usize>> {
    let solid = |i: &usize| bins[*i].finished && shares[*i].share.is_some();
    let all: Vec<usize> = (0..shares.len()).collect();
    all.split(|i| !solid(i)).filter(|run| !run.is_empty()).map(<[usize]>::to_vec).collect()
}

/// What lies between low and high over a run of bins.
fn band(run: &[usize], of: impl Fn(usize) -> Option<(f64, f64)>, at: impl Fn(usize, f64) -> At, ink: Ink) -> Vec<Mark> {
    let edges: Vec<(At, At)> = run.iter().filter_map(|&i| of(i).map(|(low, high)| (at(i, low), at(i, high)))).collect();
    match edges.as_slice() {
        [] => Vec::new(),
        [(bottom, top)] => vec![Mark::line(*top, *bottom, 10.0, ink)],
        _ => {
            let high = edges.iter().map(|edge| edge.1);
            let low = edges.iter().rev().map(|edge| edge.0);
            vec![Mark::Shape { points: high.chain(low).collect(), ink }]
        }
    }
}

/// The dot of a bin where there are few enough to tell apart; ring and dashes of an unfinished one always.
fn dot(bins: &[Bin], shares: &[Share], i: usize, at: impl Fn(usize, f64) -> At, ink: Ink) -> Vec<Mark> {
    let place = |i: usize| Some(at(i, shares[i].share?));
    let Some(here) = place(i) else { return Vec::new() };
    if bins[i].finished {
        let few = bins.len() <= 40;
        return few.then_some(Mark::Disc { centre: here, radius: 5.0, ink }).into_iter().collect();
    }
    let before = i.checked_sub(1).and_then(place);
    let dashed = before.map(|before| dashes(before, here, 3.0, ink)).unwrap_or_default();
    dashed.into_iter().chain(ring(here, 7.0, ink)).collect()
}

/// Shares at the left of every row; first and last bin below the lowest panel of every column.
fn axis_labels(frame: &Frame<'_>, areas: &[Area], columns: usize) -> Vec<Mark> {
    let mut marks = Vec::new();
    let step = frame.ticks.get(1).copied().unwrap_or(1.0);
    let top = frame.ticks.last().copied().unwrap_or(1.0);
    for area in areas.iter().step_by(columns) {
        let plot = plot(frame, area);
        // Panels are low: the two ends are enough where labels would touch.
        let sparse = plot.height() / (frame.ticks.len() as f64 - 1.0) < SMALL * 1.3;
        for (i, &tick) in frame.ticks.iter().enumerate() {
            if sparse && i != 0 && i + 1 != frame.ticks.len() {
                continue;
            }
            let y = place(tick, (0.0, top), (plot.bottom, plot.top)) + SMALL * 0.36;
            let label = Label::new((area.left - 14.0, y), share_tick(tick, step), SMALL);
            marks.push(Mark::Text(label.align(Align::Right).ink(Ink::MUTED)));
        }
    }
    let lowest = areas.iter().enumerate().filter(|(i, _)| i + columns >= areas.len());
    marks.extend(lowest.flat_map(|(_, area)| dates(frame, &plot(frame, area))));
    marks
}

fn dates(frame: &Frame<'_>, plot: &Area) -> Vec<Mark> {
    let y = plot.bottom + SMALL * 1.2;
    let tick = |bin: &Bin| format::bin_tick(bin, frame.timeline.unit);
    let label =
        |x: f64, bin: &Bin, align| Mark::Text(Label::new((x, y), tick(bin), SMALL).align(align).ink(Ink::MUTED));
    match frame.timeline.bins.as_slice() {
        [] => Vec::new(),
        [only] => vec![label(f64::midpoint(plot.left, plot.right), only, Align::Centre)],
        [first, .., last] => vec![label(plot.left, first, Align::Left), label(plot.right, last, Align::Right)],
    }
}

//! Turns bursts into a timeline: a row a theme, a bar where its share was well above its usual one.
//! Does not find bursts; themes without one have no row.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark};
use super::names;
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::{ReportError, format, story, tables};
use model::trends::Burst;
use model::{Theme, Timeline};

const MOST: usize = 14;
const NAME: f64 = 26.0;

/// `None` where no theme has a burst.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let Some(timeline) = &view.timeline() else { return Ok(None) };
    let themes = &view.analysis.themes.themes;
    let (rows, all) = rows(view);
    let Some(title) = strongest(view, &rows, all) else { return Ok(None) };
    let lead = lead(timeline);
    let what = format!("with a burst: {}", top_of(rows.len(), all, view.order()));
    let Sheet { mut marks, body } = sheet(view, &title, &lead, &caption(view, &what));
    let room = (view.sheet.0 * 0.34).min(560.0);
    let names: Vec<String> = rows.iter().map(|&p| names::label(&themes[p], NAME, Weight::Bold, room)).collect();
    let widest = names.iter().map(|n| lettering::width(n, NAME, Weight::Bold)).fold(0.0, f64::max);
    let height = ((body.height() - 44.0) / rows.len() as f64).min(110.0);
    let plot = Area { left: body.left + widest + 72.0, bottom: body.top + height * rows.len() as f64, ..body };
    for ((i, &position), name) in rows.iter().enumerate().zip(&names) {
        let y = plot.top + (i as f64 + 0.5) * height;
        let colour = Ink::solid(themes[position].colour);
        let heading = [
            Mark::Disc { centre: (body.left + 10.0, y), radius: 10.0, ink: colour },
            Mark::Text(Label::new((body.left + 34.0, y + NAME * 0.36), name, NAME).bold()),
        ];
        marks.extend(Subject::theme(themes[position].id).of(heading));
        marks.push(Mark::line((plot.left, y), (plot.right, y), 2.0, Ink::GRID));
        marks.extend(row(view, &themes[position], &bursts(view, position), y, &plot));
    }
    marks.extend(dates(timeline, &plot));
    let numbers = tables::of_shown(tables::moves::bursts(view.analysis)?, view)?;
    Ok(Some(Drawing { name: "bursts", title, description: lead, size: view.sheet, marks, numbers }))
}

fn top_of(shown: usize, all: usize, order: &str) -> String {
    let themes = if all == 1 { "theme" } else { "themes" };
    if shown == all { format!("{all} {themes}, {order}") } else { format!("{shown} of {all} {themes}, {order}") }
}

/// The bursts of a theme that reach into the bins that are shown.
fn bursts<'a>(view: &View<'a>, position: usize) -> Vec<&'a Burst> {
    let all = view.analysis.trends.trends.get(position).map_or(&[][..], |trend| &trend.bursts);
    all.iter().filter(|burst| burst.first < view.bins.end && burst.last >= view.bins.start).collect()
}

/// Positions of the themes with the weightiest bursts, in the order of the themes, and how many have one.
fn rows(view: &View<'_>) -> (Vec<usize>, usize) {
    let weight = |p: usize| bursts(view, p).iter().map(|b| b.weight).fold(0.0, f64::max);
    let mut rows: Vec<usize> = view.themes.iter().copied().filter(|&p| !bursts(view, p).is_empty()).collect();
    let all = rows.len();
    rows.sort_by(|&a, &b| weight(b).total_cmp(&weight(a)).then(a.cmp(&b)));
    rows.truncate(MOST.min(view.most));
    rows.sort_unstable();
    (rows, all)
}

/// The headline; `None` where there is no burst.
fn strongest(view: &View<'_>, rows: &[usize], all: usize) -> Option<String> {
    let bursts = rows.iter().flat_map(|&p| bursts(view, p).into_iter().map(move |b| (p, b)));
    let (position, burst) = bursts.reduce(|best, next| if next.1.weight > best.1.weight { next } else { best })?;
    let name = story::name(&view.analysis.themes.themes[position]);
    let when = format::day_range(burst.start, burst.end);
    let papers = format!("{} of {} papers", format::count(burst.papers as usize), format::count(burst.total as usize));
    Some(match all {
        1 => format!("One theme had a burst: {name}, {when}, {papers}"),
        n => format!("{n} themes had a burst; the strongest: {name}, {when}, {papers}"),
    })
}

fn lead(timeline: &Timeline) -> String {
    format!(
        "Bar: {}s in which the theme\u{2019}s share was far above its usual one, more than shuffled dates explain; number: its papers in them",
        format::unit(timeline.unit)
    )
}

/// The bars of a theme, each with its papers beside it where they do not run into the next bar.
fn row(view: &View<'_>, theme: &Theme, bursts: &[&Burst], y: f64, plot: &Area) -> Vec<Mark> {
    let ink = Ink::solid(theme.colour);
    let n = view.bins.len().max(1) as f64;
    let x = |bin: usize| {
        plot.left + plot.width() * (bin.clamp(view.bins.start, view.bins.end) - view.bins.start) as f64 / n
    };
    let mut marks = Vec::new();
    let mut free = plot.left;
    for (i, burst) in bursts.iter().enumerate() {
        let (left, right) = (x(burst.first), x(burst.last + 1).max(x(burst.first) + 8.0));
        let bar = Mark::Block { area: Area { left, top: y - 16.0, right, bottom: y + 16.0 }, ink };
        marks.extend(Subject::theme(theme.id).said(said(burst)).of([bar]));
        let text = burst.papers.to_string();
        let width = lettering::width(&text, SMALL, Weight::Regular);
        let next = bursts.get(i + 1).map_or(plot.right, |b| x(b.first) - 8.0);
        let at = if right + 12.0 + width <= next {
            Some(right + 12.0)
        } else {
            (left - 12.0 - width >= free).then_some(left - 12.0 - width)
        };
        marks.extend(at.map(|at| Mark::Text(Label::new((at, y + SMALL * 0.36), text, SMALL))));
        free = at.map_or(right, |at| right.max(at + width)) + 8.0;
    }
    marks
}

/// `4 Aug to 31 Aug 2025: 12 of 340 papers, q 0.012`.
fn said(burst: &Burst) -> String {
    let papers = format::counted(burst.total as usize, "paper", "papers");
    let when = format::day_range(burst.start, burst.end);
    format!("{when}: {} of {papers}, q {}", burst.papers, format::probability(burst.q))
}

/// First and last bin, and as many between as fit, each where it begins.
fn dates(timeline: &Timeline, plot: &Area) -> Vec<Mark> {
    let step = plot.width() / timeline.bins.len().max(1) as f64;
    let mut free = f64::NEG_INFINITY;
    let mut marks = Vec::new();
    for (i, bin) in timeline.bins.iter().enumerate() {
        let text = format::bin_tick(bin, timeline.unit);
        let label = Label::new((plot.left + i as f64 * step, plot.bottom + SMALL * 1.3), text, SMALL);
        let label = label.align(Align::Left).ink(Ink::MUTED);
        let bounds = label.bounds();
        if bounds.left >= free && bounds.right <= plot.right {
            free = bounds.right + 60.0;
            marks.push(Mark::line((bounds.left, plot.top), (bounds.left, plot.bottom), 1.0, Ink::GRID));
            marks.push(Mark::Text(label));
        }
    }
    marks
}

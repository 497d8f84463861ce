//! Turns standings into a bump chart: a line a theme, its rank period by period.
//! Does not rank, and says nothing about chance: lines of themes that moved beyond it are drawn strong.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, At, Ink, Label, Mark};
use super::names;
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::windows::Window;
use crate::{ReportError, format, largest, story, tables};
use model::{Analysis, Bin, Standing, Timeline, VerdictKind};

/// Ranks that have a row of their own; a line that falls below them runs along the last row.
const ROWS: u32 = 10;
const NAME: f64 = 25.0;
/// Pixels for the names on either side: at most so many, and so much of the sheet.
const ROOM: (f64, f64) = (430.0, 0.27);

/// `None` with fewer than two periods or two themes.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let (analysis, standings) = (view.analysis, standings(view));
    let (Some(timeline), [first, .., last]) = (view.timeline(), standings.as_slice()) else { return Ok(None) };
    let all = analysis.themes.themes.len();
    let mut shown = view.themes.clone();
    shown.retain(|&p| first.ranks[p].min(last.ranks[p]) <= ROWS);
    largest::sort(analysis, &mut shown);
    shown.truncate(view.most);
    shown.sort_unstable();
    if all < 2 || shown.is_empty() {
        return Ok(None);
    }
    let window = view.whole_span();
    let title = title(analysis, window.as_ref(), &shown, first, last);
    let lead = lead(&standings, &timeline, window.as_ref());
    let what = format!("{} of {all} themes: among the first {ROWS} in the first or the last period", shown.len());
    let what = if shown.len() == all { format!("{all} themes") } else { what };
    let Sheet { mut marks, body } = sheet(view, &title, &lead, &caption(view, &what));
    let rows = ROWS.min(all as u32) + u32::from(all as u32 > ROWS);
    let room = ROOM.0.min(view.sheet.0 * ROOM.1);
    let plot = Area { left: body.left + room, right: body.right - room, bottom: body.bottom - 34.0, ..body };
    let step = plot.height() / f64::from(rows);
    let y = |rank: u32| plot.top + (f64::from(rank.min(rows)) - 0.5) * step;
    for &position in shown.iter().rev() {
        marks.extend(line(analysis, &standings, window.as_ref(), position, &plot, y));
    }
    let ends = [(first, plot.left, Align::Right), (last, plot.right, Align::Left)];
    for (standing, x, align) in ends {
        let labels = shown.iter().filter(|&&p| standing.ranks[p] <= ROWS);
        marks.extend(labels.flat_map(|&p| {
            end_label(analysis, window.as_ref(), p, standing.ranks[p], ((x, y(standing.ranks[p])), room), align)
        }));
    }
    if all as u32 > ROWS {
        let label = Label::new((plot.left - 26.0, y(rows) + SMALL * 0.36), "below", SMALL).align(Align::Right);
        marks.push(Mark::Text(label.ink(Ink::MUTED)));
    }
    marks.extend(dates(&standings, &timeline, &plot));
    let numbers = tables::of_shown(tables::moves::ranks(analysis)?, view)?;
    Ok(Some(Drawing { name: "ranks", title, description: lead, size: view.sheet, marks, numbers }))
}

/// The periods that lie within the bins that are shown.
fn standings(view: &View<'_>) -> Vec<Standing> {
    let bins = view.timeline().map(|timeline| timeline.bins).unwrap_or_default();
    let ends = bins.first().zip(bins.last()).map(|(first, last)| (first.start, last.end));
    let within = |s: &&Standing| ends.is_some_and(|(start, end)| start <= s.start && s.end <= end);
    view.analysis.trends.standings.iter().filter(within).cloned().collect()
}

fn moved(window: Option<&Window<'_>>, position: usize) -> Option<VerdictKind> {
    let kind = window?.verdict(position)?.kind;
    matches!(kind, VerdictKind::Rising | VerdictKind::Falling).then_some(kind)
}

/// The widest moves up and down of themes that moved beyond chance, else who is first.
fn title(
    analysis: &Analysis,
    window: Option<&Window<'_>>,
    shown: &[usize],
    first: &Standing,
    last: &Standing,
) -> String {
    let widest = |kind, word: &str| {
        let steps = |p: usize| match kind {
            VerdictKind::Rising => i64::from(first.ranks[p]) - i64::from(last.ranks[p]),
            _ => i64::from(last.ranks[p]) - i64::from(first.ranks[p]),
        };
        let candidates = shown.iter().copied().filter(|&p| moved(window, p) == Some(kind) && steps(p) > 0);
        let best = candidates.max_by_key(|&p| (steps(p), std::cmp::Reverse(p)))?;
        let name = story::name(&analysis.themes.themes[best]);
        Some(format!("{name} {word} from rank {} to {}", first.ranks[best], last.ranks[best]))
    };
    let moves: Vec<String> =
        [widest(VerdictKind::Rising, "climbed"), widest(VerdictKind::Falling, "fell")].into_iter().flatten().collect();
    if !moves.is_empty() {
        return format::sentence_start(&moves.join("; "));
    }
    let leader = |standing: &Standing| standing.ranks.iter().position(|&rank| rank == 1).unwrap_or(0);
    let name = |standing| story::sentence_name(&analysis.themes.themes[leader(standing)]);
    if leader(first) == leader(last) {
        return format!("{} came first in the first period and in the last", name(first));
    }
    format!(
        "{} came first in the first period, {} in the last",
        name(first),
        story::name(&analysis.themes.themes[leader(last)])
    )
}

fn lead(standings: &[Standing], timeline: &Timeline, window: Option<&Window<'_>>) -> String {
    let strong = window.map_or_else(String::new, |w| format!(". Strong: moved beyond chance over {}", w.length));
    let period = format::units(bins_a_period(standings, timeline), timeline.unit);
    format!("Rank by share of papers, in periods of {period}; neighbours may differ by chance{strong}")
}

fn bins_a_period(standings: &[Standing], timeline: &Timeline) -> usize {
    let within = |s: &Standing| timeline.bins.iter().filter(|b| b.start >= s.start && b.end <= s.end).count();
    standings.first().map_or(1, within)
}

fn line(
    analysis: &Analysis,
    standings: &[Standing],
    window: Option<&Window<'_>>,
    position: usize,
    plot: &Area,
    y: impl Fn(u32) -> f64,
) -> Vec<Mark> {
    let ink = Ink::solid(analysis.themes.themes[position].colour);
    let width = if moved(window, position).is_some() { 8.0 } else { 2.5 };
    let n = standings.len();
    let place = |i: usize| (x_of(i, n, plot), y(standings[i].ranks[position]));
    let inside = |i: &usize| standings[*i].ranks[position] <= ROWS;
    let mut marks: Vec<Mark> = Vec::new();
    // Where a theme stays below the last row there is nothing to see.
    for run in (1..n).collect::<Vec<_>>().split(|i| !inside(i) && !inside(&(i - 1))).filter(|run| !run.is_empty()) {
        let points: Vec<At> = (run[0] - 1..=run[run.len() - 1]).map(place).collect();
        marks.push(Mark::Line { points, width, ink });
    }
    let id = analysis.themes.themes[position].id;
    let mut marks = Subject::theme(id).of(marks);
    for i in (0..n).filter(inside) {
        let dot = Mark::Disc { centre: place(i), radius: width + 3.0, ink };
        marks.extend(Subject::theme(id).said(said(&standings[i], position)).of([dot]));
    }
    marks
}

/// `4 Aug to 31 Aug 2025: rank 3, 12 of 340 papers`.
fn said(standing: &Standing, position: usize) -> String {
    format!(
        "{}: rank {}, {} of {}",
        format::day_range(standing.start, standing.end),
        standing.ranks[position],
        standing.counts[position],
        format::counted(standing.total as usize, "paper", "papers")
    )
}

/// The lines stop a little before the names.
fn x_of(i: usize, n: usize, plot: &Area) -> f64 {
    let inset = 14.0;
    plot.left + inset + (plot.width() - 2.0 * inset) * i as f64 / (n.max(2) - 1) as f64
}

fn end_label(
    analysis: &Analysis,
    window: Option<&Window<'_>>,
    position: usize,
    rank: u32,
    ((x, y), room): (At, f64),
    align: Align,
) -> Vec<Mark> {
    let theme = &analysis.themes.themes[position];
    let weight = if moved(window, position).is_some() { Weight::Bold } else { Weight::Regular };
    let name = lettering::shorten(&story::name(theme), NAME, weight, room - 70.0);
    let (text, x) = if align == Align::Right {
        (format!("{name}  {rank}"), x - 12.0)
    } else {
        (format!("{rank}  {name}"), x + 12.0)
    };
    let line = |text: String, y: f64, size| Label::new((x, y), text, size).align(align);
    // Two lines around the middle of the row where the name has a mark.
    let mark = names::mark(theme).map(|mark| Mark::Text(line(mark.to_owned(), y + SMALL, SMALL).ink(Ink::MUTED)));
    let lift = if mark.is_some() { 6.0 } else { NAME * -0.36 };
    let name = Mark::Text(Label { weight, ..line(text, y - lift, NAME) });
    Subject::theme(theme.id).of(std::iter::once(name).chain(mark))
}

/// First day of each period, as many as fit.
fn dates(standings: &[Standing], timeline: &Timeline, plot: &Area) -> Vec<Mark> {
    let text = |s: &Standing| format::bin_tick(&Bin { start: s.start, end: s.end, finished: true }, timeline.unit);
    let mut free = f64::NEG_INFINITY;
    let mut marks = Vec::new();
    for (i, standing) in standings.iter().enumerate() {
        let text = text(standing);
        let half = lettering::width(&text, SMALL, Weight::Regular) / 2.0;
        let x = x_of(i, standings.len(), plot);
        if x - half > free {
            free = x + half + 24.0;
            let label = Label::new((x, plot.bottom + SMALL * 1.3), text, SMALL).align(Align::Centre);
            marks.push(Mark::Text(label.ink(Ink::MUTED)));
        }
    }
    marks
}

//! Turns verdicts into a dot-and-whisker chart of the largest rises and falls, in percentage points.
//! Does not decide what rises: the verdict of each row stands beside it.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark, ring};
use super::names;
use super::scale::{place, points_tick, ticks_between};
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::windows::Window;
use crate::{ReportError, format, headline, story};
use model::{Analysis, Verdict, VerdictKind};
use polars::prelude::*;

const MOST: usize = 14;
const NAME: f64 = 26.0;
const WHISKER: f64 = 4.0;
/// Pixels for a name.
const ROOM: f64 = 660.0;
/// The part of a narrow sheet that names may take.
const NARROW_ROOM: f64 = 0.32;

/// One theme with a change.
struct Row<'a> {
    position: usize,
    name: String,
    change: f64,
    verdict: &'a Verdict,
}

/// Edges of the columns: names end at `name`, the axis runs from `axis.0` to `axis.1`, shares and verdicts begin.
struct Columns {
    name: f64,
    axis: (f64, f64),
    /// `None` where there is no room for them.
    shares: Option<f64>,
    verdict: f64,
}

/// `None` where no theme has a change that could be computed.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let Some(window) = window(view) else { return Ok(None) };
    let rows = rows(view, &window);
    if rows.is_empty() {
        return Ok(None);
    }
    let range = range(&rows);
    let title = title(view, &window);
    let description = lead(&window, &rows, range);
    let what = view.count_of(rows.len(), "largest rise on top");
    let Sheet { mut marks, body } = sheet(view, &title, &description, &caption(view, &what));
    let columns = columns(&rows, &body, view.is_narrow());
    let height = ((body.height() - 84.0) / rows.len() as f64).min(104.0);
    let lines = Area { top: body.top + 42.0, bottom: body.top + 42.0 + height * rows.len() as f64, ..body };
    marks.extend(axis(&columns, &lines, range));
    marks.extend(headings(&columns, body.top + SMALL));
    for (i, row) in rows.iter().enumerate() {
        let y = lines.top + (i as f64 + 0.5) * height;
        let whole = Area { top: y - height / 2.0, bottom: y + height / 2.0, ..lines };
        let said = format!("{}: {}", story::numbers(&window, row.verdict), format::verdict(row.verdict.kind));
        let subject = Subject::theme(view.analysis.themes.themes[row.position].id).said(said).within(whole);
        marks.extend(subject.of(row_marks(view.analysis, row, &columns, range, y)));
    }
    let numbers = numbers(view.analysis, &rows)?;
    Ok(Some(Drawing { name: "movers", title, description, size: view.sheet, marks, numbers }))
}

/// The recent window, or the whole span where only that one has themes that passed.
fn window<'a>(view: &View<'a>) -> Option<Window<'a>> {
    let mut windows = view.windows();
    let moved = |window: &Window<'_>| window.moved().iter().any(|position| view.themes.contains(position));
    let chosen = windows.iter().position(moved).unwrap_or(0);
    (chosen < windows.len()).then(|| windows.swap_remove(chosen))
}

fn title(view: &View<'_>, window: &Window<'_>) -> String {
    let which = view.which(view.themes.len());
    match headline::moved_most_of(view.analysis, window, &view.themes, &which) {
        Some(title) => title,
        None if view.is_chosen() => headline::moved_by_number(view.analysis, window, &view.themes, &which),
        None => headline::moved_most(view.analysis, window),
    }
}

/// Themes that passed first, then by the size of the change; shown from the largest rise to the largest fall.
fn rows<'a>(view: &View<'a>, window: &Window<'a>) -> Vec<Row<'a>> {
    let most = MOST.min(view.most);
    let room = if view.is_narrow() { view.sheet.0 * NARROW_ROOM } else { ROOM };
    let row = |&position: &usize| {
        let verdict = window.verdict(position)?;
        let theme = &view.analysis.themes.themes[position];
        let name = names::label(theme, NAME, Weight::Bold, room);
        Some(Row { position, name, change: verdict.change?, verdict })
    };
    let mut rows: Vec<Row<'a>> = view.themes.iter().filter_map(row).collect();
    rows.sort_by(|a, b| b.change.abs().total_cmp(&a.change.abs()).then(a.position.cmp(&b.position)));
    let mut sides = (0, 0);
    // Neither the rises nor the falls crowd out the largest of the other side, which the headline names.
    rows.sort_by_cached_key(|row| {
        if !passed(row.verdict) {
            return 2;
        }
        let side = if row.verdict.kind == VerdictKind::Rising { &mut sides.0 } else { &mut sides.1 };
        *side += 1;
        i32::from(*side > most.div_ceil(2))
    });
    rows.truncate(most);
    rows.sort_by(|a, b| b.change.total_cmp(&a.change).then(a.position.cmp(&b.position)));
    rows
}

fn passed(verdict: &Verdict) -> bool {
    matches!(verdict.kind, VerdictKind::Rising | VerdictKind::Falling)
}

/// The axis: all changes, the intervals of themes that passed, and of the others as far as they are no longer than
/// twice that.
fn range(rows: &[Row<'_>]) -> (f64, f64) {
    let mut reach = 0.002_f64;
    for row in rows {
        reach = reach.max(row.change.abs() * 1.15);
        if passed(row.verdict) {
            reach = reach.max(row.verdict.change_low.map_or(0.0, f64::abs));
            reach = reach.max(row.verdict.change_high.map_or(0.0, f64::abs));
        }
    }
    let ends = |of: fn(&Verdict) -> Option<f64>| rows.iter().filter_map(move |r| of(r.verdict));
    let low = ends(|v| v.change_low).fold(0.0, f64::min).max(-2.0 * reach);
    let high = ends(|v| v.change_high).fold(0.0, f64::max).min(2.0 * reach);
    let least = rows.iter().map(|r| r.change).fold(low, f64::min);
    let most = rows.iter().map(|r| r.change).fold(high, f64::max);
    let pad = (most - least).max(0.004) * 0.03;
    (least - pad, most + pad)
}

fn lead(window: &Window<'_>, rows: &[Row<'_>], (low, high): (f64, f64)) -> String {
    let beyond = |v: &Verdict| v.change_low.is_some_and(|l| l < low) || v.change_high.is_some_and(|h| h > high);
    let arrow = if rows.iter().any(|r| beyond(r.verdict)) { " (an arrow: it goes on)" } else { "" };
    format!(
        "Change in share over {} ({}), in percentage points, with 95% interval{arrow}. Filled: beyond chance",
        window.length,
        format::day_range(window.start, window.end)
    )
}

fn columns(rows: &[Row<'_>], body: &Area, narrow: bool) -> Columns {
    let widest = |texts: Vec<String>, size: f64, weight: Weight| {
        texts.iter().map(|t| lettering::width(t, size, weight)).fold(0.0, f64::max)
    };
    let names = widest(rows.iter().map(|r| r.name.clone()).collect(), NAME, Weight::Bold).max(200.0);
    let verdicts = widest(rows.iter().map(|r| story::verdict(r.verdict)).collect(), SMALL, Weight::Bold);
    let mut shares: Vec<String> = rows.iter().filter_map(|r| story::from_to(r.verdict)).collect();
    shares.push(FROM_TO.to_owned());
    let verdict = body.right - verdicts.max(100.0);
    let shares = (!narrow).then(|| verdict - 36.0 - widest(shares, SMALL, Weight::Regular));
    Columns {
        name: body.left + names + 30.0,
        axis: (body.left + names + 64.0, shares.unwrap_or(verdict) - 48.0),
        shares,
        verdict,
    }
}

const FROM_TO: &str = "share, from to";

fn headings(columns: &Columns, y: f64) -> Vec<Mark> {
    let heading = |(x, text): (f64, &str)| Mark::Text(Label::new((x, y), text, SMALL).ink(Ink::MUTED));
    let shares = columns.shares.map(|x| (x, FROM_TO));
    shares.into_iter().chain([(columns.verdict, "verdict")]).map(heading).collect()
}

fn axis(columns: &Columns, lines: &Area, range: (f64, f64)) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut free = f64::NEG_INFINITY;
    for tick in ticks_between(range.0, range.1) {
        let x = place(tick, range, columns.axis);
        let (width, ink) = if tick == 0.0 { (3.0, Ink::MUTED) } else { (1.0, Ink::GRID) };
        marks.push(Mark::line((x, lines.top), (x, lines.bottom), width, ink));
        let label = Label::new((x, lines.bottom + SMALL * 1.25), points_tick(tick), SMALL);
        let label = label.align(Align::Centre).ink(Ink::MUTED);
        if label.bounds().left > free {
            free = label.bounds().right + 12.0;
            marks.push(Mark::Text(label));
        }
    }
    marks
}

fn row_marks(analysis: &Analysis, row: &Row<'_>, columns: &Columns, range: (f64, f64), y: f64) -> Vec<Mark> {
    let ink = Ink::solid(analysis.themes.themes[row.position].colour);
    let passed = passed(row.verdict);
    let base = y + SMALL * 0.36;
    let mut marks = vec![Mark::Text(Label {
        weight: if passed { Weight::Bold } else { Weight::Regular },
        ..Label::new((columns.name, base), row.name.as_str(), NAME).align(Align::Right)
    })];
    marks.extend(whisker(row.verdict, columns, range, y, ink));
    let centre = (place(row.change, range, columns.axis), y);
    if passed {
        marks.push(Mark::Disc { centre, radius: 13.0, ink });
    } else {
        marks.extend(ring(centre, 10.0, ink));
    }
    let shares = columns.shares.zip(story::from_to(row.verdict));
    marks.extend(shares.map(|(x, shares)| Mark::Text(Label::new((x, base), shares, SMALL))));
    marks.push(Mark::Text(Label {
        weight: if passed { Weight::Bold } else { Weight::Regular },
        ..Label::new((columns.verdict, base), story::verdict(row.verdict), SMALL).ink(if passed {
            Ink::TEXT
        } else {
            Ink::MUTED
        })
    }));
    marks
}

fn whisker(verdict: &Verdict, columns: &Columns, range: (f64, f64), y: f64, ink: Ink) -> Vec<Mark> {
    let (Some(low), Some(high)) = (verdict.change_low, verdict.change_high) else { return Vec::new() };
    let (from, to) = (place(low, range, columns.axis), place(high, range, columns.axis));
    let width = if passed(verdict) { WHISKER } else { WHISKER / 2.0 };
    let mut marks = vec![Mark::line((from, y), (to, y), width, ink)];
    let arrow = |x: f64, tip: f64| Mark::Shape { points: vec![(x + tip, y), (x, y - 9.0), (x, y + 9.0)], ink };
    if low < range.0 {
        marks.push(arrow(from, -16.0));
    }
    if high > range.1 {
        marks.push(arrow(to, 16.0));
    }
    marks
}

fn numbers(analysis: &Analysis, rows: &[Row<'_>]) -> Result<DataFrame, ReportError> {
    let themes = || rows.iter().map(|r| &analysis.themes.themes[r.position]);
    let number = |of: fn(&Verdict) -> Option<f64>| rows.iter().map(|r| of(r.verdict)).collect::<Vec<_>>();
    Ok(df!(
        "theme" => themes().map(|t| t.id.0).collect::<Vec<_>>(),
        "theme_name" => themes().map(|t| t.name.as_str()).collect::<Vec<_>>(),
        "verdict" => rows.iter().map(|r| format::verdict(r.verdict.kind)).collect::<Vec<_>>(),
        "share_first" => number(|v| v.share_first),
        "share_last" => number(|v| v.share_last),
        "change" => number(|v| v.change),
        "change_low" => number(|v| v.change_low),
        "change_high" => number(|v| v.change_high),
        "q" => number(|v| v.q),
    )?)
}

//! Turns the places of papers into a map: a dot a paper in the colour of its theme, the names where the papers lie.
//! Does not compute places. Distances on the map are a picture of likeness, not a measure; no axis is drawn.

use super::Drawing;
use super::labels::{Wish, place_on_plane};
use super::lettering::{self, Weight};
use super::marks::{Area, At, Ink, Mark, Tone};
use super::names;
use super::scale::place;
use super::sheet::{Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::format::{count, counted, percent};
use crate::largest::largest_first;
use crate::{ReportError, story, tables};
use model::{Analysis, Theme};
use polars::prelude::*;

/// Beyond this many, every second (third, ...) paper in order of date is drawn.
const MOST: usize = 12_000;
const NAME: f64 = 25.0;
const LARGE_NAME: f64 = 30.0;

/// `None` where there is no paper.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let analysis = view.analysis;
    if analysis.themes.map.is_empty() {
        return Ok(None);
    }
    let every = analysis.themes.map.len().div_ceil(MOST);
    let rows: Vec<usize> = (0..analysis.themes.map.len()).step_by(every).collect();
    let shown = &view.shown(usize::MAX);
    let title = title(analysis);
    let description = lead(view, shown);
    // How many names find room is known only once the caption has taken its own.
    let body = sheet(view, &title, &description, &caption(view, CAPTION_DUMMY)).body;
    let bounds = bounds(&analysis.themes.map);
    let at = |row: usize| on_sheet(analysis.themes.map[row], bounds, &body);
    let (names, placed) = place_on_plane(&wishes(analysis, shown, at), &body);
    let caption = caption(view, &what(analysis, rows.len(), placed));
    let Sheet { mut marks, .. } = sheet(view, &title, &description, &caption);
    marks.extend(dots(analysis, shown, &rows, at));
    marks.extend(names);
    let numbers = tables::of_shown(numbers(analysis)?, view)?;
    Ok(Some(Drawing { name: "map", title, description, size: view.sheet, marks, numbers }))
}

const CAPTION_DUMMY: &str = "names of 999 of 999 themes, 99,999 of 99,999 papers drawn";

fn title(analysis: &Analysis) -> String {
    let themes = &analysis.themes.themes;
    let Some(largest) = largest_first(analysis).first().map(|&position| &themes[position]) else {
        return format!("{} and no theme", counted(analysis.papers.len(), "paper", "papers"));
    };
    let share = percent(largest.size as f64 / analysis.papers.len().max(1) as f64);
    let papers = counted(analysis.papers.len(), "paper", "papers");
    if themes.len() == 1 {
        return format!("{papers} in one theme: {}", story::name(largest));
    }
    format!("{papers} in {} themes; the largest is {} ({share})", themes.len(), story::name(largest))
}

fn lead(view: &View<'_>, shown: &[usize]) -> String {
    let of = &view.analysis.themes.assignment.theme;
    let pale = of.iter().filter(|theme| !theme.is_some_and(|theme| shown.contains(&theme))).count();
    let where_to =
        if shown.len() == view.analysis.themes.themes.len() { "in no theme" } else { "in none of these themes" };
    let pale = if pale > 0 { format!("; pale: {} {where_to}", count(pale)) } else { String::new() };
    format!("A dot is a paper, its colour the theme; papers that lie near use like words{pale}")
}

fn what(analysis: &Analysis, drawn: usize, placed: usize) -> String {
    let (papers, themes) = (analysis.papers.len(), analysis.themes.themes.len());
    let names = if placed < themes { format!("names of {placed} of {themes} themes") } else { String::new() };
    let some = if drawn < papers { format!("{} of {} drawn", count(drawn), count(papers)) } else { String::new() };
    [names, some].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Smallest and largest coordinate in each direction.
fn bounds(map: &[[f32; 2]]) -> [(f64, f64); 2] {
    [0, 1].map(|axis| {
        let values = || map.iter().map(|p| f64::from(p[axis])).filter(|v| v.is_finite());
        (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max))
    })
}

fn on_sheet(point: [f32; 2], bounds: [(f64, f64); 2], body: &Area) -> At {
    let inset = 12.0;
    let x = place(f64::from(point[0]), bounds[0], (body.left + inset, body.right - inset));
    let y = place(f64::from(point[1]), bounds[1], (body.bottom - inset, body.top + inset));
    (x, y)
}

/// Papers in none of the shown themes lie below all others.
fn dots(analysis: &Analysis, shown: &[usize], rows: &[usize], at: impl Fn(usize) -> At) -> Vec<Mark> {
    let radius = (180.0 / (rows.len() as f64).sqrt()).clamp(3.5, 9.0);
    let theme = |row: usize| analysis.themes.assignment.theme[row].filter(|theme| shown.contains(theme));
    let themes = &analysis.themes.themes;
    let id = |row: usize| analysis.themes.assignment.theme[row].map(|position| themes[position].id);
    let dot = |row: usize, radius: f64, ink: Ink| {
        let subject = Subject { theme: id(row), ..Subject::default() }.paper(row);
        subject.of([Mark::Disc { centre: at(row), radius, ink }])
    };
    let pale = rows.iter().filter(|&&row| theme(row).is_none()).map(|&row| dot(row, 0.6 * radius, Ink::PALE));
    let coloured =
        rows.iter().filter_map(|&row| theme(row).map(|position| dot(row, radius, Ink::solid(themes[position].colour))));
    pale.chain(coloured).flatten().collect()
}

/// A name wants to stand at the median of its papers: means are pulled away by strays.
fn wishes(analysis: &Analysis, shown: &[usize], at: impl Fn(usize) -> At) -> Vec<Wish> {
    let mut places: Vec<Vec<At>> = vec![Vec::new(); analysis.themes.themes.len()];
    for (row, theme) in analysis.themes.assignment.theme.iter().enumerate() {
        if let Some(position) = theme {
            places[*position].push(at(row));
        }
    }
    let themes =
        largest_first(analysis).into_iter().map(|at| (at, &analysis.themes.themes[at], &places[at])).enumerate();
    let themes = themes.filter(|(_, (position, _, papers))| shown.contains(position) && !papers.is_empty());
    themes
        .map(|(rank, (_, theme, papers))| {
            let size = if rank < 8 { LARGE_NAME } else { NAME };
            // Beside the dots where there are so few that the name would hide them.
            let lift = if papers.len() <= 3 { size * 1.2 } else { 0.0 };
            Wish {
                near: (median(papers.iter().map(|p| p.0)), median(papers.iter().map(|p| p.1)) - lift),
                lines: lines(theme, size),
                size,
                ink: Ink::of(Tone::Lettering(theme.colour)),
                subject: Subject::theme(theme.id),
            }
        })
        .collect()
}

fn lines(theme: &Theme, size: f64) -> Vec<String> {
    let mut lines = lettering::wrap(&story::name(theme), size, Weight::Bold, 330.0, 2);
    lines.extend(names::mark(theme).map(|mark| format!("({mark})")));
    lines
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(0.0)
}

fn numbers(analysis: &Analysis) -> Result<DataFrame, ReportError> {
    let theme = |position: &Option<usize>| position.map(|p| &analysis.themes.themes[p]);
    let of = &analysis.themes.assignment.theme;
    Ok(df!(
        "id" => analysis.papers.ids(),
        "x" => analysis.themes.map.iter().map(|p| p[0]).collect::<Vec<_>>(),
        "y" => analysis.themes.map.iter().map(|p| p[1]).collect::<Vec<_>>(),
        "theme" => of.iter().map(|p| theme(p).map(|t| t.id.0)).collect::<Vec<_>>(),
        "theme_name" => of.iter().map(|p| theme(p).map(|t| t.name.as_str())).collect::<Vec<_>>(),
    )?)
}

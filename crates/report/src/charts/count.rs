//! Turns the choice of the number of themes into three panels: agreement, separation and score against k.
//! Does not choose: the number that was taken is marked.

use super::Drawing;
use super::marks::{Align, Area, At, Ink, Label, Mark, Tone};
use super::scale::{place, ticks_between};
use super::sheet::{SMALL, Sheet, caption, sheet};
use super::subject::Subject;
use super::view::View;
use crate::{ReportError, format, tables};
use model::{ThemeCount, ThemeCountCandidate};

const NAME: f64 = 30.0;
const LINE: Ink = Ink::solid([0x1c, 0x62, 0xa0]);
const CHOSEN: [u8; 3] = [0xb0, 0x3a, 0x12];

/// What a panel shows of a candidate.
type Measure = (&'static str, fn(&ThemeCountCandidate) -> f64);

const PANELS: [Measure; 3] =
    [("Agreement of refits", |c| c.agreement), ("Separation", |c| c.separation), ("Score: both together", |c| c.score)];

/// `None` where the number was given, or only one was tried.
pub fn draw(view: &View<'_>) -> Result<Option<Drawing>, ReportError> {
    let analysis = view.analysis;
    let count = &analysis.themes.count;
    if count.candidates.len() < 2 {
        return Ok(None);
    }
    let (title, lead) = (
        title(count),
        "Each number of themes that was tried. Agreement: adjusted Rand index between refits on resampled papers; separation: simplified silhouette",
    );
    let what = format!("{} numbers of themes tried", count.candidates.len());
    let Sheet { mut marks, body } = sheet(view, &title, lead, &caption(view, &what));
    for (measure, area) in PANELS.iter().zip(areas(&body, view.is_narrow())) {
        marks.extend(panel(count, measure, &area));
    }
    let numbers = tables::moves::theme_count(analysis)?;
    Ok(Some(Drawing { name: "theme_count", title, description: lead.to_owned(), size: view.sheet, marks, numbers }))
}

fn title(count: &ThemeCount) -> String {
    let tried = |pick: fn(usize, usize) -> usize| count.candidates.iter().map(|c| c.k).reduce(pick).unwrap_or(count.k);
    let themes = format::counted(count.k, "theme", "themes");
    format!(
        "{themes}, of {} to {} tried: where agreement and separation together are best",
        tried(usize::min),
        tried(usize::max)
    )
}

/// The panels side by side, or one below the other, with room for what stands around them.
fn areas(body: &Area, narrow: bool) -> [Area; 3] {
    let (left, above, below) = (90.0, 60.0, 78.0);
    let gap = 120.0;
    let width = (body.width() - 2.0 * gap - left) / 3.0;
    let height = body.height() / 3.0;
    [0.0, 1.0, 2.0].map(|i| {
        if narrow {
            let top = body.top + i * height;
            Area { left: body.left + left, top: top + above, right: body.right, bottom: top + height - below }
        } else {
            let left = body.left + left + i * (width + gap);
            Area { left, top: body.top + above, right: left + width, bottom: body.bottom - below }
        }
    })
}

fn panel(count: &ThemeCount, (name, of): &Measure, area: &Area) -> Vec<Mark> {
    let values = || count.candidates.iter().map(of);
    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    let pad = (high - low).max(0.01) * 0.12;
    let range = (low - pad, high + pad);
    let ks = || count.candidates.iter().map(|c| c.k as f64);
    let span = (ks().fold(f64::MAX, f64::min), ks().fold(f64::MIN, f64::max));
    // Steps of k grow with k: equal ratios get equal room.
    let x = |k: f64| place(k.ln(), (span.0.ln(), span.1.ln()), (area.left + 12.0, area.right - 12.0));
    let y = |value: f64| place(value, range, (area.bottom, area.top));
    let mut marks = vec![Mark::Text(Label::new((area.left, area.top - 28.0), *name, NAME).bold())];
    // From the bottom upwards; a label that would touch the one below it is left out.
    let mut free = f64::INFINITY;
    for tick in ticks_between(range.0, range.1) {
        marks.push(Mark::line((area.left, y(tick)), (area.right, y(tick)), 1.0, Ink::GRID));
        if y(tick) > free {
            continue;
        }
        free = y(tick) - SMALL * 1.2;
        let label = Label::new((area.left - 12.0, y(tick) + SMALL * 0.36), format!("{tick}"), SMALL);
        marks.push(Mark::Text(label.align(Align::Right).ink(Ink::MUTED)));
    }
    let chosen = count.candidates.iter().find(|c| c.k == count.k);
    marks.extend(
        chosen.map(|c| Mark::line((x(c.k as f64), area.top), (x(c.k as f64), area.bottom), 2.0, Ink::solid(CHOSEN))),
    );
    let points: Vec<At> = count.candidates.iter().map(|c| (x(c.k as f64), y(of(c)))).collect();
    marks.push(Mark::Line { points: points.clone(), width: 4.0, ink: LINE });
    for (c, centre) in count.candidates.iter().zip(points) {
        let (radius, ink) = if c.k == count.k { (12.0, Ink::solid(CHOSEN)) } else { (7.0, LINE) };
        let said = format!("{} themes: {:.3}", c.k, of(c));
        marks.extend(Subject::default().said(said).of([Mark::Disc { centre, radius, ink }]));
    }
    marks.extend(labels_of_k(count, area, x));
    marks
}

/// The chosen number first, then the others where there is room.
fn labels_of_k(count: &ThemeCount, area: &Area, x: impl Fn(f64) -> f64) -> Vec<Mark> {
    let mut order: Vec<usize> = count.candidates.iter().map(|c| c.k).collect();
    let ends = [order.first().copied(), order.last().copied()];
    order.sort_by_key(|&k| (k != count.k, !ends.contains(&Some(k)), k));
    let mut taken: Vec<Area> = Vec::new();
    let mut marks = Vec::new();
    for k in order {
        let label = Label::new((x(k as f64), area.bottom + SMALL * 1.4), k.to_string(), SMALL).align(Align::Centre);
        let label =
            if k == count.k { label.bold().ink(Ink::of(Tone::Lettering(CHOSEN))) } else { label.ink(Ink::MUTED) };
        let bounds = label.bounds();
        let wide = Area { left: bounds.left - 8.0, right: bounds.right + 8.0, ..bounds };
        if taken.iter().all(|other| !other.overlaps(&wide)) {
            taken.push(wide);
            marks.push(Mark::Text(label));
        }
    }
    let below =
        Label::new((f64::midpoint(area.left, area.right), area.bottom + SMALL * 2.8), "number of themes", SMALL);
    marks.push(Mark::Text(below.align(Align::Centre).ink(Ink::MUTED)));
    marks
}

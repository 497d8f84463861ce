//! Turns a sweep into a heat map: a row a setting, a column a measure, the darker the larger in its column.
//! Says nothing about what is better: more themes, or more papers left out, are dark too.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, Ink, Label, Mark, Tone};
use super::scale::place;
use super::sheet::{SMALL, Sheet, framed};
use crate::ReportError;
use crate::format::counted;
use crate::sweep::{MEASURES, Measure, headline, label};
use model::Sweep;

const SIZE: (f64, f64) = (1920.0, 1080.0);
/// Rows that can be read.
const MOST: usize = 20;
/// The darkest colour on which dark letters can be read.
const DARKEST: f64 = 0.45;

/// `None` where there is no setting.
pub fn draw(sweep: &Sweep) -> Result<Option<Drawing>, ReportError> {
    if sweep.settings.is_empty() {
        return Ok(None);
    }
    let shown = shown(sweep);
    let title = headline(sweep);
    let lead = "A row is a setting, a column a measure (mean over the seeds), darker where it is larger in its column; bold: recommended";
    let all = counted(sweep.settings.len(), "setting", "settings");
    let what = if shown.len() < sweep.settings.len() {
        // With one seed nothing is known of agreement, and they stand in the order typed.
        let known = sweep.settings.iter().any(|setting| setting.agreement.is_some());
        let which = match sweep.recommended {
            _ if known => "those on which seeds agree most",
            Some(_) => "the recommended one and the first ones",
            None => "the first ones",
        };
        format!("{} of {all}, {which}", shown.len())
    } else {
        all
    };
    let seeds = counted(sweep.seeds.len(), "seed", "seeds");
    let caption = format!("{what}  \u{b7}  {seeds} each  \u{b7}  sweep {}", sweep.id);
    let Sheet { mut marks, body } = framed(SIZE, Some(&title), lead, &caption);
    let room = body.width() * 0.42;
    let names: Vec<String> =
        shown.iter().map(|&at| lettering::wrap(&label(sweep, at), SMALL, Weight::Bold, room, 1).concat()).collect();
    let widest = names.iter().map(|name| lettering::width(name, SMALL, Weight::Bold)).fold(0.0, f64::max);
    let top = body.top + SMALL * 2.6;
    let row = ((body.bottom - top) / shown.len() as f64).min(64.0);
    let cells =
        Area { left: body.left + widest + 32.0, top, right: body.right, bottom: top + row * shown.len() as f64 };
    for (i, (&at, name)) in shown.iter().zip(&names).enumerate() {
        let middle = top + (i as f64 + 0.5) * row + SMALL * 0.36;
        let name = Label::new((body.left, middle), name.as_str(), SMALL);
        marks.push(Mark::Text(if sweep.recommended == Some(at) { name.bold() } else { name }));
    }
    let width = cells.width() / MEASURES.len() as f64;
    for (column, measure) in MEASURES.iter().enumerate() {
        let left = cells.left + column as f64 * width;
        marks.extend(column_of(sweep, &shown, measure, &Area { left, right: left + width, ..cells }));
    }
    let numbers = crate::sweep::settings_table(sweep)?;
    Ok(Some(Drawing { name: "settings", title, description: lead.to_owned(), size: SIZE, marks, numbers }))
}

/// All settings, or those with the most agreement and the recommended one; in the order of the sweep.
fn shown(sweep: &Sweep) -> Vec<usize> {
    let agreement = |at: usize| sweep.settings[at].agreement.map_or(0.0, |agreement| agreement.mean);
    let mut order: Vec<usize> = (0..sweep.settings.len()).collect();
    order.sort_by(|&a, &b| {
        let first = |at: usize| sweep.recommended != Some(at);
        first(a).cmp(&first(b)).then(agreement(b).total_cmp(&agreement(a))).then(a.cmp(&b))
    });
    order.truncate(MOST);
    order.sort_unstable();
    order
}

fn column_of(sweep: &Sweep, shown: &[usize], measure: &Measure, area: &Area) -> Vec<Mark> {
    let middle = f64::midpoint(area.left, area.right);
    let words = lettering::wrap(measure.title, SMALL, Weight::Regular, area.width() - 10.0, 2);
    let first = area.top - 14.0 - SMALL * 1.15 * (words.len() as f64 - 1.0);
    let mut marks: Vec<Mark> = Vec::new();
    for (i, word) in words.into_iter().enumerate() {
        let at = (middle, first + i as f64 * SMALL * 1.15);
        marks.push(Mark::Text(Label::new(at, word, SMALL).align(Align::Centre).ink(Ink::MUTED)));
    }
    let value = |at: usize| (measure.of)(&sweep.settings[at]).map(|spread| spread.mean);
    let values = || shown.iter().filter_map(|&at| value(at));
    let range = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
    let row = area.height() / shown.len() as f64;
    for (i, &at) in shown.iter().enumerate() {
        let top = area.top + i as f64 * row;
        let cell = Area { left: area.left + 2.0, top: top + 1.0, right: area.right - 2.0, bottom: top + row - 1.0 };
        let Some(value) = value(at) else {
            marks.push(Mark::line((cell.left, cell.bottom), (cell.right, cell.top), 2.0, Ink::PALE));
            continue;
        };
        let heat = if range.0 < range.1 { place(value, range, (0.0, DARKEST)) } else { 0.0 };
        marks.push(Mark::Block { area: cell, ink: Ink::of(Tone::Heat(heat)) });
        let text = if measure.name == "themes" { format!("{value:.0}") } else { format!("{value:.2}") };
        let number = Label::new((middle, top + row / 2.0 + SMALL * 0.36), text, SMALL).align(Align::Centre);
        marks.push(Mark::Text(if sweep.recommended == Some(at) { number.bold() } else { number }));
    }
    marks
}

//! Turns a sweep into four panels: agreement, silhouette and coherence against the number of themes, with bands over the seeds.
//! A line is the settings that differ in nothing but the number of themes.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Align, Area, At, Ink, Label, Mark, Tone};
use super::scale::{place, ticks_between};
use super::sheet::{SMALL, Sheet, framed};
use crate::ReportError;
use crate::format::counted;
use crate::sweep::{MEASURES, Measure, headline};
use model::{Spread, Sweep, SweepSetting};

const SIZE: (f64, f64) = (1920.0, 1080.0);
const NAME: f64 = 28.0;
/// Lines that can be told apart.
const LINES: usize = 8;
const COLOURS: [[u8; 3]; LINES] = [
    [43, 77, 254],
    [183, 38, 29],
    [7, 162, 172],
    [185, 123, 0],
    [62, 4, 152],
    [255, 78, 133],
    [107, 0, 53],
    [166, 123, 245],
];

/// Settings that differ in the number of themes only, ascending by the number they found.
struct Line {
    name: String,
    settings: Vec<usize>,
    colour: [u8; 3],
}

/// A setting, the number of themes it found, and a measure of it.
type Point = (usize, f64, Spread);

/// `None` where no setting found a theme.
pub fn draw(sweep: &Sweep) -> Result<Option<Drawing>, ReportError> {
    let lines = lines(sweep);
    let panels: Vec<&Measure> =
        MEASURES[..4].iter().filter(|measure| sweep.settings.iter().any(|s| (measure.of)(s).is_some())).collect();
    if panels.is_empty() {
        return Ok(None);
    }
    let title = headline(sweep);
    let lead = "Each measure against the number of themes found: means over the seeds, bands from the least to the largest; \
                ringed: the recommended setting";
    let caption = format!(
        "{}  \u{b7}  {} each  \u{b7}  {}  \u{b7}  sweep {}",
        counted(sweep.settings.len(), "setting", "settings"),
        counted(sweep.seeds.len(), "seed", "seeds"),
        counted(sweep.papers, "paper", "papers"),
        sweep.id
    );
    let Sheet { mut marks, body } = framed(SIZE, Some(&title), lead, &caption);
    let (legend, rest) = legend(&lines, &body);
    marks.extend(legend);
    for (measure, area) in panels.iter().zip(areas(&rest, panels.len())) {
        marks.extend(panel(sweep, &lines, measure, &area));
    }
    let numbers = crate::sweep::settings_table(sweep)?;
    Ok(Some(Drawing { name: "quality", title, description: lead.to_owned(), size: SIZE, marks, numbers }))
}

/// At most as many as can be told apart, the one with the recommended setting among them.
fn lines(sweep: &Sweep) -> Vec<Line> {
    let themes = sweep.axes.iter().position(|axis| axis.name == "themes");
    let rest = |setting: &SweepSetting| {
        let named = sweep.axes.iter().zip(&setting.values).enumerate().filter(|(at, _)| Some(*at) != themes);
        let several = named.filter(|(_, (axis, _))| axis.values.len() > 1);
        several
            .map(|(_, (axis, value))| format!("{}={}", axis.name, crate::clean::line(value)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let mut lines: Vec<Line> = Vec::new();
    for (at, setting) in sweep.settings.iter().enumerate() {
        let name = rest(setting);
        match lines.iter_mut().find(|line| line.name == name) {
            Some(line) => line.settings.push(at),
            None => lines.push(Line { name, settings: vec![at], colour: [0; 3] }),
        }
    }
    let recommended = |line: &Line| sweep.recommended.is_some_and(|at| line.settings.contains(&at));
    if let Some(at) = lines.iter().position(recommended) {
        lines[..=at].rotate_right(1);
    }
    lines.truncate(LINES);
    for (line, colour) in lines.iter_mut().zip(COLOURS) {
        line.colour = colour;
        line.settings
            .sort_by(|a, b| sweep.settings[*a].themes.mean.total_cmp(&sweep.settings[*b].themes.mean).then(a.cmp(b)));
    }
    lines
}

/// Names of the lines in rows above the panels, and what room is left.
fn legend(lines: &[Line], body: &Area) -> (Vec<Mark>, Area) {
    let mut marks = Vec::new();
    let (mut x, mut y) = (body.left, body.top + SMALL * 0.5);
    for line in lines.iter().filter(|line| !line.name.is_empty()) {
        let name = lettering::wrap(&line.name, SMALL, Weight::Regular, body.width() - 60.0, 1).concat();
        let width = lettering::width(&name, SMALL, Weight::Regular) + 34.0;
        if x + width > body.right && x > body.left {
            (x, y) = (body.left, y + SMALL * 1.5);
        }
        marks.push(Mark::Disc { centre: (x + 10.0, y), radius: 9.0, ink: Ink::solid(line.colour) });
        marks.push(Mark::Text(Label::new((x + 28.0, y + SMALL * 0.36), name, SMALL)));
        x += width + 36.0;
    }
    (marks, Area { top: y + SMALL * 1.2, ..*body })
}

/// The panels in two rows, or one for one or two.
fn areas(body: &Area, panels: usize) -> Vec<Area> {
    let (left, above, below, gap) = (96.0, 50.0, 74.0, 60.0);
    let rows = panels.div_ceil(2);
    let columns = panels.min(2);
    let (width, height) = ((body.width() - gap) / columns as f64, body.height() / rows as f64);
    let area = |at: usize| {
        let (x, y) = (body.left + (at % 2) as f64 * (width + gap), body.top + (at / 2) as f64 * height);
        let right = (x + width).min(body.right) - 12.0;
        Area { left: x + left, top: y + above, right, bottom: y + height - below }
    };
    (0..panels).map(area).collect()
}

fn panel(sweep: &Sweep, lines: &[Line], measure: &Measure, area: &Area) -> Vec<Mark> {
    let points = |line: &Line| -> Vec<Point> {
        let point = |&at: &usize| Some((at, sweep.settings[at].themes.mean, (measure.of)(&sweep.settings[at])?));
        line.settings.iter().filter_map(point).collect()
    };
    let all: Vec<Point> = lines.iter().flat_map(points).collect();
    let low = all.iter().map(|(_, _, spread)| spread.low).fold(f64::MAX, f64::min);
    let high = all.iter().map(|(_, _, spread)| spread.high).fold(f64::MIN, f64::max);
    let pad = (high - low).max(0.01) * 0.1;
    let ks = || all.iter().map(|(_, k, _)| *k);
    let (least, most) = (ks().fold(f64::MAX, f64::min), ks().fold(f64::MIN, f64::max));
    let x = |k: f64| place(k, (least, most), (area.left + 24.0, area.right - 24.0));
    let y = |value: f64| place(value, (low - pad, high + pad), (area.bottom, area.top));
    let mut marks = vec![Mark::Text(Label::new((area.left, area.top - 18.0), measure.title, NAME).bold())];
    marks.extend(grid(area, (low - pad, high + pad), y));
    for line in lines.iter().rev() {
        marks.extend(course(&points(line), line.colour, x, y));
    }
    if let Some((_, k, spread)) = all.iter().find(|(at, ..)| sweep.recommended == Some(*at)) {
        let centre = (x(*k), y(spread.mean));
        marks.push(Mark::Disc { centre, radius: 16.0, ink: Ink::TEXT });
        marks.push(Mark::Disc { centre, radius: 12.0, ink: Ink::GROUND });
        marks.push(Mark::Disc { centre, radius: 7.0, ink: Ink::TEXT });
    }
    marks.extend(labels_of_k(&all, area, x));
    marks
}

fn grid(area: &Area, (low, high): (f64, f64), y: impl Fn(f64) -> f64) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut free = f64::INFINITY;
    for tick in ticks_between(low, high) {
        marks.push(Mark::line((area.left, y(tick)), (area.right, y(tick)), 1.0, Ink::GRID));
        if y(tick) > free {
            continue;
        }
        free = y(tick) - SMALL * 1.3;
        let label = Label::new((area.left - 12.0, y(tick) + SMALL * 0.36), format!("{tick}"), SMALL);
        marks.push(Mark::Text(label.align(Align::Right).ink(Ink::MUTED)));
    }
    marks
}

/// A band, a line and dots; a lone setting has a bar for its band.
fn course(points: &[Point], colour: [u8; 3], x: impl Fn(f64) -> f64, y: impl Fn(f64) -> f64) -> Vec<Mark> {
    let ink = Ink::solid(colour);
    let at =
        |value: fn(Spread) -> f64| points.iter().map(|(_, k, spread)| (x(*k), y(value(*spread)))).collect::<Vec<At>>();
    let (means, lows, highs) = (at(|s| s.mean), at(|s| s.low), at(|s| s.high));
    let mut marks = Vec::new();
    if points.len() > 1 {
        let band = lows.iter().copied().chain(highs.iter().rev().copied()).collect();
        marks.push(Mark::Shape { points: band, ink: ink.faded(0.16) });
        marks.push(Mark::Line { points: means.clone(), width: 4.0, ink });
    } else {
        marks.extend(lows.iter().zip(&highs).map(|(low, high)| Mark::line(*low, *high, 6.0, ink.faded(0.35))));
    }
    marks.extend(means.into_iter().map(|centre| Mark::Disc { centre, radius: 7.0, ink }));
    marks
}

/// Numbers of themes as far as there is room, from the left.
fn labels_of_k(all: &[Point], area: &Area, x: impl Fn(f64) -> f64) -> Vec<Mark> {
    let mut ks: Vec<i64> = all.iter().map(|(_, k, _)| k.round() as i64).collect();
    ks.sort_unstable();
    ks.dedup();
    let mut free = f64::NEG_INFINITY;
    let mut marks = Vec::new();
    for k in ks {
        let label = Label::new((x(k as f64), area.bottom + SMALL * 1.3), k.to_string(), SMALL).align(Align::Centre);
        if label.bounds().left >= free {
            free = label.bounds().right + 18.0;
            marks.push(Mark::Text(label.ink(Ink::of(Tone::Muted))));
        }
    }
    let below = Label::new((f64::midpoint(area.left, area.right), area.bottom + SMALL * 2.5), "themes", SMALL);
    marks.push(Mark::Text(below.align(Align::Centre).ink(Ink::MUTED)));
    marks
}

//! Turns a drawing into the SVG that stands in the report's page: colours as classes, so that the page can be light or dark, and
//! subjects as attributes and titles, so that pointing tells them without a script. Other files are drawn by `paint`.

use super::Drawing;
use super::lettering::{FAMILY, Weight, width};
use super::marks::{Align, Area, At, Ink, Label, Mark, Tone};
use super::palette::Ground;
use super::subject::Subject;
use super::svg::{escaped, rounded};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Steps of a heat map's scale: each is a class.
const HEAT_STEPS: f64 = 40.0;
const TENTHS: f64 = 10.0;

/// A chart for the page.
#[derive(Debug, Clone)]
pub struct Inline {
    pub svg: String,
    /// Class to its sRGB on a light and on a dark ground.
    pub swatches: Swatches,
}

pub type Swatches = BTreeMap<String, [[u8; 3]; 2]>;

/// The class that has a tone's colour.
pub fn class(tone: Tone) -> String {
    let hex = |letter: char, [r, g, b]: [u8; 3]| format!("{letter}{r:02x}{g:02x}{b:02x}");
    match tone {
        Tone::Ground => "k0".to_owned(),
        Tone::Text => "k1".to_owned(),
        Tone::Muted => "k2".to_owned(),
        Tone::Grid => "k3".to_owned(),
        Tone::Pale => "k4".to_owned(),
        Tone::Others => "k5".to_owned(),
        Tone::Rest => "k6".to_owned(),
        Tone::Heat(t) => format!("h{}", (t.clamp(0.0, 1.0) * HEAT_STEPS).round()),
        Tone::Colour(rgb) => hex('c', rgb),
        Tone::Lettering(rgb) => hex('l', rgb),
    }
}

/// A class and its colours.
pub fn swatch(tone: Tone) -> (String, [[u8; 3]; 2]) {
    let tone_drawn = match tone {
        Tone::Heat(t) => Tone::Heat((t.clamp(0.0, 1.0) * HEAT_STEPS).round() / HEAT_STEPS),
        other => other,
    };
    (class(tone), [Ground::Light.rgb(tone_drawn), Ground::Dark.rgb(tone_drawn)])
}

pub fn inline(drawing: &Drawing) -> Inline {
    let Drawing { name, title, description, size: (width, height), marks, .. } = drawing;
    let mut svg = format!(
        "<svg viewBox=\"0 0 {width} {height}\" class=\"ink\" role=\"img\" aria-labelledby=\"{name}-title {name}-desc\" \
         font-family=\"{FAMILY}\">\n<title id=\"{name}-title\">{}</title>\n<desc id=\"{name}-desc\">{}</desc>\n",
        escaped(title),
        escaped(description)
    );
    for (subject, marks) in stretches(marks) {
        stretch(&mut svg, subject, marks);
    }
    // Text covers everything else.
    for (subject, marks) in stretches(marks) {
        let attributes = subject.map(attributes).unwrap_or_default();
        for mark in marks {
            letters(&mut svg, mark, &attributes);
        }
    }
    svg.push_str("</svg>");
    let swatches = marks.iter().filter_map(ink).map(|ink| swatch(ink.tone)).chain([swatch(Tone::Ground)]).collect();
    Inline { svg, swatches }
}

fn ink(mark: &Mark) -> Option<Ink> {
    match mark {
        Mark::Line { ink, .. } | Mark::Shape { ink, .. } | Mark::Block { ink, .. } | Mark::Disc { ink, .. } => {
            Some(*ink)
        }
        Mark::Text(label) => Some(label.ink),
        Mark::Subject(_) => None,
    }
}

/// The marks between one change of subject and the next, each with its subject.
fn stretches(marks: &[Mark]) -> impl Iterator<Item = (Option<&Subject>, &[Mark])> {
    let starts_new = |mark: &Mark| matches!(mark, Mark::Subject(_));
    marks.chunk_by(move |_, next| !starts_new(next)).map(|chunk| match chunk {
        [Mark::Subject(subject), rest @ ..] => (subject.as_deref(), rest),
        _ => (None, chunk),
    })
}

fn attributes(subject: &Subject) -> String {
    let mut out = if subject.rest { " data-rest=\"\"".to_owned() } else { String::new() };
    let parts = [("theme", subject.theme.map(|id| id.0 as usize)), ("bin", subject.bin), ("paper", subject.paper)];
    for (name, value) in parts.into_iter().filter_map(|(name, value)| Some((name, value?))) {
        // Writing to a string cannot fail.
        let _ = write!(out, " data-{name}=\"{value}\"");
    }
    out
}

/// Everything but text. What is told when pointed at is a group with a title; else every mark has the attributes itself.
fn stretch(svg: &mut String, subject: Option<&Subject>, marks: &[Mark]) {
    let attributes = subject.map(attributes).unwrap_or_default();
    let Some(Subject { said, target, .. }) = subject.filter(|subject| !subject.said.is_empty()) else {
        for mark in marks {
            shape(svg, mark, &attributes);
        }
        return;
    };
    let _ = write!(svg, "<g{attributes}><title>{}</title>", escaped(said));
    if let Some(area) = target {
        let _ = write!(svg, "<rect class=\"hit\" {}/>", edges(area));
    }
    for mark in marks {
        shape(svg, mark, "");
    }
    svg.push_str("</g>\n");
}

fn shape(svg: &mut String, mark: &Mark, attributes: &str) {
    let element = match mark {
        Mark::Line { points, width, .. } => {
            format!("polyline points=\"{}\" stroke-width=\"{}\"", path(points), rounded(*width, TENTHS))
        }
        Mark::Shape { points, .. } => format!("polygon points=\"{}\"", path(points)),
        Mark::Block { area, .. } => format!("rect {}", edges(area)),
        Mark::Disc { centre: (x, y), radius, .. } => {
            format!("circle cx=\"{}\" cy=\"{}\" r=\"{}\"", tenth(*x), tenth(*y), tenth(*radius))
        }
        Mark::Text(_) | Mark::Subject(_) => return,
    };
    let Some(ink) = ink(mark) else { return };
    let opacity =
        if ink.opacity < 1.0 { format!(" opacity=\"{}\"", rounded(ink.opacity, 100.0)) } else { String::new() };
    let _ = writeln!(svg, "<{element} class=\"{}\"{opacity}{attributes}/>", class(ink.tone));
}

fn letters(svg: &mut String, mark: &Mark, attributes: &str) {
    let Mark::Text(label) = mark else { return };
    let Label { at: (x, y), text, size, weight, align, ink, rim } = label;
    let anchor = match align {
        Align::Left => "",
        Align::Centre => " text-anchor=\"middle\"",
        Align::Right => " text-anchor=\"end\"",
    };
    let bold = if *weight == Weight::Bold { " font-weight=\"bold\"" } else { "" };
    let rim = if *rim { " rim" } else { "" };
    let _ = writeln!(
        svg,
        "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{bold}{anchor} class=\"{}{rim}\" textLength=\"{}\" \
         lengthAdjust=\"spacingAndGlyphs\"{attributes}>{}</text>",
        tenth(*x),
        tenth(*y),
        tenth(*size),
        class(ink.tone),
        tenth(width(text, *size, *weight)),
        escaped(text)
    );
}

fn path(points: &[At]) -> String {
    points.iter().map(|&(x, y)| format!("{},{}", tenth(x), tenth(y))).collect::<Vec<_>>().join(" ")
}

fn edges(area: &Area) -> String {
    let [x, y, width, height] = [area.left, area.top, area.width(), area.height()].map(tenth);
    format!("x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
}

fn tenth(value: f64) -> String {
    rounded(value, TENTHS)
}

//! Turns what a chart wants to show into a flat list of marks in pixels of its sheet.
//! Does not draw: `paint` hands the list to plotters, and tests read it to find overlaps and cut text.

use super::lettering::{self, Weight};
use super::subject::Subject;

/// A place on the sheet: x to the right, y downwards.
pub type At = (f64, f64);

/// What a mark is, as far as its colour hangs on it; `palette` turns it into sRGB.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tone {
    /// What the sheet is made of.
    Ground,
    /// Titles and names.
    Text,
    /// Captions, axis labels.
    Muted,
    Grid,
    /// Papers in no theme, empty cells.
    Pale,
    /// Of a whole: the themes that are not named, and what is in none.
    Others,
    Rest,
    /// A place in [0, 1] on the scale of a heat map.
    Heat(f64),
    /// A theme, or another colour that says what something is.
    Colour([u8; 3]),
    /// Letters in the colour of a theme.
    Lettering([u8; 3]),
}

/// A tone with its opacity in [0, 1].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ink {
    pub tone: Tone,
    pub opacity: f64,
}

impl Ink {
    pub const GROUND: Self = Self::of(Tone::Ground);
    pub const TEXT: Self = Self::of(Tone::Text);
    pub const MUTED: Self = Self::of(Tone::Muted);
    pub const GRID: Self = Self::of(Tone::Grid);
    pub const PALE: Self = Self::of(Tone::Pale);

    pub const fn of(tone: Tone) -> Self {
        Self { tone, opacity: 1.0 }
    }

    pub const fn solid(rgb: [u8; 3]) -> Self {
        Self::of(Tone::Colour(rgb))
    }

    pub const fn faded(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// Which part of a text stands at its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    Left,
    Centre,
    Right,
}

/// One line of text. `at` is on the base line; `size` is the height of the em square in pixels.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    pub at: At,
    pub text: String,
    pub size: f64,
    pub weight: Weight,
    pub align: Align,
    pub ink: Ink,
    /// A rim in the colour of the ground, so that the text can be read upon dots.
    pub rim: bool,
}

/// Left, top, right and bottom edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn moved(&self, (x, y): At) -> Self {
        Self { left: self.left + x, top: self.top + y, right: self.right + x, bottom: self.bottom + y }
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }
}

impl Label {
    pub fn new(at: At, text: impl Into<String>, size: f64) -> Self {
        Self { at, text: text.into(), size, weight: Weight::Regular, align: Align::Left, ink: Ink::TEXT, rim: false }
    }

    pub fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    pub fn rimmed(self) -> Self {
        Self { rim: true, ..self }
    }

    pub fn ink(self, ink: Ink) -> Self {
        Self { ink, ..self }
    }

    pub fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// Where the first letter begins.
    pub fn left(&self) -> f64 {
        let width = lettering::width(&self.text, self.size, self.weight);
        match self.align {
            Align::Left => self.at.0,
            Align::Centre => self.at.0 - width / 2.0,
            Align::Right => self.at.0 - width,
        }
    }

    /// The box that capitals and descenders fill.
    pub fn bounds(&self) -> Area {
        let width = lettering::width(&self.text, self.size, self.weight);
        let left = self.left();
        Area {
            left,
            top: self.at.1 - lettering::CAPITAL * self.size,
            right: left + width,
            bottom: self.at.1 + lettering::DESCENDER * self.size,
        }
    }
}

/// Something to draw. Later marks cover earlier ones, and text covers all others.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Line {
        points: Vec<At>,
        width: f64,
        ink: Ink,
    },
    Shape {
        points: Vec<At>,
        ink: Ink,
    },
    Block {
        area: Area,
        ink: Ink,
    },
    Disc {
        centre: At,
        radius: f64,
        ink: Ink,
    },
    Text(Label),
    /// What the marks that follow speak of, up to the next of these.
    Subject(Option<Box<Subject>>),
}

impl Mark {
    pub fn line(from: At, to: At, width: f64, ink: Ink) -> Self {
        Self::Line { points: vec![from, to], width, ink }
    }
}

/// A disc that shows the ground inside: an unfinished bin, a theme that did not pass.
pub fn ring(centre: At, radius: f64, ink: Ink) -> [Mark; 2] {
    [Mark::Disc { centre, radius, ink }, Mark::Disc { centre, radius: radius - 3.0, ink: Ink::GROUND }]
}

/// The line from one place to another in dashes of 8 pixels.
pub fn dashes(from: At, to: At, width: f64, ink: Ink) -> Vec<Mark> {
    const DASH: f64 = 8.0;
    let length = (to.0 - from.0).hypot(to.1 - from.1);
    let steps = (length / DASH).ceil().max(1.0) as usize;
    let at = |i: usize| {
        let t = (i as f64 * DASH / length.max(DASH)).min(1.0);
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
    };
    (0..steps).step_by(2).map(|i| Mark::line(at(i), at(i + 1), width, ink)).collect()
}

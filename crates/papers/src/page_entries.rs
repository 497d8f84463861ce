//! Runs of text lines into titles and abstracts, by the cheapest reading of the whole run.
//! It knows no bylines and no dates; a run is what stands between two of them.

use crate::page_lines::Line;

/// A title with the lines of its abstract: `lines[start..abstract_start]` and `lines[abstract_start..end]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: usize,
    pub abstract_start: usize,
    pub end: usize,
    pub fault: Option<Fault>,
}

/// What an entry lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    NoAbstract,
    NoTitle,
}

/// What the lines of a whole page are like; decides how single ones are read.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Empty lines part something: then lines that none parts belong together.
    pub parted: bool,
    /// No line is long: a small example rather than a page, whose abstracts may be short.
    pub small: bool,
}

/// The layout of a page, from all of its text lines.
pub fn layout(lines: &[Line<'_>]) -> Layout {
    let blanks = lines.iter().skip(1).filter(|line| line.after_blank).count();
    Layout { parted: blanks * 5 >= lines.len().max(1), small: lines.iter().all(|line| line.text.chars().count() < 250) }
}

// Costs of a reading; only their order matters. One title without abstract is believed sooner than a title read as an
// abstract, and two of them sooner still; an abstract is believed in two paragraphs sooner than read as a title.
const MISSING: u32 = 50;
const SHORT_AS_ABSTRACT: u32 = 120;
const LONG_AS_TITLE: u32 = 250;
const SECOND_PARAGRAPH: u32 = 30;
const TITLE_AS_PARAGRAPH: u32 = 90;
const WRAPPED_LINE: u32 = 5;
const WRAPPED_TITLE: u32 = 30;
const ENTRY_INSIDE_BLOCK: u32 = 12;
const LONGEST_ABSTRACT: usize = 60;

/// Parts one run of lines into entries. `closed`: a byline follows, so two lines are a title and an abstract.
pub fn part(lines: &[Line<'_>], layout: Layout, closed: bool) -> Vec<Span> {
    if closed && lines.len() == 2 {
        return vec![Span { start: 0, abstract_start: 1, end: 2, fault: None }];
    }
    let shapes: Vec<Shape> = lines.iter().map(Shape::of).collect();
    let mut best: Vec<(u32, Option<Span>)> = vec![(u32::MAX, None); lines.len() + 1];
    best[0].0 = 0;
    for start in 0..lines.len() {
        let before = best[start].0;
        for (span, cost) in readings(&shapes, start, layout) {
            let total = before.saturating_add(cost);
            if total < best[span.end].0 {
                best[span.end] = (total, Some(span));
            }
        }
    }
    trace_back(&best)
}

fn trace_back(best: &[(u32, Option<Span>)]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut end = best.len() - 1;
    while let Some(span) = best[end].1 {
        spans.push(span);
        end = span.start;
    }
    spans.reverse();
    spans
}

/// What the cost of a line depends on.
#[derive(Debug, Clone, Copy)]
struct Shape {
    characters: usize,
    words: usize,
    /// Ends as a sentence does.
    stopped: bool,
    /// Places where a sentence ends and another begins.
    sentences: usize,
    address: bool,
    after_blank: bool,
}

impl Shape {
    fn of(line: &Line<'_>) -> Self {
        let words: Vec<&str> = line.text.split_whitespace().collect();
        let ends = |word: &str| word.len() > 3 && word.ends_with(['.', '?', '!']);
        let opens = |word: &str| word.starts_with(char::is_uppercase);
        Self {
            characters: line.text.chars().count(),
            words: words.len(),
            stopped: line.text.ends_with('.') && !line.text.ends_with(".."),
            sentences: words.windows(2).filter(|pair| ends(pair[0]) && opens(pair[1])).count(),
            address: line.text.contains("://"),
            after_blank: line.after_blank,
        }
    }

    fn cost_as_title(&self) -> u32 {
        let length = match self.characters {
            0..=120 => 0,
            121..=160 => 10,
            161..=220 if !self.stopped && self.sentences == 0 => 20,
            161..=220 => 40,
            // Prose of this length has a full stop somewhere; a title has none, however long.
            221..=300 if !self.stopped && self.sentences == 0 => 30,
            221..=300 => 90,
            _ => LONG_AS_TITLE,
        };
        let prose = if self.stopped && self.words >= 8 { 40 } else { 0 };
        length + prose + 20 * self.sentences.min(4) as u32 * u32::from(self.characters > 60)
    }

    fn looks_like_title(&self) -> bool {
        self.cost_as_title() <= 10 && !self.stopped && !self.address
    }
}

/// All readings of an entry that starts at `start`, with their costs.
fn readings(shapes: &[Shape], start: usize, layout: Layout) -> Vec<(Span, u32)> {
    let mut found = Vec::new();
    let inside = layout.parted && start > 0 && !shapes[start].after_blank;
    let begin = if inside { ENTRY_INSIDE_BLOCK } else { 0 };
    let title = shapes[start].cost_as_title();
    add_readings(shapes, start, start + 1, begin + title, layout, &mut found);
    if let Some(second) = shapes.get(start + 1).filter(|second| layout.parted && !second.after_blank) {
        let cost = begin + title + second.cost_as_title() + WRAPPED_TITLE;
        add_readings(shapes, start, start + 2, cost, layout, &mut found);
    }
    found
}

/// The readings whose title is `shapes[start..abstract_start]`: without an abstract, and with abstracts of any length.
fn add_readings(
    shapes: &[Shape],
    start: usize,
    abstract_start: usize,
    title: u32,
    layout: Layout,
    found: &mut Vec<(Span, u32)>,
) {
    let no_title = shapes[start].cost_as_title() >= LONG_AS_TITLE;
    let fault = Some(if no_title { Fault::NoTitle } else { Fault::NoAbstract });
    found.push((Span { start, abstract_start, end: abstract_start, fault }, title + MISSING));
    let mut paragraphs = 0;
    let mut abstract_shape: Option<Shape> = None;
    for end in abstract_start..shapes.len().min(abstract_start + LONGEST_ABSTRACT) {
        let line = &shapes[end];
        abstract_shape = Some(match abstract_shape {
            None => *line,
            Some(above) => {
                // What the abstract began with may have been a title whose own abstract is this line.
                let first = end == abstract_start + 1 && shapes[abstract_start].looks_like_title();
                paragraphs += cost_as_paragraph(line, first, layout);
                joined(&above, line)
            }
        });
        if let Some(whole) = &abstract_shape {
            let cost = title + cost_as_abstract(whole, &shapes[start], layout) + paragraphs;
            found.push((Span { start, abstract_start, end: end + 1, fault: None }, cost));
        }
    }
}

fn joined(above: &Shape, line: &Shape) -> Shape {
    Shape {
        characters: above.characters + line.characters,
        words: above.words + line.words,
        stopped: line.stopped,
        sentences: above.sentences + line.sentences + usize::from(above.stopped),
        ..*above
    }
}

fn cost_as_abstract(whole: &Shape, title: &Shape, layout: Layout) -> u32 {
    let prose = whole.sentences > 0 || (whole.stopped && whole.words >= 2);
    match whole.characters {
        400.. => 0,
        250.. => 10,
        _ if prose => 30,
        150.. => 30,
        _ if layout.small && whole.words > title.words => 60,
        _ => SHORT_AS_ABSTRACT,
    }
}

/// The cost of one more line in an abstract. `under_title`: the abstract has but one line, which looks like a title.
fn cost_as_paragraph(line: &Shape, under_title: bool, layout: Layout) -> u32 {
    if layout.parted && !line.after_blank {
        WRAPPED_LINE
    } else if under_title || line.looks_like_title() {
        TITLE_AS_PARAGRAPH
    } else {
        SECOND_PARAGRAPH
    }
}

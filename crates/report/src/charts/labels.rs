//! Turns wished places of labels into places where none covers another.
//! Does not shorten or drop lines of a column; on a plane, a label without room is left out.

use super::marks::{Align, Area, At, Ink, Label, Mark};
use super::subject::Subject;

/// Moves the wished heights apart until neighbours are at least `gap` apart, within [top, bottom] as long as they fit.
/// Keeps the order; `wished` ascends.
pub fn spread(wished: &[f64], gap: f64, top: f64, bottom: f64) -> Vec<f64> {
    let n = wished.len();
    let gap = gap.min((bottom - top) / (n.max(2) - 1) as f64);
    let mut places = wished.to_vec();
    for i in 0..n {
        let least = if i == 0 { top } else { places[i - 1] + gap };
        places[i] = places[i].max(least);
    }
    for i in (0..n).rev() {
        let most = if i + 1 == n { bottom } else { places[i + 1] - gap };
        places[i] = places[i].min(most);
    }
    places
}

/// A name that wants to stand near a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Wish {
    pub near: At,
    /// Lines of the name, top first.
    pub lines: Vec<String>,
    pub size: f64,
    pub ink: Ink,
    pub subject: Subject,
}

/// Places the names in order, each as near to its wish as there is room; returns their marks and how many found room.
pub fn place_on_plane(wishes: &[Wish], within: &Area) -> (Vec<Mark>, usize) {
    let mut taken: Vec<Area> = Vec::new();
    let mut marks = Vec::new();
    for wish in wishes {
        let labels = block(wish);
        let area = around(&labels);
        let free = |area: &Area| within.contains(area) && taken.iter().all(|other| !other.overlaps(area));
        if let Some(offset) = offsets().find(|&offset| free(&area.moved(offset))) {
            taken.push(area.moved(offset));
            let placed = labels.into_iter().map(|label| {
                let at = (label.at.0 + offset.0, label.at.1 + offset.1);
                Mark::Text(Label { at, ..label })
            });
            marks.extend(wish.subject.clone().of(placed));
        }
    }
    (marks, taken.len())
}

/// Growing rings around the wish, flat ones because labels are wide.
fn offsets() -> impl Iterator<Item = At> {
    const TURNS: usize = 16;
    let ring = |radius: usize| {
        let turns = if radius == 0 { 1 } else { TURNS };
        (0..turns).map(move |turn| {
            let angle = turn as f64 / TURNS as f64 * std::f64::consts::TAU - std::f64::consts::FRAC_PI_2;
            (angle.cos() * radius as f64 * 20.0, angle.sin() * radius as f64 * 12.0)
        })
    };
    (0..12).flat_map(ring)
}

/// The lines of the name, centred on its wish.
fn block(wish: &Wish) -> Vec<Label> {
    let leading = wish.size * 1.12;
    let first = wish.near.1 + wish.size * 0.36 - leading * (wish.lines.len() as f64 - 1.0) / 2.0;
    let line = |(i, text): (usize, &String)| {
        let at = (wish.near.0, first + i as f64 * leading);
        Label::new(at, text.as_str(), wish.size).bold().align(Align::Centre).ink(wish.ink).rimmed()
    };
    wish.lines.iter().enumerate().map(line).collect()
}

fn around(labels: &[Label]) -> Area {
    const PAD: f64 = 5.0;
    let none = Area { left: f64::MAX, top: f64::MAX, right: f64::MIN, bottom: f64::MIN };
    let all = labels.iter().map(Label::bounds).fold(none, |a, b| Area {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    });
    Area { left: all.left - PAD, top: all.top - PAD, right: all.right + PAD, bottom: all.bottom + PAD }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_spread_without_changing_its_order() {
        let places = spread(&[10.0, 11.0, 12.0, 95.0], 10.0, 0.0, 100.0);
        assert_eq!(places, [10.0, 20.0, 30.0, 95.0]);
        assert_eq!(spread(&[99.0, 99.0], 10.0, 0.0, 100.0), [90.0, 100.0]);
        assert_eq!(spread(&[5.0; 3], 90.0, 0.0, 100.0), [0.0, 50.0, 100.0]);
    }

    #[test]
    fn names_on_a_plane_never_overlap() {
        let wish = Wish {
            near: (500.0, 500.0),
            lines: vec!["graph neural networks".into()],
            size: 24.0,
            ink: Ink::TEXT,
            subject: Subject::default(),
        };
        let within = Area { left: 0.0, top: 0.0, right: 1000.0, bottom: 1000.0 };
        let (marks, placed) = place_on_plane(&vec![wish; 40], &within);
        let boxes: Vec<Area> =
            marks.iter().filter_map(|m| if let Mark::Text(l) = m { Some(l.bounds()) } else { None }).collect();
        assert_eq!(boxes.len(), placed);
        assert!((2..40).contains(&placed));
        assert!(boxes.iter().enumerate().all(|(i, a)| boxes[..i].iter().all(|b| !a.overlaps(b))));
    }
}

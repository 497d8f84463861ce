//! Holds the charts against what a reader must be able to rely on: nothing cut, nothing covered, nothing too small.
//! What they look like is for the eye: `look` writes them out.

use super::marks::{Area, Label, Mark, Tone};
use super::palette::{Ground, contrast};
use super::{Chart, Drawing, View, drawings, inline};
use crate::fake::{Fake, REALISTIC};

fn labels(marks: &[Mark]) -> Vec<&Label> {
    marks.iter().filter_map(|m| if let Mark::Text(label) = m { Some(label) } else { None }).collect()
}

fn long_name(i: usize) -> String {
    format!("an exceedingly long theme name for number {i} that goes on and on")
}

pub fn cases() -> Vec<(&'static str, Fake)> {
    vec![
        ("realistic", REALISTIC),
        ("one-theme", Fake { themes: 1, ..REALISTIC }),
        ("two-themes", Fake { themes: 2, ..REALISTIC }),
        ("five-themes", Fake { themes: 5, ..REALISTIC }),
        ("sixty-themes", Fake { themes: 60, ..REALISTIC }),
        ("one-bin", Fake { bins: 1, ..REALISTIC }),
        ("two-bins", Fake { bins: 2, ..REALISTIC }),
        ("many-bins", Fake { bins: 90, papers: 600, ..REALISTIC }),
        ("quiet-lately", Fake { bins: 40, recent_bins: 12, ..REALISTIC }),
        ("undated", Fake { bins: 0, ..REALISTIC }),
        ("long-names", Fake { name: long_name, ..REALISTIC }),
        ("few-papers", Fake { papers: 12, themes: 3, bins: 26, ..REALISTIC }),
        ("one-paper", Fake { papers: 1, themes: 1, bins: 1, undated_every: 0, ..REALISTIC }),
        ("no-theme", Fake { themes: 0, ..REALISTIC }),
    ]
}

impl Chart {
    /// Only what the page takes: no picture is drawn.
    pub fn of_page(drawing: &Drawing) -> Self {
        Self {
            name: drawing.name,
            title: drawing.title.clone(),
            svg: String::new(),
            inline: inline(drawing),
            png: Vec::new(),
            numbers: drawing.numbers.clone(),
        }
    }
}

#[test]
fn text_is_large_enough_and_neither_cut_nor_covered() {
    for (case, fake) in cases() {
        let analysis = fake.build();
        for size in [(1920, 1080), (1440, 1080), (1080, 1080), (2400, 1080)] {
            for drawing in drawings(&View::whole(&analysis).sized(size), None).unwrap() {
                legible(&drawing, &format!("{case} {size:?} {}", drawing.name));
            }
        }
        let on_a_slide = View { sheet: (1920.0, 890.0), headline: false, ..View::whole(&analysis) };
        for drawing in drawings(&on_a_slide, None).unwrap() {
            legible(&drawing, &format!("{case} slide {}", drawing.name));
        }
    }
}

/// Every label is large enough, lies on the sheet, and covers no other.
pub fn legible(drawing: &Drawing, case: &str) {
    let sheet = Area { left: 0.0, top: 0.0, right: drawing.size.0, bottom: drawing.size.1 };
    let labels = labels(&drawing.marks);
    assert!(labels.len() > 1, "{case}");
    let places: Vec<Area> = labels.iter().map(|l| l.bounds()).collect();
    for (i, (label, place)) in labels.iter().zip(&places).enumerate() {
        assert!(label.size >= 24.0, "{case}: {label:?}");
        assert!(sheet.contains(place), "{case}: `{}` is cut", label.text);
        assert!(!label.text.is_empty(), "{case}: {label:?}");
        for (other, taken) in labels[..i].iter().zip(&places) {
            let (a, b) = (&label.text, &other.text);
            assert!(!place.overlaps(taken), "{case}: `{a}` covers `{b}`");
        }
    }
}

/// WCAG 2.2: 4.5 to 1 for letters (1.4.3), 3 to 1 for what is needed to understand a picture (1.4.11): lines and dots. Areas
/// (cells of a heat map, bands, pale bars) are told apart from each other, and grid lines are not needed.
#[test]
fn letters_lines_and_dots_stand_out_from_every_ground() {
    let analysis = Fake { themes: 60, ..REALISTIC }.build();
    for drawing in drawings(&View::whole(&analysis), None).unwrap() {
        for ground in [Ground::Light, Ground::Dark] {
            for mark in &drawing.marks {
                let (ink, least) = match mark {
                    Mark::Text(label) => (label.ink, 4.5),
                    Mark::Line { ink, .. } | Mark::Disc { ink, .. } => (*ink, 3.0),
                    Mark::Shape { .. } | Mark::Block { .. } | Mark::Subject(_) => continue,
                };
                if matches!(ink.tone, Tone::Grid | Tone::Ground) {
                    continue;
                }
                let reached = contrast(ground.rgb(ink.tone), ground.rgb(Tone::Ground));
                assert!(ink.opacity >= 1.0 && reached >= least, "{} {ground:?} {reached:.2}: {mark:?}", drawing.name);
            }
        }
    }
}

#[test]
#[ignore = "writes pictures for the eye"]
fn look() {
    let folder = std::env::temp_dir().join("report-look");
    for (case, fake) in cases() {
        let bundle = crate::render(&fake.build()).unwrap();
        for (path, bytes) in bundle.files {
            let file = folder.join(case).join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, bytes).unwrap();
        }
    }
}

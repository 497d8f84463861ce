//! Turns a slide into the XML of its parts: the slide itself and its notes. Lengths are English Metric Units (360,000 a cm).
//! Does not pack files; text is escaped by the template engine.

use super::{Body, Picture, Slide};
use crate::charts::lettering::{self, Weight};
use crate::clean;
use maud::{Markup, PreEscaped, html};

pub const WIDTH: i64 = 12_192_000;
pub const HEIGHT: i64 = 6_858_000;
const POINT: f64 = 12_700.0;
const MARGIN: i64 = 457_200;
/// Bottom of the title.
const TITLE: i64 = 1_140_000;
pub const DECLARATION: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
const DRAWING: &str = "http://schemas.openxmlformats.org/drawingml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SLIDES: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const SVG: &str = "http://schemas.microsoft.com/office/drawing/2016/SVG/main";
/// Sizes of letters in points, largest first.
const TITLE_SIZES: [f64; 4] = [32.0, 28.0, 24.0, 20.0];
const OPENING_SIZES: [f64; 4] = [44.0, 38.0, 32.0, 26.0];
const POINT_SIZES: [f64; 5] = [24.0, 22.0, 20.0, 18.0, 16.0];

/// Left, top, width, height.
#[derive(Debug, Clone, Copy)]
struct Place(i64, i64, i64, i64);

/// The slide. Relation 3 is its picture as PNG, 4 as SVG.
pub fn slide(slide: &Slide) -> String {
    let title = Place(MARGIN, 228_600, WIDTH - 2 * MARGIN, TITLE - 228_600);
    let below = HEIGHT - TITLE - 80_000;
    let shapes = match &slide.body {
        Body::Opening(lines) => html! {
            (title_shape(&slide.title, Place(MARGIN, 1_500_000, WIDTH - 2 * MARGIN, 2_400_000), &OPENING_SIZES, 4, "b"))
            (points_shape(lines, Place(MARGIN, 4_100_000, WIDTH - 2 * MARGIN, 1_800_000), false))
        },
        Body::Points(points) => html! {
            (title_shape(&slide.title, title, &TITLE_SIZES, 2, "ctr"))
            (points_shape(points, Place(MARGIN, TITLE + 160_000, WIDTH - 2 * MARGIN, below - 160_000), true))
        },
        Body::Picture(shown) => html! {
            (title_shape(&slide.title, title, &TITLE_SIZES, 2, "ctr"))
            (picture(shown, Place(0, TITLE, WIDTH, HEIGHT - TITLE)))
        },
        Body::Both(shown, points) => html! {
            (title_shape(&slide.title, title, &TITLE_SIZES, 2, "ctr"))
            (picture(shown, Place(0, TITLE, WIDTH * 62 / 100, HEIGHT - TITLE)))
            (points_shape(points, Place(WIDTH * 63 / 100, TITLE + 160_000, WIDTH * 37 / 100 - MARGIN, below - 160_000), true))
        },
    };
    html! {
        (DECLARATION)
        p:sld xmlns:a=(DRAWING) xmlns:r=(RELATIONS) xmlns:p=(SLIDES) {
            p:cSld { p:spTree { (group()) (shapes) } }
            p:clrMapOvr { a:masterClrMapping {} }
        }
    }
    .into_string()
}

/// The notes of a slide: its text in the body placeholder of the notes master.
pub fn notes(slide: &Slide) -> String {
    html! {
        (DECLARATION)
        p:notes xmlns:a=(DRAWING) xmlns:r=(RELATIONS) xmlns:p=(SLIDES) {
            p:cSld { p:spTree {
                (group())
                p:sp {
                    p:nvSpPr {
                        p:cNvPr id="2" name="Slide image" {}
                        p:cNvSpPr { a:spLocks noGrp="1" noRot="1" noChangeAspect="1" {} }
                        p:nvPr { p:ph type="sldImg" {} }
                    }
                    p:spPr {}
                }
                p:sp {
                    p:nvSpPr {
                        p:cNvPr id="3" name="Notes" {}
                        p:cNvSpPr { a:spLocks noGrp="1" {} }
                        p:nvPr { p:ph type="body" idx="1" {} }
                    }
                    p:spPr {}
                    p:txBody {
                        a:bodyPr {} a:lstStyle {}
                        @for line in &slide.notes { a:p { a:r { a:rPr lang="en-GB" {} a:t { (clean::line(line)) } } } }
                        @if slide.notes.is_empty() { a:p {} }
                    }
                }
            } }
            p:clrMapOvr { a:masterClrMapping {} }
        }
    }
    .into_string()
}

/// What every tree of shapes begins with.
fn group() -> Markup {
    html! {
        p:nvGrpSpPr { p:cNvPr id="1" name="" {} p:cNvGrpSpPr {} p:nvPr {} }
        p:grpSpPr { a:xfrm {
            a:off x="0" y="0" {} a:ext cx="0" cy="0" {} a:chOff x="0" y="0" {} a:chExt cx="0" cy="0" {}
        } }
    }
}

/// The title, in the largest letters that let the whole of it stand in `lines` lines; where none do, in one line more of the
/// smallest, and cut where even that is too little.
fn title_shape(text: &str, place: Place, sizes: &[f64], lines: usize, anchor: &str) -> Markup {
    let text = clean::line(text);
    let room = place.2 as f64 / POINT * 0.96;
    let wrapped = |size: f64, lines| lettering::wrap(&text, size, Weight::Bold, room, lines);
    let fits = |size: &&f64| !wrapped(**size, lines).iter().any(|line| line.ends_with('\u{2026}'));
    let smallest = sizes.last().copied().unwrap_or(20.0);
    let (size, text) = match sizes.iter().find(fits) {
        Some(&size) => (size, text),
        None => (smallest, wrapped(smallest, lines + 1).join(" ")),
    };
    html! {
        p:sp {
            p:nvSpPr {
                p:cNvPr id="2" name="Title" {}
                p:cNvSpPr { a:spLocks noGrp="1" {} }
                p:nvPr { p:ph type="title" {} }
            }
            p:spPr { (position(place)) }
            p:txBody {
                a:bodyPr wrap="square" lIns="0" rIns="0" tIns="0" bIns="0" anchor=(anchor) {}
                a:lstStyle {}
                a:p { a:r { a:rPr lang="en-GB" sz=(hundredths(size)) b="1" {} a:t { (text) } } }
            }
        }
    }
}

/// Paragraphs in the largest letters with which all of them fit.
fn points_shape(points: &[String], place: Place, bullets: bool) -> Markup {
    let points: Vec<String> = points.iter().map(|point| clean::line(point)).collect();
    let room = place.2 as f64 / POINT * 0.93 - 20.0;
    let height = place.3 as f64 / POINT;
    let tall = |size: f64| -> f64 {
        let lines = |point: &String| lettering::wrap(point, size, Weight::Regular, room, 20).len() as f64;
        points.iter().map(|point| lines(point) * size * 1.2 + size * 0.5).sum()
    };
    let size = POINT_SIZES.into_iter().find(|&size| tall(size) <= height).unwrap_or(14.0);
    html! {
        p:sp {
            p:nvSpPr { p:cNvPr id="3" name="Text" {} p:cNvSpPr txBox="1" {} p:nvPr {} }
            p:spPr { (position(place)) a:prstGeom prst="rect" { a:avLst {} } a:noFill {} }
            p:txBody {
                a:bodyPr wrap="square" lIns="0" rIns="0" tIns="0" bIns="0" {}
                a:lstStyle {}
                @for point in &points {
                    a:p {
                        @if bullets {
                            a:pPr marL="228600" indent="-228600" {
                                a:spcAft { a:spcPts val=(hundredths(size * 0.5)) {} }
                                a:buFont typeface="Arial" {} a:buChar char="\u{2022}" {}
                            }
                        } @else {
                            a:pPr { a:spcAft { a:spcPts val=(hundredths(size * 0.5)) {} } a:buNone {} }
                        }
                        a:r {
                            a:rPr lang="en-GB" sz=(hundredths(size)) { a:solidFill { a:schemeClr val="tx1" {} } }
                            a:t { (point) }
                        }
                    }
                }
                @if points.is_empty() { a:p {} }
            }
        }
    }
}

fn hundredths(points: f64) -> i64 {
    (points * 100.0).round() as i64
}

fn position(Place(left, top, width, height): Place) -> Markup {
    html! { a:xfrm { a:off x=(left) y=(top) {} a:ext cx=(width) cy=(height) {} } }
}

/// The picture as large as fits into the place, in its middle: PNG, and SVG for programs that know it.
fn picture(shown: &Picture, Place(left, top, width, height): Place) -> Markup {
    let factor = (width as f64 / shown.size.0).min(height as f64 / shown.size.1);
    let (cx, cy) = ((shown.size.0 * factor) as i64, (shown.size.1 * factor) as i64);
    let place = Place(left + (width - cx) / 2, top + (height - cy) / 2, cx, cy);
    html! {
        p:pic {
            p:nvPicPr {
                p:cNvPr id="4" name=(shown.name) descr=(clean::line(&shown.alternative)) {}
                p:cNvPicPr { a:picLocks noChangeAspect="1" {} }
                p:nvPr {}
            }
            p:blipFill {
                a:blip r:embed="rId3" {
                    a:extLst {
                        a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}" {
                            asvg:svgBlip xmlns:asvg=(SVG) r:embed="rId4" {}
                        }
                    }
                }
                a:stretch { a:fillRect {} }
            }
            p:spPr { (position(place)) a:prstGeom prst="rect" { a:avLst {} } }
        }
    }
}

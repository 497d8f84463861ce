//! Turns a drawing into a PDF file of one page: strokes as paths, text as text in the bundled fonts, cut down to the letters
//! that are used. Does not decide what is shown, and writes no time, so that the same drawing gives the same bytes.

use super::Drawing;
use super::lettering::{self, Weight};
use super::marks::{Area, At, Ink, Label, Mark, Tone};
use super::palette::Ground;
use crate::ReportError;
use ab_glyph::Font as _;
use pdf_writer::types::{
    CidFontType, FontFlags, LineCapStyle, LineJoinStyle, SystemInfo, TextRenderingMode, UnicodeCmap,
};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str, TextStr};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use subsetter::GlyphRemapper;

const CATALOGUE: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const PAGE: Ref = Ref::new(3);
const CONTENT: Ref = Ref::new(4);
const INFO: Ref = Ref::new(5);
/// Two fonts of five objects each.
const FIRST_FONT: i32 = 6;
const OBJECTS_A_FONT: i32 = 5;
const FIRST_OPACITY: i32 = FIRST_FONT + 2 * OBJECTS_A_FONT;
/// Control points of a quarter of a circle lie at this part of the radius.
const QUARTER: f32 = 0.552_284_8;
const IDENTITY: SystemInfo<'_> = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// A font with the letters that the drawing has.
struct Face {
    /// With the six letters and the sign that mark a part of a font.
    name: &'static [u8],
    weight: Weight,
    bytes: &'static [u8],
    glyphs: GlyphRemapper,
    /// Letter of each glyph, by its number in the cut-down font.
    letters: BTreeMap<u16, char>,
}

/// The page, `scale` points for each pixel of the sheet.
pub fn page(drawing: &Drawing, ground: Ground, scale: f64) -> Result<Vec<u8>, ReportError> {
    let mut faces = [
        Face::new(b"LETTER+NotoSans-Regular", Weight::Regular, notosans::REGULAR_TTF),
        Face::new(b"LETTER+NotoSans-Bold", Weight::Bold, notosans::BOLD_TTF),
    ];
    let opacities = opacities(drawing);
    let content = content(drawing, ground, scale, &mut faces, &opacities)?;
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOGUE).pages(PAGES);
    pdf.pages(PAGES).kids([PAGE]).count(1);
    let (width, height) = (drawing.size.0 * scale, drawing.size.1 * scale);
    let mut page = pdf.page(PAGE);
    page.parent(PAGES).media_box(Rect::new(0.0, 0.0, width as f32, height as f32)).contents(CONTENT);
    let mut resources = page.resources();
    let mut fonts = resources.fonts();
    fonts.pair(Name(b"F0"), Ref::new(FIRST_FONT)).pair(Name(b"F1"), Ref::new(FIRST_FONT + OBJECTS_A_FONT));
    fonts.finish();
    let mut states = resources.ext_g_states();
    for (i, id) in (0..opacities.len()).zip(FIRST_OPACITY..) {
        states.pair(Name(opacity_name(i).as_bytes()), Ref::new(id));
    }
    states.finish();
    resources.finish();
    page.finish();
    for (&percent, id) in opacities.iter().zip(FIRST_OPACITY..) {
        let opacity = f32::from(percent) / 100.0;
        pdf.ext_graphics(Ref::new(id)).non_stroking_alpha(opacity).stroking_alpha(opacity);
    }
    pdf.stream(CONTENT, &packed(&content)?).filter(Filter::FlateDecode);
    pdf.document_info(INFO).title(TextStr(&drawing.title)).subject(TextStr(&drawing.description));
    for (face, i) in faces.iter().zip(0..) {
        face.embed(&mut pdf, FIRST_FONT + i * OBJECTS_A_FONT)?;
    }
    Ok(pdf.finish())
}

/// The opacities below 1 of all marks, in percent.
fn opacities(drawing: &Drawing) -> Vec<u8> {
    let of = |mark: &Mark| match mark {
        Mark::Line { ink, .. } | Mark::Shape { ink, .. } | Mark::Block { ink, .. } | Mark::Disc { ink, .. } => {
            percent(*ink)
        }
        Mark::Text(label) => percent(label.ink),
        Mark::Subject(_) => 100,
    };
    let all: BTreeSet<u8> = drawing.marks.iter().map(of).chain([100]).collect();
    all.into_iter().collect()
}

fn percent(ink: Ink) -> u8 {
    (ink.opacity * 100.0).round().clamp(0.0, 100.0) as u8
}

fn opacity_name(i: usize) -> String {
    format!("G{i}")
}

fn content(
    drawing: &Drawing,
    ground: Ground,
    scale: f64,
    faces: &mut [Face; 2],
    opacities: &[u8],
) -> Result<Vec<u8>, ReportError> {
    let mut content = Content::new();
    // From here on, y grows downwards in pixels of the sheet.
    content.transform([scale as f32, 0.0, 0.0, -scale as f32, 0.0, (drawing.size.1 * scale) as f32]);
    content.set_line_cap(LineCapStyle::RoundCap).set_line_join(LineJoinStyle::RoundJoin);
    if ground.is_painted() {
        let area = Area { left: 0.0, top: 0.0, right: drawing.size.0, bottom: drawing.size.1 };
        stroke(&mut content, &Mark::Block { area, ink: Ink::GROUND }, ground, opacities);
    }
    for mark in &drawing.marks {
        stroke(&mut content, mark, ground, opacities);
    }
    for label in super::paint::labels(&drawing.marks) {
        text(&mut content, label, ground, faces, opacities)?;
    }
    Ok(content.finish().to_vec())
}

fn use_ink(content: &mut Content, ink: Ink, ground: Ground, opacities: &[u8]) {
    let [r, g, b] = ground.rgb(ink.tone).map(|channel| f32::from(channel) / 255.0);
    content.set_fill_rgb(r, g, b).set_stroke_rgb(r, g, b);
    if let Ok(i) = opacities.binary_search(&percent(ink)) {
        content.set_parameters(Name(opacity_name(i).as_bytes()));
    }
}

/// Every mark but text.
fn stroke(content: &mut Content, mark: &Mark, ground: Ground, opacities: &[u8]) {
    match mark {
        Mark::Line { points, width, ink } => {
            use_ink(content, *ink, ground, opacities);
            content.set_line_width(*width as f32);
            path(content, points);
            content.stroke();
        }
        Mark::Shape { points, ink } => {
            use_ink(content, *ink, ground, opacities);
            path(content, points);
            content.close_path().fill_even_odd();
        }
        Mark::Block { area, ink } => {
            use_ink(content, *ink, ground, opacities);
            content.rect(area.left as f32, area.top as f32, area.width() as f32, area.height() as f32).fill_nonzero();
        }
        Mark::Disc { centre, radius, ink } => {
            use_ink(content, *ink, ground, opacities);
            disc(content, *centre, *radius as f32);
            content.fill_nonzero();
        }
        Mark::Text(_) | Mark::Subject(_) => {}
    }
}

fn path(content: &mut Content, points: &[At]) {
    for (i, &(x, y)) in points.iter().enumerate() {
        if i == 0 {
            content.move_to(x as f32, y as f32);
        } else {
            content.line_to(x as f32, y as f32);
        }
    }
}

fn disc(content: &mut Content, (x, y): At, r: f32) {
    let (x, y, c) = (x as f32, y as f32, r * QUARTER);
    content.move_to(x + r, y);
    content.cubic_to(x + r, y + c, x + c, y + r, x, y + r);
    content.cubic_to(x - c, y + r, x - r, y + c, x - r, y);
    content.cubic_to(x - r, y - c, x - c, y - r, x, y - r);
    content.cubic_to(x + c, y - r, x + r, y - c, x + r, y).close_path();
}

fn text(
    content: &mut Content,
    label: &Label,
    ground: Ground,
    faces: &mut [Face; 2],
    opacities: &[u8],
) -> Result<(), ReportError> {
    let which = usize::from(label.weight == Weight::Bold);
    let glyphs = faces[which].glyphs(&label.text)?;
    let font = if which == 0 { Name(b"F0") } else { Name(b"F1") };
    let mut show = |ink: Ink, mode: TextRenderingMode| {
        use_ink(content, ink, ground, opacities);
        content.begin_text().set_font(font, label.size as f32).set_text_rendering_mode(mode);
        // The page is mirrored, letters are not.
        content.set_text_matrix([1.0, 0.0, 0.0, -1.0, label.left() as f32, label.at.1 as f32]);
        content.show(Str(&glyphs)).end_text();
    };
    if label.rim {
        show(Ink::of(Tone::Ground), TextRenderingMode::Stroke);
    }
    show(label.ink, TextRenderingMode::Fill);
    Ok(())
}

impl Face {
    fn new(name: &'static [u8], weight: Weight, bytes: &'static [u8]) -> Self {
        Self { name, weight, bytes, glyphs: GlyphRemapper::new(), letters: BTreeMap::new() }
    }

    /// The text as glyph numbers of the cut-down font, two bytes each.
    fn glyphs(&mut self, text: &str) -> Result<Vec<u8>, ReportError> {
        let font = lettering::font(self.weight)?;
        let mut bytes = Vec::new();
        for letter in text.chars() {
            let glyph = self.glyphs.remap(font.glyph_id(letter).0);
            self.letters.entry(glyph).or_insert(letter);
            bytes.extend(glyph.to_be_bytes());
        }
        Ok(bytes)
    }

    /// Writes the font as the objects `first` to `first + 4`.
    fn embed(&self, pdf: &mut Pdf, first: i32) -> Result<(), ReportError> {
        let [font_id, cid_id, descriptor_id, file_id, map_id] = [0, 1, 2, 3, 4].map(|i| Ref::new(first + i));
        let font = lettering::font(self.weight)?;
        let subset = subsetter::subset(self.bytes, 0, &self.glyphs).map_err(|_| ReportError::Font)?;
        let length = i32::try_from(subset.len()).map_err(|_| ReportError::Font)?;
        let per_em = 1000.0 / font.units_per_em().unwrap_or(1000.0);
        let mut type_0 = pdf.type0_font(font_id);
        type_0.base_font(Name(self.name)).encoding_predefined(Name(b"Identity-H"));
        type_0.descendant_font(cid_id).to_unicode(map_id);
        type_0.finish();
        let mut cid = pdf.cid_font(cid_id);
        cid.subtype(CidFontType::Type2).base_font(Name(self.name)).system_info(IDENTITY);
        cid.font_descriptor(descriptor_id).default_width(0.0).cid_to_gid_map_predefined(Name(b"Identity"));
        let width = |glyph: u16| font.h_advance_unscaled(ab_glyph::GlyphId(glyph)) * per_em;
        cid.widths().consecutive(0, self.glyphs.remapped_gids().map(width));
        cid.finish();
        let mut descriptor = pdf.font_descriptor(descriptor_id);
        descriptor.name(Name(self.name)).flags(FontFlags::SYMBOLIC).bbox(Rect::new(-621.0, -389.0, 2800.0, 1067.0));
        descriptor.italic_angle(0.0).ascent(font.ascent_unscaled() * per_em).descent(font.descent_unscaled() * per_em);
        descriptor.cap_height(lettering::CAPITAL as f32 * 1000.0).stem_v(90.0).font_file2(file_id);
        descriptor.finish();
        pdf.stream(file_id, &packed(&subset)?).filter(Filter::FlateDecode).pair(Name(b"Length1"), length);
        let mut map = UnicodeCmap::new(Name(b"Letters"), IDENTITY);
        self.letters.iter().for_each(|(&glyph, &letter)| map.pair(glyph, letter));
        pdf.stream(map_id, map.finish().as_slice());
        Ok(())
    }
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, ReportError> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).map_err(|error| ReportError::Kept(error.to_string()))
}

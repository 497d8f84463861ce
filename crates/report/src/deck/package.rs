//! Turns slides into a `.pptx` package: the parts that do not change, the slides, their notes and pictures, and how they hang
//! together. Does not know what stands on a slide; all entries carry the same fixed time.

use super::parts::{self, DECLARATION, HEIGHT, WIDTH};
use super::{Body, Picture, Slide};
use crate::{ReportError, clean};
use maud::html;
use model::Analysis;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod as Method, DateTime, ZipWriter};

const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const PRESENTATION: &str = "application/vnd.openxmlformats-officedocument.presentationml";
/// Notes are printed on a page of 7.5 x 10 inches.
const NOTES: (i64, i64) = (6_858_000, 9_144_000);
const FIRST_SLIDE_ID: usize = 256;

const MASTER: &str = include_str!("master.xml");
const LAYOUT: &str = include_str!("layout.xml");
const NOTES_MASTER: &str = include_str!("notes_master.xml");
const THEME: &str = include_str!("theme.xml");

/// Path, bytes and how they are packed.
type Part = (String, Vec<u8>, Method);
/// A relation: type (last part of its address) and target.
type Relation = (&'static str, String);

pub fn package(slides: &[Slide], analysis: &Analysis) -> Result<Vec<u8>, ReportError> {
    let mut files: Vec<Part> = Vec::new();
    let mut put = |path: &str, bytes: Vec<u8>| files.push((path.to_owned(), bytes, Method::Deflated));
    put("[Content_Types].xml", content_types(slides).into_bytes());
    put("_rels/.rels", package_relations().into_bytes());
    put("docProps/core.xml", core(slides, analysis).into_bytes());
    put("ppt/presentation.xml", presentation(slides).into_bytes());
    put("ppt/_rels/presentation.xml.rels", presentation_relations(slides).into_bytes());
    put("ppt/slideMasters/slideMaster1.xml", MASTER.into());
    let master = [("slideLayout", "../slideLayouts/slideLayout1.xml".into()), ("theme", "../theme/theme1.xml".into())];
    put("ppt/slideMasters/_rels/slideMaster1.xml.rels", relations(&master).into_bytes());
    put("ppt/slideLayouts/slideLayout1.xml", LAYOUT.into());
    let layout = [("slideMaster", "../slideMasters/slideMaster1.xml".into())];
    put("ppt/slideLayouts/_rels/slideLayout1.xml.rels", relations(&layout).into_bytes());
    put("ppt/notesMasters/notesMaster1.xml", NOTES_MASTER.into());
    put(
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        relations(&[("theme", "../theme/theme2.xml".into())]).into_bytes(),
    );
    put("ppt/theme/theme1.xml", THEME.into());
    put("ppt/theme/theme2.xml", THEME.into());
    for (slide, n) in slides.iter().zip(1..) {
        put(&format!("ppt/slides/slide{n}.xml"), parts::slide(slide).into_bytes());
        put(&format!("ppt/slides/_rels/slide{n}.xml.rels"), relations(&slide_relations(slide, n)).into_bytes());
        put(&format!("ppt/notesSlides/notesSlide{n}.xml"), parts::notes(slide).into_bytes());
        let notes = [
            ("notesMaster", "../notesMasters/notesMaster1.xml".to_owned()),
            ("slide", format!("../slides/slide{n}.xml")),
        ];
        put(&format!("ppt/notesSlides/_rels/notesSlide{n}.xml.rels"), relations(&notes).into_bytes());
        if let Some(picture) = picture(slide) {
            put(&format!("ppt/media/image{n}.svg"), picture.svg.clone().into_bytes());
        }
    }
    // Packed already: these are stored as they are.
    let pictures = slides.iter().zip(1..).filter_map(|(slide, n)| picture(slide).map(|picture| (picture, n)));
    files.extend(pictures.map(|(p, n)| (format!("ppt/media/image{n}.png"), p.png.clone(), Method::Stored)));
    zipped(&files).map_err(|error| ReportError::Deck(error.to_string()))
}

fn picture(slide: &Slide) -> Option<&Picture> {
    match &slide.body {
        Body::Picture(picture) | Body::Both(picture, _) => Some(picture),
        Body::Opening(_) | Body::Points(_) => None,
    }
}

/// In the order in which they were put.
fn zipped(files: &[Part]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes, method) in files {
        let options = SimpleFileOptions::default()
            .compression_method(*method)
            .last_modified_time(DateTime::DEFAULT)
            .unix_permissions(0o644);
        zip.start_file(path.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn relations(all: &[Relation]) -> String {
    html! {
        (DECLARATION)
        Relationships xmlns=(PACKAGE) {
            @for ((kind, target), n) in all.iter().zip(1..) {
                Relationship Id={ "rId" (n) } Type={ (DOCUMENT) "/" (kind) } Target=(target) {}
            }
        }
    }
    .into_string()
}

/// 1 the layout, 2 the notes, 3 and 4 the picture as PNG and SVG.
fn slide_relations(slide: &Slide, n: usize) -> Vec<Relation> {
    let mut all = vec![
        ("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned()),
        ("notesSlide", format!("../notesSlides/notesSlide{n}.xml")),
    ];
    if picture(slide).is_some() {
        all.extend(["png", "svg"].map(|ending| ("image", format!("../media/image{n}.{ending}"))));
    }
    all
}

fn package_relations() -> String {
    let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";
    html! {
        (DECLARATION)
        Relationships xmlns=(PACKAGE) {
            Relationship Id="rId1" Type={ (DOCUMENT) "/officeDocument" } Target="ppt/presentation.xml" {}
            Relationship Id="rId2" Type=(core) Target="docProps/core.xml" {}
        }
    }
    .into_string()
}

/// 1 the master, 2 the notes master, 3 the theme, then the slides.
fn presentation_relations(slides: &[Slide]) -> String {
    let mut all: Vec<Relation> = vec![
        ("slideMaster", "slideMasters/slideMaster1.xml".to_owned()),
        ("notesMaster", "notesMasters/notesMaster1.xml".to_owned()),
        ("theme", "theme/theme1.xml".to_owned()),
    ];
    all.extend((1..=slides.len()).map(|n| ("slide", format!("slides/slide{n}.xml"))));
    relations(&all)
}

fn presentation(slides: &[Slide]) -> String {
    html! {
        (DECLARATION)
        p:presentation
            xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"
            xmlns:r=(DOCUMENT)
            xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" {
            p:sldMasterIdLst { p:sldMasterId id="2147483648" r:id="rId1" {} }
            p:notesMasterIdLst { p:notesMasterId r:id="rId2" {} }
            p:sldIdLst {
                @for n in 0..slides.len() { p:sldId id=(FIRST_SLIDE_ID + n) r:id={ "rId" (n + 4) } {} }
            }
            p:sldSz cx=(WIDTH) cy=(HEIGHT) {}
            p:notesSz cx=(NOTES.0) cy=(NOTES.1) {}
        }
    }
    .into_string()
}

fn content_types(slides: &[Slide]) -> String {
    let part = |path: String, kind: &str| html! { Override PartName=(path) ContentType=(kind) {} };
    let ours = |path: String, kind: &str| part(path, &format!("{PRESENTATION}.{kind}+xml"));
    let theme = "application/vnd.openxmlformats-officedocument.theme+xml";
    html! {
        (DECLARATION)
        Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types" {
            Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml" {}
            Default Extension="xml" ContentType="application/xml" {}
            Default Extension="png" ContentType="image/png" {}
            Default Extension="svg" ContentType="image/svg+xml" {}
            (ours("/ppt/presentation.xml".to_owned(), "presentation.main"))
            (ours("/ppt/slideMasters/slideMaster1.xml".to_owned(), "slideMaster"))
            (ours("/ppt/slideLayouts/slideLayout1.xml".to_owned(), "slideLayout"))
            (ours("/ppt/notesMasters/notesMaster1.xml".to_owned(), "notesMaster"))
            @for n in 1..=2 { (part(format!("/ppt/theme/theme{n}.xml"), theme)) }
            @for n in 1..=slides.len() {
                (ours(format!("/ppt/slides/slide{n}.xml"), "slide"))
                (ours(format!("/ppt/notesSlides/notesSlide{n}.xml"), "notesSlide"))
            }
            (part("/docProps/core.xml".to_owned(), "application/vnd.openxmlformats-package.core-properties+xml"))
        }
    }
    .into_string()
}

/// Title and maker; no date, which would have to be asked for.
fn core(slides: &[Slide], analysis: &Analysis) -> String {
    let title = slides.first().map(|slide| clean::line(&slide.title)).unwrap_or_default();
    html! {
        (DECLARATION)
        cp:coreProperties
            xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/" {
            dc:title { (title) }
            dc:subject { "Papertide report, run " (analysis.run_id) }
            dc:creator { "Papertide " (analysis.version) }
        }
    }
    .into_string()
}

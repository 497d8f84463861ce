//! Holds a deck against what presentation programs and listeners need: whole packages, findings as titles, numbers in notes,
//! alternative texts, text that is never markup, and the same bytes every time. How it looks is for the eye.

use super::{Body, content, deck};
use crate::fake::{Fake, REALISTIC};
use quick_xml::events::Event;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

const SMALL: Fake = Fake { papers: 400, themes: 6, bins: 14, ..REALISTIC };

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = zip::read::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn ending(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(_, ending)| ending)
}

/// Fails where the text is no well-formed XML.
fn well_formed(path: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap();
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    loop {
        match reader.read_event().unwrap_or_else(|error| panic!("{path}: {error}")) {
            Event::Start(tag) => {
                tag.attributes().for_each(|a| drop(a.unwrap()));
                depth += 1;
            }
            Event::End(_) => depth -= 1,
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "{path}");
}

#[test]
fn every_part_is_well_formed_and_every_relation_leads_to_a_part() {
    let parts = parts(&deck(&SMALL.build()).unwrap());
    for (path, bytes) in parts.iter().filter(|(path, _)| ending(path) != "png") {
        well_formed(path, bytes);
    }
    for (path, bytes) in parts.iter().filter(|(path, _)| ending(path) == "rels") {
        let folder = path.split_once("_rels/").unwrap().0;
        for target in std::str::from_utf8(bytes).unwrap().split("Target=\"").skip(1) {
            let target = target.split('"').next().unwrap();
            let whole = match target.strip_prefix("../") {
                Some(rest) => format!("ppt/{rest}"),
                None => format!("{folder}{target}"),
            };
            assert!(parts.contains_key(&whole), "{path}: {target}");
        }
    }
    let types = String::from_utf8(parts["[Content_Types].xml"].clone()).unwrap();
    for path in parts.keys().filter(|path| ending(path) == "xml" && !path.starts_with('[')) {
        assert!(types.contains(&format!("PartName=\"/{path}\"")), "{path}");
    }
}

#[test]
fn slides_state_findings_and_hold_their_numbers_in_notes_and_words_in_alternative_texts() {
    let analysis = SMALL.build();
    let slides = content::slides(&analysis).unwrap();
    let titles: Vec<&str> = slides.iter().map(|slide| slide.title.as_str()).collect();
    assert!(slides.iter().any(|s| s.title.starts_with("Speculative decoding rose from ")), "{titles:?}");
    assert!(slides.iter().any(|s| s.title.starts_with("KV cache compression fell from ")), "{titles:?}");
    assert!(!slides.iter().any(|s| s.title.starts_with("Diffusion sampling fell ")), "not robust: {titles:?}");
    for slide in &slides {
        assert!(!slide.notes.is_empty() && !slide.title.ends_with('.'), "{}", slide.title);
        if let Body::Picture(picture) | Body::Both(picture, _) = &slide.body {
            assert!(picture.alternative.len() > 40, "{}", picture.name);
            assert!(!picture.svg.contains("font-size=\"46\""), "the headline stands on the slide only");
        }
    }
    let share = slides.iter().find(|s| matches!(&s.body, Body::Picture(p) if p.name == "share")).unwrap();
    assert!(share.notes.iter().any(|note| note.starts_with("1,speculative decoding,2025-08-04,")), "{:?}", share.notes);
    let parts = parts(&deck(&analysis).unwrap());
    let count = |start: &str| parts.keys().filter(|path| path.starts_with(start)).count();
    assert_eq!((count("ppt/slides/slide"), count("ppt/notesSlides/notesSlide")), (slides.len(), slides.len()));
    let with_picture = slides.iter().filter(|s| !matches!(s.body, Body::Points(_) | Body::Opening(_))).count();
    assert_eq!(count("ppt/media/"), 2 * with_picture, "each picture as SVG and PNG");
}

#[test]
fn undated_papers_make_a_deck_that_says_so() {
    let slides = content::slides(&Fake { bins: 0, ..SMALL }.build()).unwrap();
    assert!(slides[0].title.contains("No paper has a date"), "{}", slides[0].title);
    assert!(slides.iter().all(|slide| !slide.title.contains(" rose ")));
}

#[test]
fn text_from_outside_is_never_markup() {
    fn hostile(i: usize) -> String {
        format!("</a:t><p:sp/> \"&'\u{0}\u{202E}]]> {i}")
    }
    let analysis = Fake { name: hostile, title: hostile, ..SMALL }.build();
    for (path, bytes) in parts(&deck(&analysis).unwrap()).iter().filter(|(path, _)| ending(path) == "xml") {
        well_formed(path, bytes);
        let text = std::str::from_utf8(bytes).unwrap();
        assert!(!text.contains("<p:sp/> ") && !text.contains(['\u{0}', '\u{202E}']), "{path}");
    }
}

#[test]
fn the_same_analysis_gives_the_same_bytes() {
    let analysis = SMALL.build();
    let once = deck(&analysis).unwrap();
    // The format keeps time to two seconds.
    std::thread::sleep(std::time::Duration::from_millis(2100));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert!(once == pool.install(|| deck(&analysis).unwrap()));
}

#[test]
#[ignore = "writes decks for the eye"]
fn look_at_decks() {
    let folder = std::env::temp_dir().join("report-look");
    std::fs::create_dir_all(&folder).unwrap();
    for (case, fake) in crate::charts::tests::cases() {
        std::fs::write(folder.join(format!("{case}.pptx")), deck(&fake.build()).unwrap()).unwrap();
    }
}

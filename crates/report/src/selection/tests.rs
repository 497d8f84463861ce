//! Charts of a finished run as a user asks for them: chosen themes and days, sizes, grounds and formats, and refusals.

use super::*;
use crate::fake::{Fake, REALISTIC};

fn request() -> ChartRequest {
    ChartRequest {
        only: Vec::new(),
        themes: Vec::new(),
        top: None,
        from: None,
        to: None,
        size: (1920, 1080),
        scale: 1,
        ground: Ground::Light,
        formats: vec![PictureFormat::Svg],
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

fn text(bundle: &Bundle, path: &str) -> String {
    String::from_utf8(bundle.files[path].clone()).unwrap()
}

fn refused(analysis: &Analysis, request: &ChartRequest) -> Vec<Notice> {
    match chart_files(analysis, request) {
        Err(RequestError::Refused(notices)) => notices,
        other => panic!("{other:?}"),
    }
}

#[test]
fn chosen_themes_are_the_only_ones_shown_and_keep_their_colours() {
    let analysis = REALISTIC.build();
    let chosen = ["Graph neural networks", "1"];
    let asked = ChartRequest { only: words(&["share", "stacked"]), themes: words(&chosen), ..request() };
    let bundle = chart_files(&analysis, &asked).unwrap();
    assert_eq!(bundle.files.keys().collect::<Vec<_>>(), ["share.csv", "share.svg", "stacked.csv", "stacked.svg"]);
    for chart in ["share", "stacked"] {
        let (svg, csv) = (text(&bundle, &format!("{chart}.svg")), text(&bundle, &format!("{chart}.csv")));
        for theme in [0, 2] {
            let [r, g, b] = analysis.themes.themes[theme].colour;
            assert!(svg.contains(&format!("#{r:02x}{g:02x}{b:02x}")), "{chart}");
        }
        assert!(svg.contains("2 of 30 themes, chosen") && !svg.contains("diffusion sampling"), "{chart}");
        assert!(csv.lines().skip(1).all(|line| line.starts_with("1,") || line.starts_with("3,")), "{chart}");
    }
    assert!(text(&bundle, "stacked.svg").contains("28 other themes"), "the others are not said to be in no theme");
}

#[test]
fn at_most_so_many_themes_and_only_these_days() {
    let analysis = REALISTIC.build();
    let day = |m, d| Some(Day::constant(2025, m, d));
    let asked = ChartRequest { only: words(&["share"]), top: Some(4), from: day(8, 20), to: day(9, 3), ..request() };
    let bundle = chart_files(&analysis, &asked).unwrap();
    let csv = text(&bundle, "share.csv");
    assert_eq!(csv.lines().count(), 1 + 4 * 3, "{csv}");
    assert!(
        csv.contains("2025-08-18") && csv.contains("2025-09-01") && !csv.contains("2025-09-08,2025-09-15"),
        "{csv}"
    );
    let svg = text(&bundle, "share.svg");
    assert!(svg.contains("The 4 largest themes held ") && svg.contains("18 Aug to 7 Sep 2025"), "{svg}");
    assert!(!svg.contains("over 13 weeks"), "no verdict over weeks that are not shown");
}

#[test]
fn sizes_grounds_and_formats_are_what_was_asked_for() {
    let analysis = REALISTIC.build();
    let formats = vec![PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf];
    let asked = ChartRequest { only: words(&["movers"]), size: (720, 720), scale: 2, formats, ..request() };
    let picture = |ground| {
        let bundle = chart_files(&analysis, &ChartRequest { ground, ..asked.clone() }).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bundle.files["movers.png"])).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), (1440, 1440));
        assert!(text(&bundle, "movers.svg").contains("width=\"720\" height=\"720\" viewBox=\"0 0 1080 1080\""));
        let pdf = &bundle.files["movers.pdf"];
        assert!(pdf.starts_with(b"%PDF-") && pdf.windows(21).any(|part| part == b"/MediaBox [0 0 540 54"), "page size");
        (info.color_type, pixels[..4].to_vec())
    };
    assert_eq!(picture(Ground::Light), (png::ColorType::Rgb, vec![255; 4]));
    assert_eq!(picture(Ground::Dark), (png::ColorType::Rgb, vec![0x16, 0x19, 0x1e, 0x16]));
    assert_eq!(picture(Ground::Transparent), (png::ColorType::Rgba, vec![0; 4]));
}

#[test]
fn every_problem_of_a_request_is_told_with_the_nearest_names() {
    let analysis = REALISTIC.build();
    let asked = ChartRequest {
        only: words(&["shares", "map"]),
        themes: words(&["speculative decodin", "llm agents"]),
        from: Some(Day::constant(2031, 1, 1)),
        ..request()
    };
    let told: Vec<String> = refused(&analysis, &asked).iter().map(|n| format!("{} / {}", n.found, n.hint)).collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].starts_with("--only shares: no chart has this name / did you mean: share, "), "{told:?}");
    assert!(told[1].contains("no theme has this name / did you mean: speculative decoding, "), "{told:?}");
    assert!(told[2].contains("--from 2031-01-01: no bin") && told[2].contains("2025-08-04 to 2025-11-09"), "{told:?}");
    let undated = Fake { bins: 0, ..REALISTIC }.build();
    let asked = ChartRequest { only: words(&["share"]), ..request() };
    assert!(refused(&undated, &asked)[0].found.ends_with("nothing to show: no paper has a date"));
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let analysis = REALISTIC.build();
    let formats = vec![PictureFormat::Svg, PictureFormat::Png, PictureFormat::Pdf];
    let asked = ChartRequest { formats, ground: Ground::Dark, size: (1440, 1080), ..request() };
    assert!(chart_files(&analysis, &asked).unwrap() == chart_files(&analysis, &asked).unwrap());
}

/// `cargo test --workspace -- --ignored look`: the pictures of all sizes and grounds, for the eye.
#[test]
#[ignore = "writes pictures for the eye"]
fn look_at_sizes_and_grounds() {
    let analysis = REALISTIC.build();
    let folder = std::env::temp_dir().join("report-look");
    let cases = [((1440, 1080), Ground::Dark), ((1080, 1080), Ground::Light), ((1920, 1080), Ground::Transparent)];
    for (size, ground) in cases {
        let formats = vec![PictureFormat::Png, PictureFormat::Pdf];
        let bundle = chart_files(&analysis, &ChartRequest { size, ground, formats, ..request() }).unwrap();
        let folder = folder.join(format!("{}x{}-{ground:?}", size.0, size.1));
        std::fs::create_dir_all(&folder).unwrap();
        bundle.files.iter().for_each(|(path, bytes)| std::fs::write(folder.join(path), bytes).unwrap());
    }
}

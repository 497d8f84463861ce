//! Every real daily listing and every real table, held against what the folder's README says of them.
//! Skipped, loudly, where the shared folder is not there.
#![expect(clippy::unwrap_used, reason = "a test may")]

use papers::{ReadSettings, Reading, gather, read};
use std::path::PathBuf;

fn corpus(name: &str) -> Option<Reading> {
    let path = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/corpora")).join(name);
    if !path.exists() {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("SKIPPED: {} is not here", path.display());
        }
        return None;
    }
    let (sources, notices) = gather(&[path.to_string_lossy().into_owned()]);
    assert_eq!(notices, []);
    Some(read(sources, &ReadSettings::default()).unwrap())
}

fn dated(reading: &Reading) -> usize {
    reading.papers.published().iter().flatten().count()
}

#[test]
fn all_daily_listings_are_read_without_a_warning() {
    let Some(reading) = corpus("hf_daily_raw") else { return };
    assert_eq!(reading.sources.len(), 415);
    let warnings: Vec<_> = reading.notices.iter().filter(|n| n.severity > model::Severity::Note).collect();
    assert!(warnings.is_empty(), "{warnings:?}");
    assert!(reading.sources.iter().all(|source| source.format == "daily listing"));
    assert_eq!(reading.sources.iter().map(|source| source.papers).sum::<usize>(), 6141);
    // All ids differ; three pairs of papers share nearly the whole abstract.
    assert_eq!((reading.papers.len(), reading.merged), (6138, 3));
    assert_eq!(dated(&reading), reading.papers.len());
    assert_eq!(reading.papers.seen().iter().flatten().count(), reading.papers.len());
    assert!(
        reading.papers.links().iter().all(|link| link.is_some_and(|link| link.starts_with("https://arxiv.org/abs/2")))
    );
    let texts = reading.papers.documents();
    assert!(texts.abstracts.iter().chain(&texts.titles).all(|text| !text.is_empty() && !text.contains('\n')));
}

#[test]
fn all_tables_are_read() {
    for (name, entries, distinct, all_dated) in [
        ("arxiv_12k.parquet", 12349, 12347, true),
        ("ijcai_aaai_area.parquet", 4375, 4374, true),
        ("octis_bbc.parquet", 2225, 2065, false),
    ] {
        let Some(reading) = corpus(name) else { return };
        assert_eq!(reading.sources[0].format, "parquet");
        assert_eq!((reading.sources[0].papers, reading.papers.len()), (entries, distinct), "{name}");
        assert_eq!(reading.merged, entries - distinct, "{name}");
        assert_eq!(dated(&reading), if all_dated { distinct } else { 0 }, "{name}");
        assert!(reading.notices.iter().all(|notice| notice.severity == model::Severity::Note), "{name}");
    }
}

//! The committed example under `reports/` is what the README's first command makes of the demo pages, byte for byte: the files that
//! a reader on a code host can look at. PNG pictures, slides, Parquet files, the workbook and the kept analysis are left out for their size.

use crate::program::{TOP, done, text, tree};
use std::{collections::BTreeMap, fs, path::Path, path::PathBuf};

const EXAMPLE: &str = "reports/demo";
const SHOWN: [&str; 5] = ["html", "md", "json", "svg", "csv"];

fn shown(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = tree(folder);
    files.retain(|path, _| SHOWN.iter().any(|ending| path.extension().is_some_and(|of| of == *ending)));
    files
}

#[test]
fn the_example_is_what_the_program_makes_of_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    done(Path::new(TOP), &["report", "data/", "-o", text(&run)]);
    let (made, kept) = (shown(&run), Path::new(TOP).join(EXAMPLE));
    assert!(made.len() > 30 && made.contains_key(Path::new("report.html")));
    if std::env::var_os("PAPERTIDE_BLESS").is_some() {
        if kept.exists() {
            fs::remove_dir_all(&kept).unwrap();
        }
        for (path, bytes) in &made {
            fs::create_dir_all(kept.join(path).parent().unwrap()).unwrap();
            fs::write(kept.join(path), bytes).unwrap();
        }
    }
    let committed = tree(&kept);
    every_link_leads_somewhere(&committed);
    let hint = "PAPERTIDE_BLESS=1 cargo test --workspace the_example writes it anew";
    assert!(made.keys().eq(committed.keys()), "{EXAMPLE} has other files than a new run; {hint}");
    for (path, bytes) in made {
        assert!(bytes == committed[&path], "{EXAMPLE}/{} is stale; {hint}", path.display());
    }
}

/// Code hosts show the pictures of a Markdown file by its relative links.
fn every_link_leads_somewhere(files: &BTreeMap<PathBuf, Vec<u8>>) {
    let page = String::from_utf8_lossy(&files[Path::new("report.md")]);
    let links: Vec<&str> = page.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(links.iter().filter(|link| link.starts_with("charts/")).count() >= 8, "{links:?}");
    for link in links.iter().filter(|link| !link.starts_with('#')) {
        assert!(files.contains_key(Path::new(link)), "{link}");
    }
}

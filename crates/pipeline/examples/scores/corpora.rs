//! Paths to labelled corpora: tables with a label column, pages with hand-given themes, the demo pages with their truth.
//! It scores nothing.

use model::Documents;
use pipeline::{ReadSettings, gather, read};
use polars::prelude::*;
use rand::{SeedableRng, seq::SliceRandom};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::{
    collections::BTreeMap,
    error::Error,
    fs::File,
    path::{Path, PathBuf},
};

/// Labels that are none: such papers take part in everything but the score.
const NO_LABEL: [&str; 3] = ["", "other", "none"];

/// Papers in their order, each with its label if it has one.
#[derive(Debug, Clone)]
pub struct Corpus {
    pub name: String,
    pub titles: Vec<String>,
    pub abstracts: Vec<String>,
    pub label: Vec<Option<String>>,
}

impl Corpus {
    pub fn documents(&self) -> Documents<'_> {
        Documents {
            titles: self.titles.iter().map(String::as_str).collect(),
            abstracts: self.abstracts.iter().map(String::as_str).collect(),
        }
    }

    /// The same papers in another order; 0: as they are.
    pub fn in_order(&self, order: u64) -> Self {
        let mut papers: Vec<usize> = (0..self.titles.len()).collect();
        if order > 0 {
            papers.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(order));
        }
        Self {
            name: self.name.clone(),
            titles: papers.iter().map(|&paper| self.titles[paper].clone()).collect(),
            abstracts: papers.iter().map(|&paper| self.abstracts[paper].clone()).collect(),
            label: papers.iter().map(|&paper| self.label[paper].clone()).collect(),
        }
    }

    /// Papers with a label.
    pub fn labelled(&self) -> usize {
        self.label.iter().flatten().count()
    }

    /// Different labels.
    pub fn labels(&self) -> usize {
        let mut labels: Vec<&String> = self.label.iter().flatten().collect();
        labels.sort_unstable();
        labels.dedup();
        labels.len()
    }
}

/// What a path holds: one table, or all that is known of a folder; tables without labels are passed over.
pub fn corpora(path: &str) -> Result<Vec<Corpus>, Box<dyn Error>> {
    let path = Path::new(path);
    if path.is_file() {
        return Ok(vec![table(path)?]);
    }
    let mut found = Vec::new();
    let folders = [("gold", "pages", "gold/labels.csv", "primary"), ("demo", "demo/pages", "demo/truth.csv", "theme")];
    for (name, pages, labels, column) in folders {
        if path.join(labels).is_file() {
            found.push(labelled_pages(name, &path.join(pages), &path.join(labels), column)?);
        }
    }
    for file in tables_in(&path.join("corpora"))? {
        let corpus = table(&file)?;
        // Corpora for speed are large and have no labels to speak of.
        if corpus.labelled() > 0 && !corpus.name.starts_with("scale") {
            found.push(corpus);
        }
    }
    Ok(found)
}

fn tables_in(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>, Box<dyn Error>>>()?;
    files.retain(|file| file.extension().is_some_and(|ending| ending == "parquet"));
    files.sort();
    Ok(files)
}

fn table(path: &Path) -> Result<Corpus, Box<dyn Error>> {
    let frame = frame(path)?;
    let text = |name: &str| column(&frame, name);
    let label = text("label")?.into_iter().map(|l| l.filter(|l| !NO_LABEL.contains(&l.as_str()))).collect();
    let or_empty = |texts: Vec<Option<String>>| texts.into_iter().map(Option::unwrap_or_default).collect();
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    Ok(Corpus { name, titles: or_empty(text("title")?), abstracts: or_empty(text("abstract")?), label })
}

fn frame(path: &Path) -> Result<DataFrame, Box<dyn Error>> {
    let file = File::open(path)?;
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("parquet") => Ok(ParquetReader::new(file).finish()?),
        Some("csv") => Ok(CsvReader::new(file).finish()?),
        _ => Err(format!("{}: expected a table that ends in .parquet or .csv", path.display()).into()),
    }
}

fn column(frame: &DataFrame, name: &str) -> Result<Vec<Option<String>>, Box<dyn Error>> {
    let texts = frame.column(name)?.cast(&DataType::String)?;
    Ok(texts.str()?.iter().map(|text| text.map(str::to_owned)).collect())
}

/// Pages whose labels stand in a table of titles.
fn labelled_pages(name: &str, pages: &Path, labels: &Path, label: &str) -> Result<Corpus, Box<dyn Error>> {
    let frame = frame(labels)?;
    let folded = |title: &str| title.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let titles = column(&frame, "title")?.into_iter().map(|t| folded(&t.unwrap_or_default()));
    let given: BTreeMap<String, Option<String>> = titles.zip(column(&frame, label)?).collect();
    let (sources, _) = gather(&[format!("{}/*.txt", pages.display())]);
    let reading = read(sources, &ReadSettings::default()).map_err(|problems| format!("{name}: {problems:?}"))?;
    let Documents { titles, abstracts } = reading.papers.documents();
    let label_of = |title: &&str| given.get(&folded(title)).cloned().flatten();
    let label = titles.iter().map(label_of).map(|l| l.filter(|l| !NO_LABEL.contains(&l.as_str()))).collect();
    let owned = |texts: Vec<&str>| texts.into_iter().map(str::to_owned).collect();
    Ok(Corpus { name: name.to_owned(), titles: owned(titles), abstracts: owned(abstracts), label })
}

//! A reading and a wish for one paper to why that paper is in its theme. Runs the text and the themes stage, as `analyse`
//! does, and neither trends nor report.

use crate::{AnalyseError, Settings, Stage, analyse::found};
use model::{Explanation, Papers, Themes};
use papers::Reading;

/// The paper with everything that its explanation speaks of.
#[derive(Debug, Clone)]
pub struct Explained {
    pub papers: Papers,
    pub themes: Themes,
    pub explanation: Explanation,
}

/// Explains the paper in `row` of what was read. `progress` is told each stage as it begins.
///
/// # Errors
/// Where the settings ask for what these papers cannot give, such as more themes than papers.
pub fn explain(
    reading: Reading,
    row: usize,
    settings: &Settings,
    progress: &mut dyn FnMut(Stage),
) -> Result<Explained, AnalyseError> {
    let papers = reading.papers;
    progress(Stage::Text);
    let matrix = text::term_matrix(&papers.documents(), &settings.text);
    progress(Stage::Themes);
    let (themes, _) = found(&papers, &matrix, settings)?;
    let explanation = themes::explain(&matrix, &themes, row);
    Ok(Explained { papers, themes, explanation })
}

/// The row of the one paper that `asked` names: by its id, by its whole title, or by words that stand in its title only.
/// Case and punctuation do not matter.
///
/// # Errors
/// The rows of the papers that it could mean: several with all the words, or those with the most like titles.
pub fn find_paper(papers: &Papers, asked: &str) -> Result<usize, WhichPaper> {
    if let Some(row) = papers.ids().iter().position(|id| *id == asked.trim()) {
        return Ok(row);
    }
    let titles: Vec<Vec<String>> = papers.documents().titles.iter().map(|title| words(title)).collect();
    let asked = words(asked);
    let rows =
        |holds: &dyn Fn(&[String]) -> bool| (0..titles.len()).filter(|&row| holds(&titles[row])).collect::<Vec<_>>();
    let same = rows(&|title| title == asked);
    let with_all = rows(&|title| !asked.is_empty() && asked.iter().all(|word| title.contains(word)));
    match (same.as_slice(), with_all.as_slice()) {
        ([row], _) | ([], [row]) => Ok(*row),
        ([], []) => Err(WhichPaper::None(nearest(&titles, &asked))),
        _ => Err(WhichPaper::Several(with_all)),
    }
}

/// Why no single paper is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhichPaper {
    /// No title has all the words; rows of the most like titles, best first.
    None(Vec<usize>),
    /// Rows of the papers with all the words.
    Several(Vec<usize>),
}

/// Titles shown where none fits.
const NEAREST: usize = 5;

/// By shared triples of letters (Jaccard), so that a misspelt word still finds its title; ties by row.
fn nearest(titles: &[Vec<String>], asked: &[String]) -> Vec<usize> {
    let asked = triples(asked);
    let likeness = |title: &[String]| {
        let title = triples(title);
        let both = title.iter().filter(|triple| asked.binary_search(triple).is_ok()).count();
        // How much of what was asked for is there counts more than how long the title is.
        both as f64 / (asked.len() as f64 + 0.1 * title.len() as f64).max(1.0)
    };
    let mut rows: Vec<(f64, usize)> = titles.iter().map(|title| likeness(title)).zip(0..).collect();
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    rows.into_iter().take(NEAREST).map(|(_, row)| row).collect()
}

fn triples(words: &[String]) -> Vec<Vec<char>> {
    let letters: Vec<char> = words.join(" ").chars().collect();
    let mut triples: Vec<Vec<char>> = letters.windows(3).map(<[char]>::to_vec).collect();
    triples.sort_unstable();
    triples.dedup();
    triples
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use papers::{ReadSettings, Source, read};

    fn papers() -> Papers {
        let titles = ["Sand in Rivers", "Sand in Rivers and Lakes", "Gravel, Sorted", "Ice!"];
        let rows =
            titles.map(|title| format!("{{\"title\":\"{title}\",\"abstract\":\"All about {title} and more\"}}\n"));
        let source = Source { name: "rows.jsonl".to_owned(), bytes: rows.concat().into_bytes() };
        read(vec![source], &ReadSettings::default()).unwrap().papers
    }

    #[test]
    fn a_paper_is_found_by_id_by_title_and_by_words_of_it() {
        let papers = papers();
        let titles = papers.documents().titles;
        let found = |asked: &str| titles[find_paper(&papers, asked).unwrap()];
        assert_eq!(found(papers.ids()[1]), titles[1]);
        assert_eq!(found("sand in RIVERS"), "Sand in Rivers");
        assert_eq!(found("gravel"), "Gravel, Sorted");
        assert_eq!(found("lakes sand"), "Sand in Rivers and Lakes");
    }

    #[test]
    fn several_and_none_are_told_apart() {
        let papers = papers();
        let titles = papers.documents().titles;
        let Err(WhichPaper::Several(rows)) = find_paper(&papers, "rivers") else { panic!("one paper") };
        assert_eq!(rows.len(), 2);
        let Err(WhichPaper::None(rows)) = find_paper(&papers, "gravle sorted") else { panic!("a paper") };
        assert_eq!(titles[rows[0]], "Gravel, Sorted");
        assert!(matches!(find_paper(&papers, "?"), Err(WhichPaper::None(_))));
    }
}

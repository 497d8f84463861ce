//! A TOML file of themes that the user wants to see to checked seeds, and their words and titles to terms of the corpus.
//! Reads no file: the text is handed in. Finds no theme.

use model::{Documents, Notice, Severity, TermMatrix};
use std::fmt;
use text::TextSettings;
use themes::Seed;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A theme that the user wants to see, as the file says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedTheme {
    pub name: String,
    pub words: Vec<String>,
    pub titles: Vec<String>,
    /// The line of its `[[theme]]`.
    pub line: u64,
}

impl SeedTheme {
    /// Its words and titles, a sentence each.
    fn text(&self) -> String {
        [self.words.as_slice(), &self.titles].concat().join(". ")
    }
}

impl fmt::Display for SeedTheme {
    /// As a file could say it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let list = |texts: &[String]| texts.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(", ");
        let (name, words, titles) = (quoted(&self.name), list(&self.words), list(&self.titles));
        write!(f, "[[theme]]\nname = {name}\nwords = [{words}]\ntitles = [{titles}]")
    }
}

const EXPECTED: &str = "`name` with a text, `words` and `titles` with lists of texts";

/// Reads a file of seed themes: `[[theme]]` with `name`, and `words` or `titles` or both.
///
/// # Errors
/// Every problem of the file, with its line.
pub fn seed_themes(file: &str, text: &str) -> Result<Vec<SeedTheme>, Vec<Notice>> {
    let reader = Reader { file, text };
    let table = DeTable::parse(text).map_err(|error| {
        vec![reader.problem(error.span().map_or(0, |span| span.start), error.message().to_owned(), "TOML", EXAMPLE)]
    })?;
    let mut problems = Vec::new();
    let mut seeds: Vec<SeedTheme> = Vec::new();
    for (key, value) in table.get_ref() {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("theme", DeValue::Array(themes)) => {
                for theme in themes {
                    match reader.theme(theme) {
                        Ok(seed) => seeds.push(seed),
                        Err(problem) => problems.push(problem),
                    }
                }
            }
            (unknown, _) => problems.push(reader.problem(
                key.span().start,
                format!("the key `{unknown}`"),
                "`[[theme]]` and nothing else",
                EXAMPLE,
            )),
        }
    }
    problems.extend(reader.repeated(&seeds));
    if problems.is_empty() && seeds.is_empty() {
        problems.push(reader.problem(0, "no theme".to_owned(), "at least one `[[theme]]`", EXAMPLE));
    }
    problems.sort();
    if problems.is_empty() { Ok(seeds) } else { Err(problems) }
}

const EXAMPLE: &str =
    "write [[theme]], then name = \"Speculative decoding\" and words = [\"draft model\"], a line each";

struct Reader<'a> {
    file: &'a str,
    text: &'a str,
}

impl Reader<'_> {
    fn line(&self, offset: usize) -> u64 {
        self.text.get(..offset).unwrap_or(self.text).split('\n').count() as u64
    }

    fn problem(&self, offset: usize, found: String, expected: &str, hint: &str) -> Notice {
        Notice {
            severity: Severity::Error,
            file: Some(self.file.to_owned()),
            line: Some(self.line(offset)),
            found,
            expected: expected.to_owned(),
            hint: hint.to_owned(),
        }
    }

    fn theme(&self, theme: &Spanned<DeValue<'_>>) -> Result<SeedTheme, Notice> {
        let start = theme.span().start;
        let DeValue::Table(table) = theme.get_ref() else {
            return Err(self.problem(start, "a theme that is no table".to_owned(), EXPECTED, EXAMPLE));
        };
        let mut seed = SeedTheme { name: String::new(), words: Vec::new(), titles: Vec::new(), line: self.line(start) };
        for (key, value) in table {
            match key.get_ref().as_ref() {
                "name" => seed.name = self.text_of(value)?,
                "words" => seed.words = self.texts_of(value)?,
                "titles" => seed.titles = self.texts_of(value)?,
                unknown => {
                    return Err(self.problem(key.span().start, format!("the key `{unknown}`"), EXPECTED, EXAMPLE));
                }
            }
        }
        if seed.name.is_empty() {
            return Err(self.problem(start, "a theme without a name".to_owned(), EXPECTED, EXAMPLE));
        }
        if seed.words.is_empty() && seed.titles.is_empty() {
            let found = format!("the theme `{}` without words and titles", seed.name);
            return Err(self.problem(start, found, "at least one word or title", EXAMPLE));
        }
        let text = seed.text();
        if text::term_matrix(&Documents { titles: vec![""], abstracts: vec![&text] }, &everything()).n_terms() == 0 {
            let found = format!("the theme `{}` with nothing but stop words", seed.name);
            return Err(self.problem(start, found, "a word or title that tells what it is about", EXAMPLE));
        }
        Ok(seed)
    }

    fn text_of(&self, value: &Spanned<DeValue<'_>>) -> Result<String, Notice> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            _ => String::new(),
        };
        if text.is_empty() {
            return Err(self.problem(value.span().start, "a value that is no text".to_owned(), EXPECTED, EXAMPLE));
        }
        Ok(text)
    }

    fn texts_of(&self, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, Notice> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().map(|value| self.text_of(value)).collect(),
            _ => Err(self.problem(value.span().start, "a value that is no list".to_owned(), EXPECTED, EXAMPLE)),
        }
    }

    fn repeated(&self, seeds: &[SeedTheme]) -> Vec<Notice> {
        let same = |a: &SeedTheme, b: &SeedTheme| a.name.to_lowercase() == b.name.to_lowercase();
        let repeated = |(at, seed): (usize, &SeedTheme)| {
            let first = seeds[..at].iter().find(|earlier| same(earlier, seed))?;
            Some(Notice {
                severity: Severity::Error,
                file: Some(self.file.to_owned()),
                line: Some(seed.line),
                found: format!("the name `{}` again, first in line {}", seed.name, first.line),
                expected: "a name of its own for every theme".to_owned(),
                hint: "put the words of both into one theme, or name one of them otherwise".to_owned(),
            })
        };
        seeds.iter().enumerate().filter_map(repeated).collect()
    }
}

/// The terms of every seed that are in the vocabulary. Words and titles are read by the text stage itself, beside the
/// vocabulary and the acronyms of the corpus, so that both come to the same stems.
#[must_use]
pub fn seeds(themes: &[SeedTheme], matrix: &TermMatrix) -> Vec<Seed> {
    let vocabulary = &matrix.vocabulary;
    let acronyms = vocabulary.acronyms.iter().map(|found| format!("{} ({}).", found.long_form, found.acronym));
    let known = vocabulary.display.iter().cloned().chain(acronyms).collect::<Vec<_>>().join(". ");
    let mut texts: Vec<String> = themes.iter().map(SeedTheme::text).collect();
    texts.push(known);
    let documents = Documents { titles: vec![""; texts.len()], abstracts: texts.iter().map(String::as_str).collect() };
    let read = text::term_matrix(&documents, &everything());
    let terms = |at: usize| {
        let names = read.row(at).0.iter().map(|&term| &read.vocabulary.terms[term as usize]);
        telling(&names.filter_map(|name| vocabulary.terms.binary_search(name).ok()).collect::<Vec<_>>(), matrix)
    };
    let seed = |(at, theme): (usize, &SeedTheme)| Seed { name: theme.name.clone(), terms: terms(at) };
    themes.iter().enumerate().map(seed).collect()
}

/// Keeps every word and phrase that can be a term at all.
fn everything() -> TextSettings {
    TextSettings {
        min_papers: Some(1),
        max_share: 1.0,
        min_phrase_papers: Some(1),
        min_npmi: -1.0,
        ..TextSettings::default()
    }
}

/// A term in more than this share of the papers tells no theme apart.
const COMMON: f64 = 0.1;

/// Of "graph", "neural network" and "graph neural network" only the last; and no common terms where there are others.
fn telling(terms: &[usize], matrix: &TermMatrix) -> Vec<u32> {
    let name = |term: usize| format!(" {} ", matrix.vocabulary.terms[term]);
    let longest = |term: usize| !terms.iter().any(|&other| other != term && name(other).contains(&name(term)));
    let common = |term: usize| f64::from(matrix.vocabulary.df[term]) > COMMON * matrix.n_papers() as f64;
    let whole: Vec<usize> = terms.iter().copied().filter(|&term| longest(term)).collect();
    let rare: Vec<usize> = whole.iter().copied().filter(|&term| !common(term)).collect();
    if rare.is_empty() { whole } else { rare }.into_iter().map(|term| term as u32).collect()
}

#[cfg(test)]
mod tests {
    use super::{seed_themes, seeds};
    use model::{Documents, Notice};
    use text::TextSettings;

    fn problems(text: &str) -> Vec<(u64, String)> {
        let place = |notice: Notice| (notice.line.unwrap(), notice.found);
        seed_themes("seeds.toml", text).unwrap_err().into_iter().map(place).collect()
    }

    #[test]
    fn themes_are_read_with_their_lines() {
        let text = "# wanted\n[[theme]]\nname = \"A\"\nwords = [\"sand  dunes\"]\n\n[[theme]]\nname = \"B\"\ntitles = [\"Zebras\"]\n";
        let read = seed_themes("seeds.toml", text).unwrap();
        assert_eq!(
            (read[0].name.as_str(), read[0].line, read[0].words.as_slice()),
            ("A", 2, &["sand dunes".to_owned()][..])
        );
        assert_eq!((read[1].name.as_str(), read[1].line, read[1].titles.len()), ("B", 6, 1));
        assert_eq!(read[0].to_string(), "[[theme]]\nname = \"A\"\nwords = [\"sand dunes\"]\ntitles = []");
    }

    #[test]
    fn every_problem_names_its_line() {
        let nothing = "[[theme]]\nname = \"A\"\nwords = []\n";
        assert_eq!(problems(nothing), [(1, "the theme `A` without words and titles".to_owned())]);
        let twice = "[[theme]]\nname = \"A\"\nwords = [\"sand\"]\n[[theme]]\nname = \"a\"\nwords = [\"ice\"]\n";
        assert_eq!(problems(twice), [(4, "the name `a` again, first in line 1".to_owned())]);
        let unknown = "[[theme]]\nname = \"A\"\nwords = [\"sand\"]\nweight = 2\n";
        assert_eq!(problems(unknown), [(4, "the key `weight`".to_owned())]);
        let stop_words = "[[theme]]\nname = \"A\"\nwords = [\"of the\", \"we propose\"]\ntitles = [\"On it\"]\n";
        assert_eq!(problems(stop_words), [(1, "the theme `A` with nothing but stop words".to_owned())]);
        assert_eq!(problems("[[theme]]\nwords = [\"sand\"]\n"), [(1, "a theme without a name".to_owned())]);
        assert_eq!(problems("\ncolour = 1\n"), [(2, "the key `colour`".to_owned())]);
        assert_eq!(problems("[[theme]]\nname = 3\n"), [(2, "a value that is no text".to_owned())]);
        assert_eq!(problems("[[theme]]\nname = \"A\"\nwords = \"x\"\n"), [(3, "a value that is no list".to_owned())]);
        assert_eq!(problems(""), [(1, "no theme".to_owned())]);
        assert_eq!(problems("[[theme]]\nname = \n")[0].0, 2);
        let both = "[[theme]]\nname = \"A\"\n[[theme]]\nname = \"B\"\n";
        assert_eq!(problems(both).iter().map(|(line, _)| *line).collect::<Vec<_>>(), [1, 3]);
    }

    #[test]
    fn words_come_to_the_stems_of_the_corpus() {
        let papers: Vec<String> = (0..40)
            .map(|at| match at % 4 {
                0 => "Graph neural networks (GNNs) pass messages. A GNN oversmooths its nodes.",
                1 => "Optimization of kernels. Optimizers are tuned.",
                2 => "Protein folding by search.",
                _ => "Speech and audio codecs.",
            })
            .map(str::to_owned)
            .collect();
        let documents =
            Documents { titles: vec![""; papers.len()], abstracts: papers.iter().map(String::as_str).collect() };
        let matrix = text::term_matrix(&documents, &TextSettings::default());
        let text = "[[theme]]\nname=\"A\"\nwords=[\"graph neural network\"]\n[[theme]]\nname=\"B\"\nwords=[\"Proteins\"]\n\
                    [[theme]]\nname=\"C\"\nwords=[\"sourdough\"]\n";
        let found = seeds(&seed_themes("s", text).unwrap(), &matrix);
        let names = |at: usize| found[at].terms.iter().map(|&t| matrix.vocabulary.terms[t as usize].as_str());
        assert_eq!(names(0).collect::<Vec<_>>(), ["graph neural network"]);
        assert_eq!(names(1).collect::<Vec<_>>(), ["protein"]);
        assert_eq!(names(2).count(), 0);
    }
}

//! Titles and abstracts to a sparse papers-by-terms TF-IDF matrix.
//!
//! Knows words, spellings, acronyms and phrases; knows nothing of dates, themes or files. Every number it gives out is
//! independent of the number of threads.

mod acronyms;
mod boilerplate;
mod compounds;
mod counting;
mod display;
mod interner;
mod pair_table;
mod phrases;
mod reader;
mod rewriting;
mod shape;
mod spelling;
mod stream;
mod tfidf;
mod tokens;
mod units;
mod usage;
mod vocabulary;
mod word_key;
mod words;

use boilerplate::Boilerplate;
use model::{Documents, Synonyms, TermMatrix};
use phrases::PhraseRule;
use reader::Reader;
use rewriting::Rewriting;

/// Settings of the text stage. `None` = chosen from the number of papers.
#[derive(Debug, Clone, PartialEq)]
pub struct TextSettings {
    /// How many times the words of the title count.
    pub title_weight: u32,
    /// Fewest papers that a word must stand in; `None`: `sqrt(papers) / 40`, at least 2.
    pub min_papers: Option<u32>,
    /// A word or phrase in more than this share of the papers tells nothing apart.
    pub max_share: f64,
    /// Words of the longest phrase that is a term, 1 to 3; 1: no phrases but those of `synonyms`.
    pub ngram: usize,
    /// Fewest papers that a phrase must stand in; `None`: `sqrt(papers) / 20`, at least 3.
    pub min_phrase_papers: Option<u32>,
    /// Least association (NPMI) of a phrase.
    pub min_npmi: f64,
    /// Words and phrases that are struck out of every text, in all spellings and forms.
    pub stop_words: Vec<String>,
    /// Words and phrases that count as others, in all spellings and forms.
    pub synonyms: Vec<Synonyms>,
}

impl Default for TextSettings {
    fn default() -> Self {
        Self {
            title_weight: 2,
            min_papers: None,
            max_share: 0.5,
            ngram: 3,
            min_phrase_papers: None,
            min_npmi: 0.25,
            stop_words: Vec::new(),
            synonyms: Vec::new(),
        }
    }
}

/// Below this many papers no word is too common: with three papers, half of them is one.
const FEW_PAPERS: usize = 20;

/// Reads all papers and weighs their terms. The matrix has one row a paper, in the order of `documents`; papers without
/// any term have an empty row.
#[must_use]
pub fn term_matrix(documents: &Documents<'_>, settings: &TextSettings) -> TermMatrix {
    let listed = listed(settings);
    let mut stream = stream::token_stream(documents, &listed);
    let lexicon = words::lexicon(&stream.surfaces);
    let (acronyms, compounds) =
        rayon::join(|| acronyms::acronyms(&stream, &lexicon), || compounds::compounds(&stream, &lexicon));
    stream.listed.append(&acronyms.shortened);
    let mut entries = reader::read_listed(&stream.listed, &lexicon, &compounds, &acronyms).into_iter();
    let struck = entries.by_ref().take(settings.stop_words.len()).map(units::stems).collect();
    let boilerplate = Boilerplate::of(&lexicon, struck);
    let rewriting = Rewriting::of(&settings.synonyms, &acronyms.synonyms, entries);
    let reader = Reader {
        lexicon: &lexicon,
        compounds: &compounds,
        acronyms: &acronyms,
        boilerplate: &boilerplate,
        rewriting: &rewriting,
    };
    let units = reader.read(&mut stream);
    let n = units.n_papers();
    let stems = counting::stem_counts(&units, &lexicon);
    let max_papers = if n <= FEW_PAPERS { n } else { (settings.max_share * n as f64) as usize } as u32;
    let rule = PhraseRule {
        longest: settings.ngram,
        min_npmi: settings.min_npmi,
        min_papers: settings.min_phrase_papers.unwrap_or_else(|| by_corpus_size(n, 20.0, 3)),
        max_papers,
    };
    let phrases = phrases::phrases(&units, &stems, rule, &rewriting.phrases());
    let min_papers = settings.min_papers.unwrap_or_else(|| by_corpus_size(n, 40.0, 2)).min(n.max(1) as u32);
    let terms = vocabulary::terms(&lexicon, &stems, &phrases, min_papers, max_papers);
    let (mut matrix, writings) = tfidf::matrix(&units, &terms, settings.title_weight);
    matrix.vocabulary.display = display::displays(&terms, &units, &stems, &writings, &stream, &lexicon);
    (matrix.vocabulary.titled, matrix.vocabulary.leading) = usage::usage(&terms, &units, &stems, &writings);
    rewriting.show(&mut matrix.vocabulary, &lexicon.stems);
    matrix.vocabulary.acronyms = acronyms.table;
    matrix
}

/// All entries of the user's word lists: stop words, then each canonical form with its others.
fn listed(settings: &TextSettings) -> Vec<&str> {
    let synonyms = settings.synonyms.iter().flat_map(|given| std::iter::once(&given.canonical).chain(&given.others));
    settings.stop_words.iter().chain(synonyms).map(String::as_str).collect()
}

/// A threshold that grows with the square root of the corpus.
fn by_corpus_size(papers: usize, divisor: f64, least: u32) -> u32 {
    ((papers as f64).sqrt() / divisor).ceil().max(f64::from(least)) as u32
}

//! The files behind `--stop-words` and `--synonyms` into settings of the text stage, or into everything that is wrong with them.
//! What the lines mean is decided by the reader of word lists, not here.

use crate::{args::ThemeOptions, outcome::Failure};
use model::Notice;
use pipeline::{Source, TextSettings};
use std::path::Path;

/// Reads both lists; all problems of both are told.
pub fn read(options: &ThemeOptions, settings: &mut TextSettings) -> Result<(), Failure> {
    let mut problems = Vec::new();
    if let Some(path) = &options.stop_words {
        settings.stop_words = list(path, pipeline::stop_words, &mut problems);
    }
    if let Some(path) = &options.synonyms {
        settings.synonyms = list(path, pipeline::synonyms, &mut problems);
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Refused(problems)) }
}

/// What a file holds; what is wrong with it joins `problems`.
fn list<T>(path: &Path, parse: impl Fn(&Source) -> Result<Vec<T>, Vec<Notice>>, problems: &mut Vec<Notice>) -> Vec<T> {
    let parsed = pipeline::read_file(path).map_err(|problem| vec![problem]).and_then(|source| parse(&source));
    parsed.unwrap_or_else(|found| {
        problems.extend(found);
        Vec::new()
    })
}

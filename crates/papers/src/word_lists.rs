//! Files of stop words and of synonyms into lists, or every line that is none told with its number.
//! Pure: the bytes come from `gather`, and what the words do is up to the text stage.

use crate::entry::error;
use crate::{Source, wording};
use model::{Notice, Synonyms};
use std::collections::BTreeMap;

/// Longest term in words: a longer canonical form could never be shown.
const MOST_WORDS: usize = 3;

/// The words and phrases of a file, one a line, sorted; empty lines and what follows a `#` are passed over.
///
/// # Errors
/// All lines without any letter or digit, and text that is not UTF-8.
pub fn stop_words(source: &Source) -> Result<Vec<String>, Vec<Notice>> {
    let mut words = Vec::new();
    let mut problems = Vec::new();
    for (number, line) in lines(source)? {
        if key(&line).is_empty() {
            let hint = "put a # before what is no stop word";
            problems.push(problem(source, number, format!("`{line}`"), "a word or a phrase", hint));
        } else {
            words.push(line);
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    words.sort();
    words.dedup();
    Ok(words)
}

/// A word or phrase that counts as another one, with the line that says so.
struct Given {
    line: u64,
    other: String,
    canonical: String,
}

/// Lines `canonical = other, other two words`, sorted by canonical form; a form that itself counts as another one is followed
/// to the end.
///
/// # Errors
/// All lines that are not of this kind; words that are given two canonical forms, or that count as each other.
pub fn synonyms(source: &Source) -> Result<Vec<Synonyms>, Vec<Notice>> {
    let mut given: BTreeMap<String, Given> = BTreeMap::new();
    let mut problems = Vec::new();
    for (number, line) in lines(source)? {
        match parts(&line) {
            Ok((canonical, others)) => {
                for other in others {
                    let new = Given { line: number, other: other.to_owned(), canonical: canonical.to_owned() };
                    problems.extend(add(source, &mut given, new));
                }
            }
            Err((found, expected)) => {
                let hint = "write `canonical = other, other two words`";
                problems.push(problem(source, number, found, expected, hint));
            }
        }
    }
    problems.extend(cycles(source, &given));
    if problems.is_empty() { Ok(by_canonical(&given)) } else { Err(problems) }
}

/// Numbered lines with something on them, clean and without remarks.
fn lines(source: &Source) -> Result<Vec<(u64, String)>, Vec<Notice>> {
    let text = std::str::from_utf8(&source.bytes).map_err(|fault| {
        let found = format!("a byte that is not UTF-8, at offset {}", fault.valid_up_to());
        let place =
            Notice { file: Some(source.name.clone()), ..error(None, found, "text in UTF-8", "save it as UTF-8") };
        vec![place]
    })?;
    let cleaned = text.lines().map(|line| wording::clean(line.split('#').next().unwrap_or_default()));
    Ok((1..).zip(cleaned).filter(|(_, line)| !line.is_empty()).collect())
}

/// Canonical form and the others of one line, or what was found and what was expected.
fn parts(line: &str) -> Result<(&str, Vec<&str>), (String, String)> {
    let refuse = |found: String, expected: &str| Err((found, expected.to_owned()));
    let Some((canonical, others)) = line.split_once('=') else {
        return refuse(format!("`{line}`"), "a canonical form, an =, and what counts as it");
    };
    let canonical = canonical.trim();
    let others: Vec<&str> = others.split(',').map(str::trim).collect();
    if others.iter().any(|other| other.contains('=')) {
        return refuse(format!("a second = in `{line}`"), "one canonical form a line");
    }
    if key(canonical).is_empty() {
        return refuse("nothing before the =".to_owned(), "a canonical form of one to three words");
    }
    if key(canonical).split(' ').count() > MOST_WORDS {
        return refuse(format!("`{canonical}`"), "a canonical form of one to three words");
    }
    if let Some(empty) = others.iter().find(|other| key(other).is_empty()) {
        let found = if empty.is_empty() { "an empty place after the =".to_owned() } else { format!("`{empty}`") };
        return refuse(found, "words or phrases, separated by commas");
    }
    Ok((canonical, others))
}

/// Adds what counts as another word, unless it is told otherwise elsewhere.
fn add(source: &Source, given: &mut BTreeMap<String, Given>, new: Given) -> Option<Notice> {
    let (other, canonical) = (key(&new.other), key(&new.canonical));
    if other == canonical {
        let found = format!("`{}` counts as itself", new.other);
        return Some(problem(source, new.line, found, "another word", "leave it out"));
    }
    match given.get(&other) {
        Some(before) if key(&before.canonical) != canonical => {
            let found = format!(
                "`{}` counts as `{}` here and as `{}` on line {}",
                new.other, new.canonical, before.canonical, before.line
            );
            Some(problem(source, new.line, found, "one canonical form a word", "keep one of the two lines"))
        }
        Some(_) => None,
        None => {
            given.insert(other, new);
            None
        }
    }
}

/// One problem for every circle of words that count as each other, at the line that comes last.
fn cycles(source: &Source, given: &BTreeMap<String, Given>) -> Vec<Notice> {
    let mut problems = Vec::new();
    for start in given.keys() {
        let mut circle: Vec<&Given> = Vec::new();
        let mut at = start.clone();
        while let Some(next) = given.get(&at).filter(|_| circle.len() <= given.len()) {
            circle.push(next);
            at = key(&next.canonical);
            // Told once, from the smallest of its words.
            if at <= *start {
                break;
            }
        }
        if at == *start
            && let Some(last) = circle.iter().max_by_key(|word| word.line)
        {
            let found = format!("`{}` counts as `{}`, which counts as it", last.other, last.canonical);
            problems.push(problem(
                source,
                last.line,
                found,
                "words that do not count as each other",
                "drop one of the lines",
            ));
        }
    }
    problems
}

fn by_canonical(given: &BTreeMap<String, Given>) -> Vec<Synonyms> {
    let mut found: BTreeMap<String, Synonyms> = BTreeMap::new();
    for word in given.values() {
        let mut last = word;
        while let Some(next) = given.get(&key(&last.canonical)) {
            last = next;
        }
        let new = || Synonyms { canonical: last.canonical.clone(), others: Vec::new() };
        found.entry(key(&last.canonical)).or_insert_with(new).others.push(word.other.clone());
    }
    let mut found: Vec<Synonyms> = found.into_values().collect();
    for synonyms in &mut found {
        synonyms.others.sort();
    }
    found.sort();
    found
}

/// What a word is told by: lower case, letters and digits, single spaces; hyphens are spaces.
fn key(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn problem(source: &Source, line: u64, found: String, expected: impl Into<String>, hint: &str) -> Notice {
    Notice { file: Some(source.name.clone()), ..error(Some(line), found, expected.into(), hint) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source { name: "words.txt".to_owned(), bytes: text.as_bytes().to_vec() }
    }

    fn refused(text: &str) -> Vec<(u64, String)> {
        let problems = synonyms(&source(text)).unwrap_err();
        problems.into_iter().map(|problem| (problem.line.unwrap_or(0), problem.found)).collect()
    }

    #[test]
    fn stop_words_are_lines_without_remarks() {
        let words = stop_words(&source("# ours\nneural  network\n\nbenchmark # too common\nbenchmark\n"));
        assert_eq!(words.unwrap(), ["benchmark", "neural network"]);
        assert_eq!(stop_words(&source("graph\n---\n")).unwrap_err()[0].line, Some(2));
    }

    #[test]
    fn chains_are_followed_and_lines_of_one_form_are_joined() {
        let found = synonyms(&source(
            "RAG = retrieval-augmented generation\nLLM = big model\nbig model = huge model\nRAG = rag system",
        ));
        let shown: Vec<String> =
            found.unwrap().iter().map(|s| format!("{}: {}", s.canonical, s.others.join(", "))).collect();
        assert_eq!(shown, ["LLM: big model, huge model", "RAG: rag system, retrieval-augmented generation"]);
    }

    #[test]
    fn circles_are_told_once_and_where_they_close() {
        assert_eq!(refused("a = b\nb = a"), [(2, "`a` counts as `b`, which counts as it".to_owned())]);
        assert_eq!(refused("a = b\nb = c\nd = e\nc = a").len(), 1);
        assert_eq!(refused("a = A")[0].0, 1);
        // A circle that others lead into is told once.
        assert_eq!(refused("x = y\nb = x\nx = b").iter().map(|(line, _)| *line).collect::<Vec<_>>(), [3]);
    }

    #[test]
    fn a_word_with_two_forms_and_empty_sides_are_told() {
        assert_eq!(refused("a = over-fitting\nb = c, Over fitting")[0].0, 2);
        for line in ["a", "= b", "a =", "a = b,", "a = b = c", "one two three four = a"] {
            assert_eq!(refused(line).len(), 1, "{line}");
        }
    }
}

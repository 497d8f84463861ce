//! Raw text into clean text (NFC, no control characters, single spaces), into the key by which titles are equal,
//! and into arXiv ids and links. It judges nothing: which papers are the same is decided in `duplicates`.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// NFC, control characters and every run of white space become one space, ends trimmed, zero-width marks dropped.
pub fn clean(text: &str) -> String {
    if is_clean(text) {
        return text.to_owned();
    }
    if matches!(is_nfc_quick(text.chars()), IsNormalized::Yes) {
        collapse(text.chars(), text.len())
    } else {
        collapse(text.nfc(), text.len())
    }
}

/// Whether an ASCII text is clean as it stands, as most are.
fn is_clean(text: &str) -> bool {
    let bytes = text.as_bytes();
    // Counted to the end, so that the compiler takes many bytes at once.
    let odd = bytes.iter().filter(|byte| !(b' '..=b'~').contains(byte)).count();
    let doubled = bytes.iter().zip(bytes.iter().skip(1)).filter(|&(a, b)| *a == b' ' && *b == b' ').count();
    odd + doubled == 0 && !text.starts_with(' ') && !text.ends_with(' ')
}

fn collapse(characters: impl Iterator<Item = char>, capacity: usize) -> String {
    let mut out = String::with_capacity(capacity);
    for character in characters.filter(|&c| !is_invisible(c)) {
        if character.is_whitespace() || character.is_control() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else {
            out.push(character);
        }
    }
    if out.ends_with(' ') {
        out.pop();
    }
    out
}

/// Byte-order mark, zero-width spaces and joiners outside scripts that need them, soft hyphen.
pub fn is_invisible(character: char) -> bool {
    matches!(character, '\u{feff}' | '\u{200b}' | '\u{2060}' | '\u{00ad}')
}

/// Trimmed of white space and invisible marks at both ends.
pub fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c.is_control() || is_invisible(c))
}

/// The key by which titles are equal: NFKC, lower-case, letters and digits only.
pub fn title_key(title: &str) -> String {
    if title.is_ascii() {
        return title.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    }
    title.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// The arXiv id in `text` without prefix and version: `2405.15738`, `math/0211159`.
///
/// Accepts `arXiv:2405.15738v2`, an address at arxiv.org and a bare id; anything else is `None`.
pub fn arxiv_id(text: &str) -> Option<String> {
    let text = trim(text);
    let lower = text.to_ascii_lowercase();
    let start = match (lower.find("arxiv.org/"), lower.rfind(':')) {
        (Some(host), _) => host + "arxiv.org/".len() + lower[host + "arxiv.org/".len()..].find('/')? + 1,
        (None, Some(colon)) if lower[..colon].contains("arxiv") => colon + 1,
        _ => 0,
    };
    let id = text[start..].trim_end_matches(".pdf");
    let id = without_version(id);
    (is_new_style(id) || is_old_style(id)).then(|| id.to_owned())
}

fn without_version(id: &str) -> &str {
    match id.rfind('v') {
        Some(at) if at + 1 < id.len() && is_digits(&id[at + 1..]) => &id[..at],
        _ => id,
    }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

/// `YYMM.number`: four or five digits since April 2007.
fn is_new_style(id: &str) -> bool {
    id.split_once('.').is_some_and(|(month, number)| {
        month.len() == 4
            && is_digits(month)
            && is_month(&month[2..])
            && matches!(number.len(), 4 | 5)
            && is_digits(number)
    })
}

/// `archive/YYMMnumber` or `archive.XX/YYMMnumber`: seven digits, until March 2007.
fn is_old_style(id: &str) -> bool {
    id.split_once('/').is_some_and(|(archive, number)| {
        let name = archive.split('.').next().unwrap_or_default();
        !name.is_empty()
            && archive.bytes().all(|b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'.'))
            && number.len() == 7
            && is_digits(number)
            && is_month(&number[2..4])
    })
}

fn is_month(digits: &str) -> bool {
    ("01"..="12").contains(&digits)
}

/// The address of an arXiv paper.
pub fn arxiv_link(id: &str) -> String {
    format!("https://arxiv.org/abs/{id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cleaning_keeps_words_and_drops_the_rest() {
        assert_eq!(clean(" a\u{a0}\tb\r\n\u{0}c\u{feff}d "), "a b cd");
        assert_eq!(clean("e\u{301}"), "\u{e9}");
    }

    #[test]
    fn keys_ignore_hyphens_case_width_and_punctuation() {
        assert_eq!(title_key("Over-Squashing: What?"), title_key("over squashing – what"));
        assert_eq!(title_key("ﬁne"), "fine");
        assert_eq!(title_key("***"), "");
    }

    #[test]
    fn arxiv_ids_of_both_styles() {
        let id = |text| arxiv_id(text);
        assert_eq!(id("2405.15738").as_deref(), Some("2405.15738"));
        assert_eq!(id("arXiv:2405.15738v2").as_deref(), Some("2405.15738"));
        assert_eq!(id("https://arxiv.org/abs/math/0211159").as_deref(), Some("math/0211159"));
        assert_eq!(id("http://arxiv.org/pdf/2405.15738v1.pdf").as_deref(), Some("2405.15738"));
        assert_eq!(id("arxiv_daily:2605.19766").as_deref(), Some("2605.19766"));
        assert_eq!(id("cs.CL/0211159").as_deref(), Some("cs.CL/0211159"));
        assert_eq!(id("2413.15738"), None);
        assert_eq!(id("BBC_News-0"), None);
        assert_eq!(id(""), None);
    }
}

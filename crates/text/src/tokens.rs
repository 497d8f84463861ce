//! Text to tokens: one pass over the characters that finds words, hyphens, brackets and the ends of phrases.
//!
//! Web addresses and residues of mathematics (`N^2d^2{M}`, `$\mathcal{O}(n)$`) end a phrase and give no token.
//! Nothing is lower-cased, stemmed or looked up here.

/// One token as it stands in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A word. `hyphen`: joined to the word before it by a hyphen. `bracketed`: alone between round brackets.
    Word { surface: &'a str, hyphen: bool, bracketed: bool },
    /// Punctuation, or something that is no word: no phrase goes across.
    Break,
}

/// Longer "words" are the residue of something else (sequences, keys, text without spaces).
const LONGEST_WORD: usize = 40;

/// Calls `emit` for every token of `text`, in order.
pub fn scan<'a>(text: &'a str, mut emit: impl FnMut(Token<'a>)) {
    for chunk in text.split_whitespace() {
        if is_residue(chunk) {
            emit(Token::Break);
        } else {
            scan_chunk(chunk, &mut emit);
        }
    }
}

/// A chunk of non-space characters that is an address or formula rather than words.
fn is_residue(chunk: &str) -> bool {
    chunk.bytes().any(|b| matches!(b, b'\\' | b'^' | b'_' | b'{' | b'}' | b'$' | b'=' | b'@'))
        || chunk.starts_with("www.")
        || (chunk.contains('/') && ["://", ".com/", ".io/", ".org/"].iter().any(|mark| chunk.contains(mark)))
}

fn scan_chunk<'a>(chunk: &'a str, emit: &mut impl FnMut(Token<'a>)) {
    let mut rest = chunk;
    // A lone hyphen between two words of a chunk joins them.
    let mut word_before = false;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let skipped = &rest[..start];
        let hyphen = word_before && is_hyphen(skipped);
        if skipped.contains(is_break) {
            emit(Token::Break);
        }
        let (word, after) = split_word(&rest[start..]);
        let bracketed = skipped.ends_with('(') && after.starts_with(')');
        if word.len() <= LONGEST_WORD {
            emit(Token::Word { surface: word, hyphen, bracketed });
        } else {
            emit(Token::Break);
        }
        word_before = true;
        rest = after;
    }
    if rest.contains(is_break) {
        emit(Token::Break);
    }
}

/// The leading word of `text` without a possessive ending, and what follows it (the ending swallowed).
fn split_word(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, after) = text.split_at(end);
    let mut chars = after.chars();
    if matches!(chars.next(), Some('\'' | '\u{2019}')) {
        let ending = chars.as_str();
        let ending_len = ending.find(|c: char| !c.is_alphanumeric()).unwrap_or(ending.len());
        if ending_len <= 2 {
            return (word, &ending[ending_len..]);
        }
    }
    (word, after)
}

fn is_hyphen(gap: &str) -> bool {
    matches!(gap, "-" | "\u{2010}" | "\u{2011}")
}

fn is_break(c: char) -> bool {
    !matches!(
        c,
        '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}' | '"' | '\u{201c}' | '\u{201d}' | '`' | '*' | '#' | '+'
    )
}

#[cfg(test)]
mod tests {
    use super::{Token, scan};

    fn shown(text: &str) -> String {
        let mut out: Vec<String> = Vec::new();
        scan(text, |token| match token {
            Token::Break => out.push("|".to_owned()),
            Token::Word { surface, hyphen, bracketed } => {
                let (open, close) = if bracketed { ("(", ")") } else { ("", "") };
                out.push(format!("{}{open}{surface}{close}", if hyphen { "-" } else { "" }));
            }
        });
        out.join(" ")
    }

    #[test]
    fn hyphens_join_and_punctuation_breaks() {
        assert_eq!(shown("On over-squashing, in GNNs."), "On over -squashing | in GNNs |");
    }

    #[test]
    fn a_bracketed_acronym_is_marked() {
        assert_eq!(shown("graph neural networks (GNNs) are"), "graph neural networks | (GNNs) | are");
    }

    #[test]
    fn formulas_and_addresses_give_no_words() {
        assert_eq!(shown("rank $k$ of N^2d^2{M} at https://a.b/c now"), "rank | of | at | now");
    }

    #[test]
    fn possessives_are_dropped() {
        assert_eq!(shown("Transformer's cache isn't"), "Transformer cache isn");
    }
}

//! Words that the user makes one: what the reader of word lists gives to the text stage.

/// Words and phrases that count as another one, which is what is shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Synonyms {
    /// One to three words, as they are to be shown.
    pub canonical: String,
    /// At least one; words or phrases of any length, sorted.
    pub others: Vec<String>,
}

//! The text of the papers, borrowed: what the text stage needs of `Papers`, without the frame.

/// Title and abstract of every paper, in paper order. Both vectors have `n_papers` entries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Documents<'a> {
    pub titles: Vec<&'a str>,
    pub abstracts: Vec<&'a str>,
}

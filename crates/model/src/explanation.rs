//! Why a paper is in its theme, or in none: what it shares with themes and with other papers.

/// A term of the paper that also stands in a theme.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedTerm {
    /// As people write it.
    pub display: String,
    /// TF-IDF weight in the paper, in (0, 1].
    pub in_paper: f64,
    /// c-TF-IDF weight in the theme.
    pub in_theme: f64,
    /// Share of this term in the sum of `in_paper * in_theme` over all terms of the paper, in [0, 1].
    pub part: f64,
}

/// What the paper shares with one theme.
#[derive(Debug, Clone, PartialEq)]
pub struct SharedWithTheme {
    /// Position in [`crate::Themes::themes`].
    pub theme: usize,
    /// The terms with the largest `in_paper * in_theme`, best first.
    pub terms: Vec<SharedTerm>,
    /// How many terms of the paper the theme has, of how many.
    pub shared: usize,
    pub of: usize,
}

/// A paper whose words are most like those of the paper explained.
#[derive(Debug, Clone, PartialEq)]
pub struct LikePaper {
    /// Row of the paper.
    pub paper: usize,
    /// Cosine of the TF-IDF rows, in (0, 1].
    pub cosine: f64,
}

/// Why a paper is where it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Row of the paper.
    pub paper: usize,
    /// Its theme; for a paper in no theme the nearest one. `None` where there is no theme at all.
    pub nearest: Option<SharedWithTheme>,
    /// The next nearest theme.
    pub next: Option<SharedWithTheme>,
    /// The papers with the most like words, best first: a paper is placed by them as much as by its own words.
    pub like: Vec<LikePaper>,
    /// One sentence without a full stop; `None` for a paper in a theme.
    pub left_out_because: Option<String>,
}

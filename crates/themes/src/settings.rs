//! Settings of the themes stage, and what they cannot be.

use linfa_clustering::KMeansError;

/// What happens to papers that are far from every theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outliers {
    /// Every paper goes to its nearest theme.
    Keep,
    /// They are left out, with their nearest theme and strength.
    #[default]
    Drop,
}

/// Settings of the themes stage.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSettings {
    /// Number of themes; `None`: chosen from the data.
    pub themes: Option<usize>,
    pub seed: u64,
    pub outliers: Outliers,
    /// Most dimensions of the embedding; fewer are kept where the data has less to tell.
    pub max_dimensions: usize,
    /// Nearest neighbours that a paper's embedding is averaged with.
    pub neighbours: usize,
    /// How often it is averaged.
    pub averaging_rounds: usize,
    /// Refits on resampled papers, which say how often each theme comes back.
    pub refits: usize,
    /// Starts of k-means, of which the best is kept.
    pub starts: usize,
}

impl Default for ThemeSettings {
    fn default() -> Self {
        Self {
            themes: None,
            seed: 0,
            outliers: Outliers::Drop,
            max_dimensions: 100,
            neighbours: 15,
            averaging_rounds: 3,
            refits: 20,
            starts: 10,
        }
    }
}

/// Why no themes can be found.
#[derive(Debug, thiserror::Error)]
pub enum ThemesError {
    #[error(
        "{asked} themes were asked for, but only {papers} different papers have any words to go by; expected at most {papers}"
    )]
    TooManyThemes { asked: usize, papers: usize },
    #[error("0 themes were asked for; expected at least 1")]
    NoThemes,
    #[error("k-means failed: {0}")]
    KMeans(#[from] KMeansError),
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

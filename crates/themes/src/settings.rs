//! Settings of the themes stage, and what they cannot be.

use crate::cluster::density::Density;
use linfa_clustering::{DbscanParamsError, GmmError, KMeansError, OpticsError};

/// How papers are grouped. All of them through linfa.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Algorithm {
    /// Compact groups around a centre each.
    #[default]
    KMeans,
    /// Components with a shape of their own and a probability for every paper.
    GaussianMixture,
    /// Dense places of one density; papers outside are in no theme.
    Dbscan,
    /// Dense places of any density; papers outside are in no theme.
    Optics,
    /// Nearest groups merged until the asked number is left.
    Hierarchical,
}

impl std::fmt::Display for Algorithm {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::KMeans => "k-means",
            Self::GaussianMixture => "gaussian-mixture",
            Self::Dbscan => "dbscan",
            Self::Optics => "optics",
            Self::Hierarchical => "hierarchical",
        })
    }
}

impl Algorithm {
    pub const ALL: [Self; 5] = [Self::KMeans, Self::GaussianMixture, Self::Dbscan, Self::Optics, Self::Hierarchical];

    /// Whether the number of themes comes out of the algorithm instead of going in.
    #[must_use]
    pub fn counts_themes(self) -> bool {
        matches!(self, Self::Dbscan | Self::Optics)
    }
}

/// Which two groups hierarchical clustering takes for the nearest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Linkage {
    /// Those whose union spreads least.
    #[default]
    Ward,
    /// Those with the least mean distance between their papers.
    Average,
    /// Those with the least largest distance between their papers.
    Complete,
}

/// What happens to papers that are far from every theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Outliers {
    /// Every paper goes to its nearest theme.
    Keep,
    /// They are left out, with their nearest theme and strength.
    #[default]
    Drop,
}

impl std::fmt::Display for Linkage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ward => "ward",
            Self::Average => "average",
            Self::Complete => "complete",
        })
    }
}

/// Settings of the themes stage.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeSettings {
    /// Number of themes; `None`: chosen from the data.
    pub themes: Option<usize>,
    pub algorithm: Algorithm,
    /// Number of themes that the found ones are merged to by their likeness; `None`: none are merged.
    pub level: Option<usize>,
    /// For DBSCAN and OPTICS.
    pub density: Density,
    /// For hierarchical clustering; `None`: Ward.
    pub linkage: Option<Linkage>,
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
}

impl Default for ThemeSettings {
    fn default() -> Self {
        Self {
            themes: None,
            algorithm: Algorithm::KMeans,
            level: None,
            density: Density::default(),
            linkage: None,
            seed: 0,
            outliers: Outliers::Drop,
            max_dimensions: 100,
            neighbours: 15,
            averaging_rounds: 3,
            refits: 20,
        }
    }
}

impl ThemeSettings {
    /// Neighbours that a paper is averaged with among `papers`: few in a small corpus, where averaging over half of it would
    /// make everything one theme.
    #[must_use]
    pub fn near(&self, papers: usize) -> usize {
        self.neighbours.min(papers / 15).max(1)
    }

    /// Whether the settings fit together, whatever the papers.
    ///
    /// # Errors
    /// The first setting that is out of its range, or that the algorithm has no use for.
    pub fn check(&self) -> Result<(), ThemesError> {
        let Density { eps, min_points } = self.density;
        if self.themes == Some(0) {
            return Err(ThemesError::NoThemes);
        }
        if let Some(eps) = eps.filter(|eps| !(*eps > 0.0 && *eps <= 2.0)) {
            return Err(ThemesError::Eps(eps));
        }
        if let Some(points) = min_points.filter(|points| *points < 2) {
            return Err(ThemesError::MinPoints(points));
        }
        if let (Some(level), themes) = (self.level, self.themes.unwrap_or(usize::MAX))
            && (level == 0 || level > themes)
        {
            return Err(ThemesError::Level { level, themes: self.themes });
        }
        let dense = self.algorithm.counts_themes();
        let unused = [
            ("themes", "k-means, gaussian-mixture and hierarchical", self.themes.is_some() && dense),
            ("eps", "dbscan and optics", eps.is_some() && !dense),
            ("min-points", "dbscan and optics", min_points.is_some() && !dense),
            ("linkage", "hierarchical", self.linkage.is_some() && self.algorithm != Algorithm::Hierarchical),
        ];
        match unused.into_iter().find(|(_, _, unused)| *unused) {
            Some((option, algorithms, _)) => Err(ThemesError::Unused { option, algorithms, algorithm: self.algorithm }),
            None => Ok(()),
        }
    }
}

impl ThemeSettings {
    /// Whether the settings go together with seed themes.
    ///
    /// # Errors
    /// Where the algorithm is not k-means, or themes are to be merged.
    pub fn check_with_seeds(&self) -> Result<(), ThemesError> {
        match (self.algorithm, self.level) {
            (Algorithm::KMeans, None) => Ok(()),
            (Algorithm::KMeans, Some(_)) => Err(ThemesError::SeedsMerged),
            (algorithm, _) => Err(ThemesError::Unused { option: "seed-themes", algorithms: "k-means", algorithm }),
        }
    }
}

/// Why no themes can be found.
#[derive(Debug, thiserror::Error)]
pub enum ThemesError {
    #[error("--themes {asked}: only {papers} different papers have any words to go by; expected at most {papers}")]
    TooManyThemes { asked: usize, papers: usize },
    #[error("--themes 0: expected at least 1")]
    NoThemes,
    #[error("--eps {0}: expected a distance above 0 and at most 2")]
    Eps(f64),
    #[error("--min-points {0}: expected at least 2 papers")]
    MinPoints(usize),
    #[error("--level {level}: expected at least 1{}", themes.map_or(String::new(), |k| format!(" and at most the {k} of --themes")))]
    Level { level: usize, themes: Option<usize> },
    #[error("--level cannot be used with --seed-themes: merged themes would lose the seeds")]
    SeedsMerged,
    #[error("--{option} has no meaning for the algorithm {algorithm}: it is for {algorithms}")]
    Unused { option: &'static str, algorithms: &'static str, algorithm: Algorithm },
    #[error("k-means failed: {0}")]
    KMeans(#[from] KMeansError),
    #[error("the Gaussian mixture failed: {0}")]
    GaussianMixture(#[from] GmmError),
    #[error("DBSCAN failed: {0}")]
    Dbscan(#[from] DbscanParamsError),
    #[error("OPTICS failed: {0}")]
    Optics(#[from] OpticsError),
    #[error("hierarchical clustering failed: {0}")]
    Hierarchical(String),
    #[error(transparent)]
    Linfa(#[from] linfa::Error),
}

//! Themes: the groups of papers with names, terms and papers, and how good they are.

use crate::Notice;
use ndarray::Array2;
use serde::{Deserialize, Serialize};

/// Number of a theme within a run, from 1; themes that go on from a previous run keep theirs. Never mixed with a position in a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ThemeId(pub u32);

/// Dense document vectors, shape (`n_papers`, d). Rows have L2 norm 1, or are zero for papers without terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Embedding {
    pub rows: Array2<f32>,
    /// Shape (`n_terms`, d): maps a TF-IDF row to its coordinates before normalisation.
    pub projection: Array2<f32>,
    /// Singular values, descending, d entries.
    pub singular_values: Vec<f32>,
}

/// Which theme each paper is in. All vectors have `n_papers` entries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Assignment {
    /// Position in [`Themes::themes`]; `None` where the paper is in no theme.
    pub theme: Vec<Option<usize>>,
    /// Position of the nearest theme, also for papers that were left out; `None` only where there is no theme at all.
    pub nearest: Vec<Option<usize>>,
    /// Position of the next nearest theme; `None` where there are fewer than two.
    pub next: Vec<Option<usize>>,
    /// How clearly the paper belongs to `nearest`, in [0, 1].
    pub strength: Vec<f32>,
    /// Where the algorithm gives every theme a probability (Gaussian mixture): those of at least [`Membership::LEAST`], by paper and
    /// then most probable first. Empty otherwise.
    #[serde(default)]
    pub memberships: Vec<Membership>,
}

impl Assignment {
    /// The themes that a paper may belong to.
    pub fn memberships_of(&self, paper: usize) -> impl Iterator<Item = &Membership> {
        let first = self.memberships.partition_point(|of| of.paper < paper);
        self.memberships[first..].iter().take_while(move |of| of.paper == paper)
    }
}

/// The probability that a paper belongs to a theme.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Membership {
    /// Row of the paper.
    pub paper: usize,
    /// Position of the theme in [`Themes::themes`].
    pub theme: usize,
    /// In [0, 1]; over all themes of a paper they sum to 1, but for those that are not kept.
    pub probability: f32,
}

impl Membership {
    /// Less probable themes of a paper are not kept.
    pub const LEAST: f32 = 0.01;
}

/// One term of a theme with its c-TF-IDF weight.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThemeTerm {
    /// As people write it.
    pub display: String,
    /// Column in the term matrix.
    pub term: u32,
    pub weight: f32,
}

/// A paper that lies between its own theme and another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BorderPaper {
    /// Row of the paper.
    pub paper: usize,
    /// Position of the other theme in [`Themes::themes`].
    pub other: usize,
}

/// A group of papers with a name. Vectors of papers hold rows, best first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    pub id: ThemeId,
    /// 1 to 4 words as people write them; unique within the run.
    pub name: String,
    /// Best first; c-TF-IDF with diversity.
    pub terms: Vec<ThemeTerm>,
    /// Nearest to the centroid and different from each other.
    pub representative: Vec<usize>,
    pub border: Vec<BorderPaper>,
    /// Papers in the theme, dated or not.
    pub size: usize,
    /// Unit vector, d entries.
    pub centroid: Vec<f32>,
    /// Share of refits in which the theme comes back, in [0, 1]; `None` where no refit was made.
    pub survival: Option<f32>,
    /// sRGB; the theme's colour in every chart.
    pub colour: [u8; 3],
}

/// One candidate number of themes and how it scored.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ThemeCountCandidate {
    pub k: usize,
    /// Mean agreement between refits on resampled papers (adjusted Rand), at most 1.
    pub agreement: f64,
    /// Separation of the fit: mean simplified silhouette, in [-1, 1].
    pub separation: f64,
    /// What the choice is made by; the largest wins.
    pub score: f64,
}

/// How the number of themes came about.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ThemeCount {
    pub k: usize,
    /// Empty where k was given.
    pub candidates: Vec<ThemeCountCandidate>,
    /// One sentence: why this k.
    pub reason: String,
}

/// Quality of a clustering. `None` where the measure is undefined (one theme, no pairs of words).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Quality {
    /// Mean silhouette by cosine distance over all papers in themes, in the embedding that was clustered; -1 to 1.
    pub silhouette: Option<f64>,
    /// Mean and median over themes of [`Theme::survival`].
    pub survival_mean: Option<f64>,
    pub survival_median: Option<f64>,
    /// Papers in the smallest, the median and the largest theme.
    pub smallest: Option<usize>,
    pub median_size: Option<f64>,
    pub largest: Option<usize>,
    /// Share of papers in no theme.
    pub left_out: f64,
    pub coherence: Coherence,
}

/// Whether the words of themes occur together in the papers. `None` where no theme has two words.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Coherence {
    /// Mean over themes of [`ThemeCoherence::npmi`].
    pub npmi: Option<f64>,
    /// Mean over themes of [`ThemeCoherence::c_v`].
    pub c_v: Option<f64>,
    /// Distinct words over all words in the lists of the themes.
    pub diversity: Option<f64>,
    /// In the order of the themes.
    pub themes: Vec<ThemeCoherence>,
}

/// Coherence of one theme.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ThemeCoherence {
    /// What is measured: the ten words that the theme is known by, as people write them, lower-case, best first.
    pub words: Vec<String>,
    /// Mean NPMI over pairs of `words`, by co-occurrence in papers (title and abstract); -1 to 1.
    pub npmi: Option<f64>,
    /// `c_v` of `words` (Röder, Both and Hinneburg 2015): boolean sliding windows of 110 words; 0 to 1, rarely below.
    pub c_v: Option<f64>,
}

/// A parent in the tree of themes: two branches joined. A node is a theme by its position or, from `k` (the number of themes) on,
/// the merge `node - k`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Merge {
    /// Smaller than `right`; both are smaller than `k` plus the merge's own position.
    pub left: usize,
    pub right: usize,
    /// Mean of `1 - cosine` between the centroids of all themes on the left and on the right, in [0, 2].
    pub distance: f64,
}

/// The themes of a run by number, with where every paper went. Numbers are given largest first (ties by the smallest paper row) but
/// for themes that go on from a previous run, which keep theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Themes {
    pub themes: Vec<Theme>,
    pub assignment: Assignment,
    /// Mean TF-IDF cosine of every paper with its nearest neighbours, `n_papers` entries; none where all papers are kept.
    pub likeness: Vec<f64>,
    /// Papers with less likeness are in no theme; `None` where all papers are kept.
    pub least_likeness: Option<f64>,
    /// Positions of the papers on a map, in [0, 1] x [0, 1]; near papers lie near. `n_papers` entries.
    pub map: Vec<[f32; 2]>,
    pub count: ThemeCount,
    /// Theme of every paper in each refit on resampled papers, by position in `themes`: `None` where the paper's group of that
    /// refit is none of them. `n_papers` entries a refit.
    pub refits: Vec<Vec<Option<usize>>>,
    /// Dimensions of the embedding that was clustered.
    pub dimensions: usize,
    pub quality: Quality,
    /// The tree of themes, nearest merge first: one merge fewer than themes.
    pub parents: Vec<Merge>,
    /// What is worth knowing about how they were found.
    pub notices: Vec<Notice>,
}

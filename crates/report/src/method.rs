//! Turns an analysis into its method page: what every word and mark in a report means, as (word, meaning) pairs.
//! Does not describe formulas in full: they stand in the documentation of the types that carry them.

use crate::clean;
use crate::format::{self, points};
use model::{Analysis, Clock, ThemeCount, Trends};

/// The definitions in the order of a report.
pub fn definitions(analysis: &Analysis) -> Vec<(&'static str, String)> {
    let mut out = vec![
        ("Paper", "A title with its abstract. Near-duplicates are merged into one paper with all its sources.".to_owned()),
        ("Theme", theme(analysis)),
        ("Number of themes", number_of_themes(&analysis.themes.count)),
        ("Terms", "The words and phrases that set a theme apart from the others (c-TF-IDF), best first, as people write them.".to_owned()),
        ("Representative papers", "Those nearest to the centre of the theme that differ from each other.".to_owned()),
        ("On the border", "Papers of a theme that lie nearly as close to another one.".to_owned()),
        ("Papers in no theme", "Papers that share next to nothing with the papers nearest to them, and, for dbscan and optics, papers in no dense place. They count in every total.".to_owned()),
        ("Survival", "Share of refits of the clustering, on resampled papers, in which the theme comes back: of the papers that are in the theme or in some group of the refit, at least half are in both. Below 50% it does not survive: other papers of the same kind may well have been grouped otherwise, so its name, size and verdicts want care.".to_owned()),
        ("Tree of themes", "The two themes nearest to each other are joined to a parent, then the next two, until one is left. Distance: mean of 1 \u{2212} cosine between the centres of the themes on both sides. With --level, joined themes are reported as one.".to_owned()),
        ("Map", "The papers laid out on a plane so that papers with like words lie near each other. Directions and distances between groups mean nothing.".to_owned()),
    ];
    if let Some(timeline) = &analysis.trends.timeline {
        out.extend(trend_words(format::unit(timeline.unit), timeline.clock, &analysis.trends));
    }
    if !analysis.trends.by_upvotes.is_empty() {
        out.push((
            "By upvotes",
            "The same with papers weighed by their upvotes. Upvotes are no independent votes, and a few papers hold many of \
             them: a bin is worth as many papers as its upvotes are spread over (the square of their sum over the sum of \
             their squares), and the verdict is that of so many papers, with false discoveries controlled over all themes."
                .to_owned(),
        ));
    }
    out.push((
        "What the numbers do not say",
        "Result pages of a search and curated listings are no random sample of a field. A share here is a share of the \
         papers that were read; it moves when the field moves, and also when the search, the listing or the people who \
         curate it do."
            .to_owned(),
    ));
    out
}

fn theme(analysis: &Analysis) -> String {
    format!(
        "A group of papers with like words: {} weighted by TF-IDF, reduced to {}, then clustered. With k-means, papers are placed once more by how often \
         the other papers of each theme use their words. A centre is the mean of a theme's papers.",
        format::counted(analysis.n_terms, "term", "terms"),
        format::counted(analysis.themes.dimensions, "dimension", "dimensions")
    )
}

fn number_of_themes(count: &ThemeCount) -> String {
    let reason = clean::line(&count.reason);
    let why = if reason.is_empty() { String::new() } else { format!(": {}", reason.trim_end_matches('.')) };
    let tried = if count.candidates.is_empty() {
        ""
    } else {
        " Agreement: how alike refits on resampled papers group the papers (adjusted Rand, at most 1). Separation: how \
         much nearer papers lie to their own theme than to the next (simplified silhouette, −1 to 1)."
    };
    format!("{}{why}.{tried}", format::count(count.k))
}

fn trend_words(unit: &str, clock: Clock, trends: &Trends) -> Vec<(&'static str, String)> {
    let Trends { q, window, flat_margin, .. } = *trends;
    let which = match clock {
        Clock::Published => "the paper\u{2019}s own date",
        Clock::Seen => "the day the paper was listed",
    };
    let rate = if q > 0.0 { format!(" (at a rate of {})", format::percent(q)) } else { String::new() };
    vec![
        ("Date", format!("Each paper counts in the {unit} of {which}. Papers without that date take part in themes, not in trends.")),
        ("Share", format!("Papers of the theme in a {unit} over all dated papers in that {unit}, in a theme or not. A {unit} without papers has no share.")),
        ("Interval", "The range that holds the true share or change in 95 of 100 such samples, as far as the papers are a sample. For a share: Wilson\u{2019}s; for a change: all lines that fit nearly as well as the best (profile likelihood). Both are wider by the dispersion.".to_owned()),
        ("Dispersion", "How much more the counts scatter than papers that come singly: the variance over that of a binomial count, never below 1, found from how the counts lie around the line and shrunk towards that of all themes.".to_owned()),
        ("From, to", format!("The fitted share in the first and the last finished {unit} of the window, not the raw one. The fit is a binomial regression of the theme\u{2019}s papers on time, with the number of all papers in each {unit}.")),
        ("q", "The smallest rate of false discoveries, over all themes, at which this theme would pass (Benjamini and Hochberg).".to_owned()),
        ("Window", format!("Verdicts are given over the last {window} finished {unit}s (the recent window) and over all finished {unit}s (the whole span), where that is another stretch. A slow change may show over the whole span only, a turn in the recent window only.")),
        ("Rising, falling", format!("The change over the window passes a two-sided test with control of false discoveries over all themes{rate}.")),
        ("Flat", format!("The change lies within {} points of none, or within half of the theme\u{2019}s mean share where that is less: its 95% interval does, and a test of it passes with the same control at 5%.", points(flat_margin).trim_start_matches('+'))),
        ("Too few papers", "Anything else could be true: a rise, a fall or no change. The smallest rise that is stated with it would have been called rising in four of five such windows (80% power), were this the only theme that moves.".to_owned()),
        ("Without a model", format!("Theil-Sen: the median slope between all pairs of {unit}s. Mann-Kendall: whether later shares tend to be larger, by rank. Both are a check and decide nothing.")),
        ("Expected range", format!("How many papers the newest finished {unit} would hold if it lay on the line through the {unit}s before it; outside of the range where the difference passes with control over all themes{rate}.")),
        ("Band over refits", "Where the theme\u{2019}s share lies in nine of ten refits of the clustering on resampled papers. It says how far the share hangs on the clustering; the interval says how far it hangs on the sample.".to_owned()),
        ("Not robust", "Fewer than half of the refits give the same rise or fall, each judged by itself.".to_owned()),
        ("Burst", format!("A run of {unit}s in which the share was far above its usual one (Kleinberg\u{2019}s two-state automaton, at twice the odds), kept only where papers with shuffled dates hardly ever show as strong a one, with control over all themes{rate}. Papers are shuffled in clumps that have the dispersion of the corpus.")),
        ("Rank", format!("The order of the themes by share over up to eight periods of finished {unit}s with 30 dated papers or more. Neighbours may differ by chance; no test is made of it.")),
        ("Words within a theme", "Terms that more, or fewer, of the theme\u{2019}s papers use in the later half of its papers than in the earlier (log-odds with an informative Dirichlet prior), with control of false discoveries. New words in a theme are not more papers on it.".to_owned()),
        ("Emerging, fading out", format!("The theme had no paper in so many {unit}s before its first, or after its last, that a constant share does not explain it: the chance of so long a silence (hypergeometric) passes with control over all themes.")),
        ("Not finished", format!("The data ends inside this {unit}, or, by the papers\u{2019} own dates with day-by-day listings, less than 95% of its papers are expected to have been listed yet. It is drawn hollow and left out of every test.")),
        ("Doubtful", format!("A {unit} with less than a third of the papers of the {unit}s beside it, or with weekdays that have no listing in a daily feed. It takes part, and a notice names it.")),
    ]
}

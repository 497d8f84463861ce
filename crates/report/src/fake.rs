//! Turns a handful of numbers into an analysis that looks like a real one, for the tests of this crate.
//! Not part of the library.

use model::papers::{day_to_epoch, schema};
use model::trends::{Burst, Drift, DriftTerm};
use model::{
    Acronym, Analysis, Assignment, Bin, BinUnit, BorderPaper, Clock, Coherence, Day, Merge, Notice, Papers, Quality,
    RefitBand, SettingValue, Severity, Share, SourceSummary, Standing, Theme, ThemeCoherence, ThemeCount,
    ThemeCountCandidate, ThemeId, ThemeTerm, Themes, Timeline, Trend, Trends, Verdict, VerdictKind,
};
use polars::prelude::*;

const NAMES: [&str; 30] = [
    "speculative decoding",
    "diffusion sampling",
    "graph neural networks",
    "LLM agents",
    "KV cache compression",
    "retrieval-augmented generation",
    "mixture of experts",
    "vision-language models",
    "text-to-video generation",
    "state space models",
    "reinforcement learning from human feedback",
    "preference optimisation",
    "code generation benchmarks",
    "3D Gaussian splatting",
    "long-context attention",
    "quantisation",
    "protein language models",
    "federated learning",
    "time series forecasting",
    "robot manipulation policies",
    "speech recognition",
    "multilingual evaluation",
    "mathematical reasoning with process rewards",
    "image editing",
    "knowledge graphs",
    "adversarial robustness",
    "causal inference",
    "autonomous driving",
    "model merging",
    "watermarking",
];

/// What a fake analysis is made of.
pub struct Fake {
    pub papers: usize,
    pub themes: usize,
    pub bins: usize,
    /// Every n-th paper has no date.
    pub undated_every: usize,
    /// Finished bins at the end that make a window of their own, in which no theme has enough papers; 0: one window.
    pub recent_bins: usize,
    pub name: fn(usize) -> String,
    pub title: fn(usize) -> String,
}

pub const REALISTIC: Fake =
    Fake { papers: 2000, themes: 30, bins: 14, undated_every: 17, recent_bins: 0, name: theme_name, title };

pub fn theme_name(i: usize) -> String {
    NAMES.get(i).map_or_else(|| format!("{} {}", NAMES[i % 30], i / 30 + 1), |n| (*n).to_owned())
}

pub fn title(i: usize) -> String {
    format!("Paper {i} on {} at scale: a careful study", NAMES[i * 7 % 30])
}

/// A repeatable number in [0, 1) from any two numbers (splitmix64).
fn noise(a: usize, b: usize) -> f64 {
    let mut z =
        (a as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add((b as u64).wrapping_mul(0xD1B5_4A32_D192_ED03));
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}

fn colour(i: usize) -> [u8; 3] {
    const BASE: [[u8; 3]; 10] = [
        [31, 119, 180],
        [214, 96, 30],
        [44, 140, 70],
        [190, 45, 60],
        [120, 90, 180],
        [140, 86, 75],
        [200, 100, 170],
        [90, 100, 110],
        [130, 130, 20],
        [20, 150, 165],
    ];
    let fade = 1.0 - 0.25 * (i / 10) as f64 % 1.0;
    BASE[i % 10].map(|c| (f64::from(c) * fade) as u8)
}

fn monday(week: usize) -> Day {
    Day::constant(2025, 8, 4).checked_add(jiff::Span::new().weeks(i64::try_from(week).unwrap())).unwrap()
}

impl Fake {
    pub fn build(&self) -> Analysis {
        let themes = self.make_themes();
        let dates = self.dates();
        let trends = self.make_trends(&themes, &dates);
        Analysis {
            run_id: "0a1b2c3d4e5f".into(),
            version: "0.1.0".into(),
            settings: [("bin", "auto"), ("seed", "0"), ("themes", "auto")]
                .map(|(name, value)| SettingValue { name: name.into(), value: value.into() })
                .to_vec(),
            inputs: self.inputs(&dates),
            papers: self.make_papers(&dates),
            merged: 17,
            n_terms: 12_345,
            acronyms: vec![Acronym {
                acronym: "GNN".into(),
                long_form: "graph neural network".into(),
                explained: 3,
                used: 9,
            }],
            themes,
            continuity: None,
            trends,
            notices: notices(),
        }
    }

    /// Dated papers first, in order: `Papers` wants them so.
    fn dates(&self) -> Vec<Option<Day>> {
        let undated = self.papers.checked_div(self.undated_every).unwrap_or(0);
        let n_dated = if self.bins == 0 { 0 } else { self.papers - undated };
        // The last week is half full.
        let days = (self.bins * 7).saturating_sub(4).max(1);
        let day = |i: usize| {
            monday(0).checked_add(jiff::Span::new().days(i64::try_from(i * days / n_dated.max(1)).unwrap())).unwrap()
        };
        (0..self.papers).map(|i| (i < n_dated).then(|| day(i))).collect()
    }

    fn make_papers(&self, dates: &[Option<Day>]) -> Papers {
        let n = self.papers;
        let days: Vec<Option<i32>> = dates.iter().map(|d| d.map(day_to_epoch)).collect();
        let lists: ListChunked =
            (0..n).map(|i| Series::new("".into(), [format!("page-{}.txt:{}", i % 5, i + 1)])).collect();
        let date = |name: &str| Column::new(name.into(), &days).cast(&DataType::Date).unwrap();
        let columns = vec![
            Column::new("id".into(), (0..n).map(|i| format!("{i:016x}")).collect::<Vec<_>>()),
            Column::new("title".into(), (0..n).map(self.title).collect::<Vec<_>>()),
            Column::new("abstract".into(), (0..n).map(|i| format!("We study {}.", NAMES[i % 30])).collect::<Vec<_>>()),
            date("published"),
            date("seen"),
            Column::new("authors".into(), vec![Some(4_u32); n]),
            Column::new("organisation".into(), vec![None::<String>; n]),
            Column::new("comments".into(), vec![None::<u32>; n]),
            Column::new("upvotes".into(), vec![None::<u32>; n]),
            Column::new(
                "link".into(),
                (0..n).map(|i| (i % 2 == 0).then(|| format!("https://example.org/{i}"))).collect::<Vec<_>>(),
            ),
            lists.into_series().with_name("sources".into()).into(),
        ];
        let frame = DataFrame::new(n, columns).unwrap();
        assert_eq!(frame.width(), schema().len());
        Papers::new(frame).unwrap()
    }

    /// Position of the theme of a paper; about a tenth is in none. Early themes are larger; theme 0 grows, theme 1 shrinks.
    fn theme_of(&self, paper: usize) -> Option<usize> {
        if self.themes == 0 || noise(paper, 1) < 0.1 {
            return None;
        }
        let t = paper as f64 / self.papers as f64;
        let weight = |i: usize| {
            1.0 / (i as f64 + 4.0)
                * match i {
                    0 => 0.5 + 1.6 * t,
                    1 => 2.0 - 1.4 * t,
                    5 => 0.3 + 1.5 * t,
                    _ => 1.0,
                }
        };
        let total: f64 = (0..self.themes).map(weight).sum();
        let mut left = noise(paper, 2) * total;
        (0..self.themes).find(|&i| {
            left -= weight(i);
            left <= 0.0
        })
    }

    fn make_themes(&self) -> Themes {
        let theme: Vec<Option<usize>> = (0..self.papers).map(|p| self.theme_of(p)).collect();
        let nearest = theme.iter().map(|t| (self.themes > 0).then(|| t.unwrap_or(0))).collect();
        let strength = (0..self.papers).map(|p| noise(p, 3) as f32).collect();
        let themes = (0..self.themes).map(|i| self.make_theme(i, &theme)).collect();
        let map = (0..self.papers).map(|p| map_place(p, theme[p])).collect();
        let candidates = [2, 3, 5, 8, 14, 20, 30, 40]
            .map(|k| ThemeCountCandidate {
                k,
                agreement: 0.8 - (k as f64 - 30.0).abs() / 100.0,
                separation: 0.1 + k as f64 / 400.0,
                score: 0.5 - (k as f64 - 30.0).abs() / 90.0,
            })
            .to_vec();
        Themes {
            themes,
            assignment: Assignment { next: vec![None; self.papers], theme, nearest, strength, memberships: Vec::new() },
            likeness: Vec::new(),
            least_likeness: None,
            map,
            count: ThemeCount { k: self.themes, candidates, reason: "agreement is largest at 30".into() },
            dimensions: 100,
            refits: Vec::new(),
            quality: quality(self.themes),
            parents: self.make_parents(),
            notices: Vec::new(),
        }
    }

    /// Neighbours in number are joined, two by two.
    fn make_parents(&self) -> Vec<Merge> {
        let mut open: std::collections::VecDeque<usize> = (0..self.themes).collect();
        let mut merges = Vec::new();
        while let (Some(a), Some(b)) = (open.pop_front(), open.pop_front()) {
            open.push_back(self.themes + merges.len());
            let distance = 0.3 + 0.6 * (merges.len() + 1) as f64 / self.themes as f64;
            merges.push(Merge { left: a.min(b), right: a.max(b), distance });
        }
        merges
    }

    fn make_theme(&self, i: usize, of: &[Option<usize>]) -> Theme {
        let rows: Vec<usize> = (0..self.papers).filter(|&p| of[p] == Some(i)).collect();
        let name = (self.name)(i);
        let term = |(j, display): (usize, &str)| ThemeTerm {
            display: display.to_owned(),
            term: j as u32,
            weight: 1.0 / (j as f32 + 1.0),
        };
        let terms =
            [name.as_str(), "draft model", "acceptance rate", "throughput", "latency", "token tree", "verification"];
        Theme {
            id: ThemeId(i as u32 + 1),
            terms: terms.into_iter().enumerate().map(term).collect(),
            name,
            representative: rows.iter().take(5).copied().collect(),
            border: rows
                .iter()
                .skip(5)
                .take(2)
                .map(|&paper| BorderPaper { paper, other: (i + 1) % self.themes })
                .collect(),
            size: rows.len(),
            centroid: vec![1.0, 0.0],
            survival: (i % 4 != 3).then_some(0.9 - 0.02 * i as f32 % 0.5),
            colour: colour(i),
        }
    }

    fn make_trends(&self, themes: &Themes, dates: &[Option<Day>]) -> Trends {
        let n_dated = dates.iter().flatten().count();
        let undated = dates.len() - n_dated;
        if self.bins == 0 {
            let absent_because = Some("no paper has a date".to_owned());
            return Trends { dated: n_dated, undated, absent_because, ..Trends::default() };
        }
        let bins: Vec<Bin> = (0..self.bins)
            .map(|i| Bin { start: monday(i), end: monday(i + 1), finished: i + 1 < self.bins || self.bins == 1 })
            .collect();
        let trends: Vec<Trend> = (0..self.themes).map(|i| self.make_trend(i, &bins, themes, dates)).collect();
        let as_of = dates.iter().flatten().max().copied().unwrap_or(monday(0));
        let reason = "weeks are the finest with a median of 30 papers".to_owned();
        let clock_reason = "no day-by-day listing was read".to_owned();
        let standings = standings(&bins, &trends);
        let timeline = Timeline { unit: BinUnit::Week, clock: Clock::Published, bins, as_of, reason, clock_reason };
        let timeline = Some(timeline);
        Trends {
            timeline,
            trends,
            standings,
            dated: n_dated,
            undated,
            window: 12,
            q: 0.1,
            flat_margin: 0.02,
            ..Trends::default()
        }
    }

    fn make_trend(&self, i: usize, bins: &[Bin], themes: &Themes, dates: &[Option<Day>]) -> Trend {
        let within = |bin: &Bin, p: usize| dates[p].is_some_and(|d| bin.start <= d && d < bin.end);
        let shares: Vec<Share> = bins
            .iter()
            .map(|bin| {
                let rows: Vec<usize> = (0..self.papers).filter(|&p| within(bin, p)).collect();
                let count = rows.iter().filter(|&&p| themes.assignment.theme[p] == Some(i)).count() as u32;
                share(count, rows.len() as u32)
            })
            .collect();
        let theme = ThemeId(i as u32 + 1);
        let overall = (bins.len() > 2).then(|| verdict(i, bins, &shares));
        let recent =
            if self.recent_bins == 0 { overall.clone() } else { overall.as_ref().map(|v| self.undecided(v, bins)) };
        let bursts = if i % 7 == 1 && bins.len() > 8 { vec![burst(bins, i)] } else { Vec::new() };
        let drift = (i.is_multiple_of(5) && bins.len() > 8).then(|| drift(bins, i));
        let band = |s: &Share| s.share.map(|share| RefitBand { low: share * 0.8, high: share * 1.1 });
        let refit_bands = shares.iter().map(band).collect();
        Trend { theme, recent, overall, shares, latest: None, bursts, appearance: None, drift, refit_bands }
    }

    /// The recent window where it says nothing.
    fn undecided(&self, whole: &Verdict, bins: &[Bin]) -> Verdict {
        let finished: Vec<&Bin> = bins.iter().filter(|b| b.finished).collect();
        Verdict {
            window_start: finished[finished.len() - self.recent_bins].start,
            kind: VerdictKind::TooFewPapers,
            share_last: whole.share_first,
            change: Some(0.0),
            robustness: None,
            ..whole.clone()
        }
    }

    fn inputs(&self, dates: &[Option<Day>]) -> Vec<SourceSummary> {
        let n_dated = dates.iter().flatten().count();
        (0..5)
            .map(|i| SourceSummary {
                name: format!("page-{i}.txt"),
                bytes: 123_456,
                blake3: "ab".repeat(32),
                format: "page".into(),
                papers: self.papers / 5,
                dated: n_dated / 5,
                duplicates: i,
                problems: usize::from(i == 2),
                page_year: Some("2025: no paper is younger than its page".into()),
            })
            .collect()
    }
}

/// Themes on a circle-like spiral, papers around them.
fn map_place(paper: usize, theme: Option<usize>) -> [f32; 2] {
    let (r, a) = (noise(paper, 4).sqrt(), noise(paper, 5) * std::f64::consts::TAU);
    let Some(i) = theme else { return [noise(paper, 6) as f32, noise(paper, 7) as f32] };
    let (cr, ca) = (0.42 * ((i as f64 + 0.5) / 30.0).sqrt(), i as f64 * 2.399_963);
    let spread = 0.06;
    [(0.5 + cr * ca.cos() + spread * r * a.cos()) as f32, (0.5 + cr * ca.sin() + spread * r * a.sin()) as f32]
}

fn share(count: u32, total: u32) -> Share {
    if total == 0 {
        return Share { count, total, share: None, low: None, high: None };
    }
    let (n, z) = (f64::from(total), 1.96);
    let p = f64::from(count) / n;
    let centre = (p + z * z / (2.0 * n)) / (1.0 + z * z / n);
    let half = z / (1.0 + z * z / n) * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    Share { count, total, share: Some(p), low: Some((centre - half).max(0.0)), high: Some((centre + half).min(1.0)) }
}

fn verdict(i: usize, bins: &[Bin], shares: &[Share]) -> Verdict {
    let finished: Vec<&Share> = shares.iter().zip(bins).filter(|(_, b)| b.finished).map(|(s, _)| s).collect();
    let half = finished.len() / 2;
    let mean = |part: &[&Share]| {
        let (c, t) = part.iter().fold((0, 0), |(c, t), s| (c + s.count, t + s.total));
        f64::from(c) / f64::from(t.max(1))
    };
    let (first, last) = (mean(&finished[..half]), mean(&finished[half..]));
    let change = last - first;
    let margin = 0.004 + 0.12 * first;
    let kind = match change {
        c if c > margin => VerdictKind::Rising,
        c if c < -margin => VerdictKind::Falling,
        _ if i.is_multiple_of(3) => VerdictKind::Flat,
        _ => VerdictKind::TooFewPapers,
    };
    Verdict {
        window_start: bins[0].start,
        window_end: bins[finished.len() - 1].end,
        kind,
        share_first: Some(first),
        share_last: Some(last),
        change: Some(change),
        change_low: Some(change - margin),
        change_high: Some(change + margin),
        p: Some(noise(i, 9)),
        q: Some(noise(i, 9).max(0.2 * noise(i, 10))),
        papers: finished.iter().map(|s| s.count).sum(),
        total: finished.iter().map(|s| s.total).sum(),
        detectable: Some(0.03),
        margin: 0.01,
        dispersion: Some(1.2),
        robustness: (i == 1).then_some(0.4),
        reason: "the interval of the change includes no change".into(),
        ..Verdict::default()
    }
}

/// One period a finished bin, at most eight.
fn standings(bins: &[Bin], trends: &[Trend]) -> Vec<Standing> {
    let finished: Vec<usize> = (0..bins.len()).filter(|&i| bins[i].finished).collect();
    let standing = |&i: &usize| {
        let counts: Vec<u32> = trends.iter().map(|t| t.shares[i].count).collect();
        let above = |p: usize| (0..counts.len()).filter(|&o| (counts[o], p) > (counts[p], o)).count() as u32;
        let ranks = (0..counts.len()).map(|p| above(p) + 1).collect();
        Standing { start: bins[i].start, end: bins[i].end, total: trends[0].shares[i].total.max(1), counts, ranks }
    };
    if trends.is_empty() { Vec::new() } else { finished.iter().rev().take(8).rev().map(standing).collect() }
}

fn burst(bins: &[Bin], i: usize) -> Burst {
    Burst {
        first: 3,
        last: 5,
        start: bins[3].start,
        end: bins[5].end,
        weight: 9.5 + i as f64,
        papers: 40 + i as u32,
        total: 420,
        p: 0.001,
        q: 0.02,
    }
}

fn drift(bins: &[Bin], i: usize) -> Drift {
    let term = |display: &str, earlier, later, z| DriftTerm {
        term: 1,
        display: display.into(),
        earlier,
        later,
        z: z * (1.0 + i as f64 / 100.0),
        q: 0.01,
        papers: vec![3, 2, 1],
    };
    let terms = vec![term("tree attention", 1, 17, 4.1), term("draft model", 22, 9, -3.6)];
    Drift { split: bins[6].start, earlier: 60, later: 70, terms }
}

fn notices() -> Vec<Notice> {
    vec![Notice {
        severity: Severity::Warning,
        file: Some("page-2.txt".into()),
        line: Some(17),
        found: "a title without an abstract".into(),
        expected: "a line of text below the title".into(),
        hint: "the paper takes part by its title alone".into(),
    }]
}

fn quality(themes: usize) -> Quality {
    let words = (0..10).map(|word| format!("word{word}")).collect();
    let of_theme = ThemeCoherence { words, npmi: Some(0.21), c_v: Some(0.55) };
    Quality {
        silhouette: Some(0.12),
        smallest: Some(3),
        median_size: Some(7.5),
        largest: Some(30),
        left_out: 0.1,
        coherence: Coherence {
            npmi: Some(0.21),
            c_v: Some(0.55),
            diversity: Some(0.93),
            themes: vec![of_theme; themes],
        },
        ..Quality::default()
    }
}

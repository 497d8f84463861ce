//! Measures the text stage, from texts in memory to the finished matrix, and prints a table: megabytes (10^6 bytes of UTF-8 in
//! titles and abstracts) a second on one thread and on two. Reads JSON lines with `title` and `abstract` from the file that is
//! named, or makes up a corpus; writes nothing.
//!
//! `cargo run --release -p papertide-text --example throughput [FILE.jsonl]`

use mimalloc::MiMalloc;
use model::Documents;
use papertide_text::{TextSettings, term_matrix};
use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

/// That of the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// The fastest of so many runs counts.
const RUNS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let papers = match std::env::args().nth(1) {
        Some(file) => read(&file)?,
        None => made_up(20_000),
    };
    let documents = Documents {
        titles: papers.iter().map(|(title, _)| title.as_str()).collect(),
        abstracts: papers.iter().map(|(_, text)| text.as_str()).collect(),
    };
    let bytes: usize = papers.iter().map(|(title, text)| title.len() + text.len()).sum();
    let size = bytes as f64 / 1e6;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "| papers | MB | terms | threads | seconds | MB/s | seconds of processor time |\n|---|---|---|---|---|---|---|"
    )?;
    for threads in [1, 2] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
        let runs: Vec<Run> = (0..RUNS).map(|_| pool.install(|| run(&documents))).collect();
        let least = |of: fn(&Run) -> f64| runs.iter().map(of).fold(f64::INFINITY, f64::min);
        let (seconds, processor) = (least(|run| run.seconds), least(|run| run.processor));
        let (papers, terms) = (papers.len(), runs[0].terms);
        writeln!(
            out,
            "| {papers} | {size:.1} | {terms} | {threads} | {seconds:.2} | {:.1} | {processor:.2} |",
            size / seconds
        )?;
    }
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    if let Some(peak) = status.lines().find(|line| line.starts_with("VmHWM")) {
        writeln!(out, "peak, the texts included: {}", peak.trim_start_matches("VmHWM:").trim())?;
    }
    Ok(())
}

struct Run {
    terms: usize,
    seconds: f64,
    /// Of all threads; not a number where the system does not tell it.
    processor: f64,
}

fn run(documents: &Documents<'_>) -> Run {
    let (start, before) = (Instant::now(), processor_seconds());
    let terms = term_matrix(documents, &TextSettings::default()).n_terms();
    Run { terms, seconds: start.elapsed().as_secs_f64(), processor: processor_seconds() - before }
}

/// User and system time of this process so far, as Linux tells it in hundredths of a second.
fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<f64> = stat.split_whitespace().skip(13).take(2).filter_map(|field| field.parse().ok()).collect();
    if fields.len() == 2 { fields.iter().sum::<f64>() / 100.0 } else { f64::NAN }
}

/// Titles and abstracts; a line without one of them is an error.
fn read(file: &str) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let mut papers = Vec::new();
    for (line, text) in std::fs::read_to_string(file)?.lines().enumerate() {
        let record: serde_json::Value = serde_json::from_str(text)?;
        let field = |name: &str| {
            let value = record[name].as_str().ok_or(format!("{file}:{}: no text in `{name}`", line + 1))?;
            Ok::<_, Box<dyn Error>>(value.to_owned())
        };
        papers.push((field("title")?, field("abstract")?));
    }
    Ok(papers)
}

/// Papers of made-up words, of which a few are frequent and most are rare, with the punctuation of prose.
fn made_up(papers: usize) -> Vec<(String, String)> {
    const SYLLABLES: [&str; 16] =
        ["gra", "ph", "net", "lo", "mi", "ser", "tion", "ka", "ve", "dis", "pro", "ing", "al", "te", "ru", "den"];
    let mut state = 1_u64;
    let mut random = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f64 / f64::from(1 << 24)
    };
    let mut text = |words: usize| {
        let mut out = String::new();
        for at in 0..words {
            // About as many words of rank r as 1/r: the logarithm of the rank is even.
            let rank = (40_000_f64.ln() * random()).exp() as usize;
            let mut left = rank * 7 + 1;
            while left > 0 {
                out.push_str(SYLLABLES[left % 16]);
                left /= 16;
            }
            out.push_str(if at % 12 == 11 { ". " } else { " " });
        }
        out
    };
    (0..papers).map(|_| (text(9), text(170))).collect()
}

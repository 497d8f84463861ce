//! Prints how well the themes of labelled corpora agree with their labels, with each other over seeds, and with themselves.
//!
//! `cargo run --release -p papertide-pipeline --example scores -- PATH...` where a PATH is a folder with `gold`, `demo` and
//! `corpora`, or a table (.parquet, .csv) with the columns title, abstract and label. Medians over seeds 0 to 4, default
//! settings; of a corpus's rows the first two keep every paper, the third leaves papers out. Writes nothing.

#![expect(clippy::print_stdout, reason = "the table is what the program is for")]

mod corpora;
mod score;

use corpora::{Corpus, corpora};
use score::{SEEDS, Score, score};
use themes::Outliers;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("medians over {SEEDS} seeds; papers with a label / labels; k asked for");
    println!("corpus             papers labels    k | k found   NMI   ARI  seeds |  NPMI   c_v  left out    time");
    for path in std::env::args().skip(1) {
        for corpus in corpora(&path)? {
            print(&corpus)?;
        }
    }
    Ok(())
}

/// The rows of one corpus: k as many as labels, then k chosen; then with papers left out.
fn print(corpus: &Corpus) -> Result<(), Box<dyn std::error::Error>> {
    let matrix = text::term_matrix(&corpus.documents(), &text::TextSettings::default());
    let rows = [(Some(corpus.labels()), Outliers::Keep), (None, Outliers::Keep), (None, Outliers::Drop)];
    for (k, outliers) in rows {
        print_row(corpus, k, outliers, &score(corpus, &matrix, k, outliers)?);
    }
    Ok(())
}

fn print_row(corpus: &Corpus, k: Option<usize>, outliers: Outliers, score: &Score) {
    let asked = k.map_or_else(|| "auto".to_owned(), |k| k.to_string());
    let left_out = match outliers {
        Outliers::Keep => "kept".to_owned(),
        Outliers::Drop => format!("{:.1}%", 100.0 * score.left_out),
    };
    println!(
        "{:18} {:6} {:6} {asked:>4} | {:7} {:5.3} {:5.3}  {:5.3} | {:5.3} {:5.3} {left_out:>9} {:6.1}s",
        corpus.name,
        corpus.labelled(),
        corpus.labels(),
        score.k,
        score.nmi,
        score.ari,
        score.seeds,
        score.npmi,
        score.c_v,
        score.seconds,
    );
}

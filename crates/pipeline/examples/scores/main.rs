//! Prints how well the themes of labelled corpora agree with their labels, with each other over seeds, and with themselves.
//!
//! `cargo run --release -p papertide-pipeline --example scores -- [--orders N] PATH...` where a PATH is a folder with `gold`, `demo`
//! and `corpora`, or a table (.parquet, .csv) with the columns title, abstract and label. Medians over seeds 0 to 4, default
//! settings; of a corpus's rows the first two keep every paper, the third leaves papers out. `--orders`: the medians' means over as
//! many orders of the papers, the first of them as they were read; of few papers another order moves a score as far as another
//! seed. Writes nothing.

#![expect(clippy::print_stdout, reason = "the table is what the program is for")]

mod corpora;
mod score;

use corpora::{Corpus, corpora};
use score::{SEEDS, Score, mean, score};
use themes::Outliers;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let orders = match arguments.iter().position(|argument| argument == "--orders") {
        Some(at) => arguments.drain(at..(at + 2).min(arguments.len())).next_back().unwrap_or_default().parse()?,
        None => 1,
    };
    println!("medians over {SEEDS} seeds, means over {orders} orders; papers with a label / labels; k asked for");
    println!("corpus             papers labels    k | k found   NMI   ARI  seeds |  NPMI   c_v  left out    time");
    for path in arguments {
        for corpus in corpora(&path)? {
            print(&corpus, orders)?;
        }
    }
    Ok(())
}

/// The rows of one corpus: k as many as labels, then k chosen; then with papers left out.
fn print(corpus: &Corpus, orders: u64) -> Result<(), Box<dyn std::error::Error>> {
    let ordered: Vec<Corpus> = (0..orders.max(1)).map(|order| corpus.in_order(order)).collect();
    let settings = text::TextSettings::default();
    let matrices: Vec<_> = ordered.iter().map(|corpus| text::term_matrix(&corpus.documents(), &settings)).collect();
    let rows = [(Some(corpus.labels()), Outliers::Keep), (None, Outliers::Keep), (None, Outliers::Drop)];
    for (k, outliers) in rows {
        let of_order = ordered.iter().zip(&matrices).map(|(corpus, matrix)| score(corpus, matrix, k, outliers));
        print_row(corpus, k, outliers, &mean(&of_order.collect::<Result<Vec<Score>, _>>()?));
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
        "{:18} {:6} {:6} {asked:>4} | {:7.1} {:5.3} {:5.3}  {:5.3} | {:5.3} {:5.3} {left_out:>9} {:6.1}s",
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

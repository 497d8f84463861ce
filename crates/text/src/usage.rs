//! Occurrences of terms to how people use them: how often in titles, and how often only to lead on to the next word.

use crate::counting::StemCounts;
use crate::display::Writings;
use crate::units::{NO_STEM, PaperUnits};
use crate::vocabulary::Terms;

/// Occurrences that every term is given beforehand, used like an average one: three sightings prove little.
const BEFOREHAND: f32 = 5.0;

/// Occurrences of a term: all, in titles, and those that begin a sequence that may be a term.
#[derive(Debug, Clone, Copy, Default)]
struct Uses {
    all: f32,
    in_titles: f32,
    leading: f32,
}

/// How often each term stands in titles, as a multiple of what is usual (1 where there are no titles), and the share of its
/// occurrences in which it leads on to the next word ("federated" in "federated learning").
#[must_use]
pub fn usage(terms: &Terms, all: &PaperUnits, stems: &StemCounts, phrases: &[Writings]) -> (Vec<f32>, Vec<f32>) {
    let mut uses = vec![Uses::default(); terms.names.len()];
    let words = all.words.iter().zip(&stems.words).zip(&stems.leading).filter(|((word, _), _)| word.stem != NO_STEM);
    for ((word, &[text, title]), &leading) in words {
        if let Some(term) = terms.single(word.stem) {
            uses[term as usize].count([text, title], leading);
        }
    }
    for &(term, [text, title, leading], _) in phrases.iter().flatten() {
        uses[term as usize].count([text, title], leading);
    }
    let total: f32 = uses.iter().map(|uses| uses.all).sum();
    let usual = uses.iter().map(|uses| uses.in_titles).sum::<f32>() / total.max(1.0);
    uses.iter().map(|uses| (uses.titled(usual), uses.leading / uses.all.max(1.0))).unzip()
}

impl Uses {
    fn count(&mut self, [text, title]: [u32; 2], leading: u32) {
        self.all += (text + title) as f32;
        self.in_titles += title as f32;
        self.leading += leading as f32;
    }

    fn titled(&self, usual: f32) -> f32 {
        if usual > 0.0 { (self.in_titles / usual + BEFOREHAND) / (self.all + BEFOREHAND) } else { 1.0 }
    }
}

#[cfg(test)]
mod tests {
    use crate::{TextSettings, term_matrix};
    use model::Documents;

    #[test]
    fn titles_and_words_that_lead_on_are_counted() {
        let titles = ["Federated learning", "Federated learning at scale", "Federated learning and clients", "Clients"];
        let abstracts = ["Here federated learning waits for the clients."; 4];
        let documents = Documents { titles: titles.to_vec(), abstracts: abstracts.to_vec() };
        let vocabulary = term_matrix(&documents, &TextSettings::default()).vocabulary;
        let at = |shown: &str| vocabulary.display.iter().position(|d| d == shown).unwrap();
        let (federated, clients) = (at("federated"), at("clients"));
        assert!(vocabulary.leading[federated] > 0.99 && vocabulary.leading[clients] < 0.01, "{vocabulary:?}");
        assert!(vocabulary.titled[at("federated learning")] > vocabulary.titled[clients], "{vocabulary:?}");
        let untitled = Documents { titles: vec![""; 4], abstracts: abstracts.to_vec() };
        let vocabulary = term_matrix(&untitled, &TextSettings::default()).vocabulary;
        assert!(vocabulary.titled.iter().all(|titled| (titled - 1.0).abs() < f32::EPSILON), "{vocabulary:?}");
    }
}

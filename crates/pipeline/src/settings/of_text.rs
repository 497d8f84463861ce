//! The settings of weighing terms.

use super::{
    field::field,
    setting::{Accessor, Put, Setting},
    takes::Takes,
};
use crate::Stage;
use text::TextSettings;

/// A field that is forgotten below does not compile here.
const _: fn(TextSettings) = |TextSettings {
                                 title_weight: _,
                                 min_papers: _,
                                 max_share: _,
                                 ngram: _,
                                 min_phrase_papers: _,
                                 min_npmi: _,
                                 stop_words: _,
                                 synonyms: _,
                             }| ();

pub(super) const ALL: &[Setting] = &[
    Setting {
        name: "title-weight",
        about: "How many times the words of a title count",
        takes: Takes::Whole(1, 100),
        unset: None,
        stage: Stage::Text,
        field: field!(text.title_weight),
    },
    Setting {
        name: "min-papers",
        about: "Fewest papers that a word must stand in; auto: sqrt(papers) / 40, at least 2",
        takes: Takes::Whole(1, u32::MAX as u64),
        unset: Some("auto"),
        stage: Stage::Text,
        field: field!(text.min_papers),
    },
    Setting {
        name: "max-share",
        about: "A word or phrase in more than this share of the papers tells nothing apart and is left out",
        takes: Takes::Number { least: 0.0, most: 1.0, or_least: false },
        unset: None,
        stage: Stage::Text,
        field: field!(text.max_share),
    },
    Setting {
        name: "ngram",
        about: "Words of the longest phrase that is a term; 1: no phrases but those of synonyms",
        takes: Takes::Whole(1, 3),
        unset: None,
        stage: Stage::Text,
        field: field!(text.ngram),
    },
    Setting {
        name: "min-phrase-papers",
        about: "Fewest papers that a phrase must stand in; auto: sqrt(papers) / 20, at least 3",
        takes: Takes::Whole(1, u32::MAX as u64),
        unset: Some("auto"),
        stage: Stage::Text,
        field: field!(text.min_phrase_papers),
    },
    Setting {
        name: "min-npmi",
        about: "Least association of the words of a phrase: 0 = chance, 1 = never apart",
        takes: Takes::Number { least: -1.0, most: 1.0, or_least: true },
        unset: None,
        stage: Stage::Text,
        field: field!(text.min_npmi),
    },
    Setting {
        name: "stop-words",
        about: "Words and phrases that are never terms or names: one a line, # begins a remark",
        takes: Takes::File,
        unset: Some("none"),
        stage: Stage::Text,
        field: Accessor {
            get: |settings| listed(&settings.text.stop_words),
            put: Put::File(|settings, file| {
                settings.text.stop_words = file.map(papers::stop_words).transpose()?.unwrap_or_default();
                Ok(())
            }),
        },
    },
    Setting {
        name: "synonyms",
        about: "Words and phrases that count as others: lines such as `RAG = retrieval-augmented generation, rag system`",
        takes: Takes::File,
        unset: Some("none"),
        stage: Stage::Text,
        field: Accessor {
            get: |settings| {
                let lines = settings.text.synonyms.iter();
                let lines = lines.map(|given| format!("{} = {}", given.canonical, given.others.join(", ")));
                listed(&lines.collect::<Vec<_>>())
            },
            put: Put::File(|settings, file| {
                settings.text.synonyms = file.map(papers::synonyms).transpose()?.unwrap_or_default();
                Ok(())
            }),
        },
    },
];

/// What a list holds, and not the name of its file: the run id follows the content.
fn listed(lines: &[String]) -> Option<String> {
    (!lines.is_empty()).then(|| lines.join("\n"))
}

//! The settings of finding themes.

use super::{
    field::{field, words},
    setting::{Accessor, Put, Setting},
    takes::Takes,
};
use crate::{SeedTheme, Stage, seed_themes::seed_themes};
use model::Notice;
use papers::Source;
use themes::{Algorithm, Density, Linkage, Outliers, ThemeSettings};

/// A field that is forgotten below does not compile here.
const _: fn(ThemeSettings) = |ThemeSettings {
                                  themes: _,
                                  algorithm: _,
                                  level: _,
                                  density: Density { eps: _, min_points: _ },
                                  linkage: _,
                                  seed: _,
                                  outliers: _,
                                  max_dimensions: _,
                                  neighbours: _,
                                  averaging_rounds: _,
                                  refits: _,
                              }| ();

pub(super) const ALL: &[Setting] = &[
    Setting {
        name: "themes",
        about: "Number of themes; auto: chosen by agreement and separation",
        takes: Takes::Whole(1, u32::MAX as u64),
        unset: Some("auto"),
        stage: Stage::Themes,
        field: field!(themes.themes),
    },
    Setting {
        name: "algorithm",
        about: "How papers are grouped; dbscan and optics find the number of themes themselves",
        takes: Takes::Words(words::<Algorithm>),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.algorithm),
    },
    Setting {
        name: "eps",
        about: "For dbscan and optics: the distance within which papers are neighbours; auto: from the papers",
        takes: Takes::Number { least: 0.0, most: 2.0, or_least: false },
        unset: Some("auto"),
        stage: Stage::Themes,
        field: field!(themes.density.eps),
    },
    Setting {
        name: "min-points",
        about: "For dbscan and optics: papers, itself counted, that make the place of a paper dense; auto: from their number",
        takes: Takes::Whole(2, u32::MAX as u64),
        unset: Some("auto"),
        stage: Stage::Themes,
        field: field!(themes.density.min_points),
    },
    Setting {
        name: "linkage",
        about: "For hierarchical: which two groups are the nearest; auto: ward",
        takes: Takes::Words(words::<Linkage>),
        unset: Some("auto"),
        stage: Stage::Themes,
        field: field!(themes.linkage),
    },
    Setting {
        name: "level",
        about: "Merge the themes that were found to this many, the nearest first",
        takes: Takes::Whole(1, u32::MAX as u64),
        unset: Some("none"),
        stage: Stage::Themes,
        field: field!(themes.level),
    },
    Setting {
        name: "seed-themes",
        about: "TOML file of themes that you want to see, each a `theme` table with name, words and example titles",
        takes: Takes::File,
        unset: Some("none"),
        stage: Stage::Themes,
        field: Accessor {
            get: |settings| {
                let themes: Vec<String> = settings.seed_themes.iter().map(SeedTheme::to_string).collect();
                (!themes.is_empty()).then(|| themes.join("\n"))
            },
            put: Put::File(|settings, file| {
                settings.seed_themes = file.map(seeds).transpose()?.unwrap_or_default();
                Ok(())
            }),
        },
    },
    Setting {
        name: "previous",
        about: "Folder of the run before this one: themes that go on from it keep their numbers, names and colours",
        takes: Takes::Run,
        unset: Some("none"),
        stage: Stage::Themes,
        field: Accessor {
            get: |settings| settings.previous.as_ref().map(|previous| previous.run_id.clone()),
            put: Put::Run(|settings, run| settings.previous = run),
        },
    },
    Setting {
        name: "seed",
        about: "Seed of everything random",
        takes: Takes::Whole(0, u64::MAX),
        unset: None,
        stage: Stage::Themes,
        // One seed for everything random: stages draw from generators of their own.
        field: field!(themes.seed, trends.seed),
    },
    Setting {
        name: "outliers",
        about: "Whether papers far from every theme are kept in the nearest one, or left out of all (drop)",
        takes: Takes::Words(words::<Outliers>),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.outliers),
    },
    Setting {
        name: "max-dimensions",
        about: "Most dimensions of the embedding; fewer are kept where the papers have less to tell",
        takes: Takes::Whole(2, 1000),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.max_dimensions),
    },
    Setting {
        name: "neighbours",
        about: "Most nearest neighbours that a paper's embedding is averaged with",
        takes: Takes::Whole(1, 1000),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.neighbours),
    },
    Setting {
        name: "averaging-rounds",
        about: "How often it is averaged with them",
        takes: Takes::Whole(0, 20),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.averaging_rounds),
    },
    Setting {
        name: "refits",
        about: "Refits on resampled papers, which say how often each theme comes back",
        takes: Takes::Whole(0, 1000),
        unset: None,
        stage: Stage::Themes,
        field: field!(themes.refits),
    },
];

fn seeds(file: &Source) -> Result<Vec<SeedTheme>, Vec<Notice>> {
    seed_themes(&file.name, &String::from_utf8_lossy(&file.bytes))
}

//! Holds the measures against values by scikit-learn, gensim and the project's scorer, made by `tests/reference/make.py`.
//! Tests nothing that those do not have.

use crate::agreement::{adjusted_rand, normalised_mutual_information};
use crate::coherence::of_words;
use crate::quality::silhouette;
use model::Documents;
use ndarray::Array2;
use serde_json::Value;

fn reference() -> Value {
    serde_json::from_str(include_str!("../tests/reference/reference.json")).unwrap()
}

fn assert_close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-9, "{what}: {found}, not {expected}");
}

fn positions(value: &Value) -> Vec<usize> {
    value.as_array().unwrap().iter().map(|v| usize::try_from(v.as_u64().unwrap()).unwrap()).collect()
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().unwrap().iter().map(|v| v.as_str().unwrap()).collect()
}

#[test]
fn agreement_equals_scikit_learn() {
    for case in reference()["agreement"].as_array().unwrap() {
        let (a, b) = (positions(&case["a"]), positions(&case["b"]));
        assert_close(adjusted_rand(&a, &b), &case["ari"], "adjusted Rand");
        assert_close(normalised_mutual_information(&a, &b), &case["nmi"], "NMI");
    }
}

#[test]
fn silhouettes_equal_scikit_learn() {
    for case in reference()["silhouettes"].as_array().unwrap() {
        let rows = case["rows"].as_array().unwrap();
        let numbers = rows.iter().flat_map(|row| row.as_array().unwrap()).map(|v| v.as_f64().unwrap() as f32);
        let rows = Array2::from_shape_vec((rows.len(), rows[0].as_array().unwrap().len()), numbers.collect()).unwrap();
        let groups: Vec<Option<usize>> =
            case["groups"].as_array().unwrap().iter().map(|g| Some(usize::try_from(g.as_u64()?).unwrap())).collect();
        assert_close(silhouette(rows.view(), &groups, 6).unwrap(), &case["silhouette"], "silhouette");
    }
}

#[test]
fn coherence_equals_the_scorer_the_definition_and_gensim() {
    for case in reference()["coherence"].as_array().unwrap() {
        let documents = Documents { titles: texts(&case["titles"]), abstracts: texts(&case["abstracts"]) };
        let lists = case["words"].as_array().unwrap().iter();
        let words = lists.map(|list| texts(list).into_iter().map(str::to_owned).collect()).collect();
        let found = of_words(&documents, words);
        assert_close(found.npmi.unwrap(), &case["npmi"], "NPMI");
        assert_close(found.diversity.unwrap(), &case["diversity"], "diversity");
        assert_close(found.c_v.unwrap(), &case["c_v"], "c_v");
        for (theme, expected) in found.themes.iter().zip(case["c_v_of_themes"].as_array().unwrap()) {
            assert_close(theme.c_v.unwrap(), expected, "c_v of a theme");
        }
    }
}

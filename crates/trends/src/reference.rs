//! Holds the mathematics against values by statsmodels and `SciPy`, made by `tests/reference/make.py`.
//! Tests nothing that those do not have.

use crate::appearance::silence;
use crate::dispersion::trigamma;
use crate::logistic::{Series, fit};
use crate::tails::{t_quantile, t_two_sided};
use crate::{benjamini_hochberg, mann_kendall, theil_sen, wilson};
use serde_json::Value;

fn reference(key: &str) -> Value {
    let text = include_str!("../tests/reference/reference.json");
    serde_json::from_str::<Value>(text).unwrap()[key].take()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|v| v.as_f64().unwrap()).collect()
}

fn counts(value: &Value) -> Vec<u32> {
    numbers(value).into_iter().map(|v| v as u32).collect()
}

/// Equal to 1e-9, relative for values above 1.
fn assert_close(found: f64, expected: &Value, what: &str) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= 1e-9 * expected.abs().max(1.0), "{what}: {found}, not {expected}");
}

#[test]
fn regressions_equal_statsmodels() {
    for case in reference("regressions").as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let series = Series::new(&counts(&case["counts"]), &counts(&case["totals"]));
        let fit = fit(&series);
        assert_close(fit.line.first, &case["logits"][0], name);
        assert_close(fit.line.last, &case["logits"][1], name);
        let [first, mixed, last] = fit.information;
        let determinant = first * last - mixed * mixed;
        assert_close((last / determinant).sqrt(), &case["standard_errors"][0], name);
        assert_close((first / determinant).sqrt(), &case["standard_errors"][1], name);
        assert_close(fit.pearson, &case["pearson"], name);
        assert_close(fit.likelihood_ratio, &case["likelihood_ratio"], name);
        assert_close(fit.score, &case["score"], name);
    }
}

#[test]
fn rank_statistics_equal_scipy() {
    for case in reference("regressions").as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let (y, n) = (numbers(&case["counts"]), numbers(&case["totals"]));
        let filled: Vec<usize> = (0..n.len()).filter(|&t| n[t] > 0.0).collect();
        let x: Vec<f64> = filled.iter().map(|&t| t as f64).collect();
        let shares: Vec<f64> = filled.iter().map(|&t| y[t] / n[t]).collect();
        assert_close(theil_sen(&x, &shares).unwrap(), &case["theil_sen"], name);
        assert_close(mann_kendall(&shares).unwrap(), &case["mann_kendall_p"], name);
    }
}

#[test]
fn wilson_equals_statsmodels() {
    for case in reference("wilson").as_array().unwrap() {
        let whole = |key: &str| u32::try_from(case[key].as_u64().unwrap()).unwrap();
        let (low, high) = wilson(whole("count"), whole("total"), 1.0);
        assert_close(low, &case["low"], "low");
        assert_close(high, &case["high"], "high");
    }
}

#[test]
fn q_values_equal_statsmodels() {
    let case = reference("benjamini_hochberg");
    let p: Vec<Option<f64>> = numbers(&case["p"]).into_iter().map(Some).collect();
    for (found, expected) in benjamini_hochberg(&p).into_iter().zip(case["q"].as_array().unwrap()) {
        assert_close(found.unwrap(), expected, "q");
    }
}

#[test]
fn tails_and_quantiles_equal_scipy() {
    for case in reference("t").as_array().unwrap() {
        let degrees = case["degrees"].as_f64().unwrap();
        assert_close(t_two_sided(case["t"].as_f64().unwrap(), degrees), &case["p"], "tail");
    }
    for case in reference("t_quantile").as_array().unwrap() {
        let degrees = case["degrees"].as_f64().unwrap();
        assert_close(t_quantile(case["level"].as_f64().unwrap(), degrees), &case["t"], "quantile");
    }
}

#[test]
fn trigamma_equals_scipy() {
    for case in reference("trigamma").as_array().unwrap() {
        assert_close(trigamma(case["x"].as_f64().unwrap()), &case["value"], "trigamma");
    }
}

#[test]
fn silence_equals_the_hypergeometric_distribution_of_scipy() {
    for case in reference("hypergeometric_silence").as_array().unwrap() {
        let number = |key: &str| case[key].as_f64().unwrap();
        assert_close(silence(number("papers"), number("total"), number("silent")), &case["p"], "silence");
    }
}

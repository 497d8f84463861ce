//! Dense rows to groups, through linfa's `Fit` and `Predict`.

pub mod k_means;
pub mod spherical_k_means;

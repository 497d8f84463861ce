//! Turns p values into q values by the procedure of Benjamini and Hochberg.
//! Does not decide what passes.

/// The smallest false-discovery rate at which each test passes: `min over j >= rank of p_(j) m / j`
/// (Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57). `m` counts the tests that were made;
/// `None` where none was.
#[must_use]
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Vec<Option<f64>> {
    let mut order: Vec<(f64, usize)> = p.iter().enumerate().filter_map(|(i, p)| Some(((*p)?, i))).collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let tests = order.len() as f64;
    let mut q = vec![None; p.len()];
    let mut least = 1.0_f64;
    for (rank, &(value, index)) in order.iter().enumerate().rev() {
        least = least.min(value * tests / (rank + 1) as f64);
        q[index] = Some(least);
    }
    q
}

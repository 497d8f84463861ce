"""Turns fixed counts into reference values by statsmodels and SciPy, printed as JSON.
Does not use Papertide: what it prints is what Papertide has to equal.

python3 -m venv venv && venv/bin/pip install statsmodels==0.15.0 scipy==1.17.1
venv/bin/python make.py > reference.json
"""
import json
import numpy as np
import statsmodels.api as sm
from scipy import special, stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

SERIES = {
    "steady": ([3, 2, 4, 3, 5, 2, 3, 4], [60, 61, 58, 63, 60, 55, 64, 59]),
    "rising": ([0, 1, 0, 2, 3, 5, 4, 9, 8, 12, 11, 15], [102, 98, 110, 95, 101, 99, 120, 88, 100, 104, 97, 103]),
    "falling with an empty bin": ([30, 22, 0, 17, 9, 4, 1], [200, 180, 0, 210, 190, 205, 199]),
    "overdispersed": ([40, 2, 35, 1, 60, 3, 22, 50, 4, 70], [500, 480, 510, 505, 498, 502, 495, 520, 480, 505]),
    "most of the papers": ([90, 93, 95, 97], [100, 100, 100, 100]),
    "late": ([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4], [60] * 12),
}


def regression(name, counts, totals):
    counts, totals = np.array(counts), np.array(totals)
    x = np.arange(len(counts)) / (len(counts) - 1)
    keep = totals > 0
    x, y, n = x[keep], counts[keep], totals[keep]
    family = sm.families.Binomial()
    fit = sm.GLM(np.c_[y, n - y], np.c_[1 - x, x], family=family).fit(tol=1e-14, maxiter=200)
    null = sm.GLM(np.c_[y, n - y], np.ones(len(x)), family=family).fit(tol=1e-14, maxiter=200)
    params = polished(fit)
    score = null_score(x, y, n)
    shares = y / n
    theil = stats.theilslopes(shares, np.flatnonzero(keep))
    tau = stats.kendalltau(np.arange(len(y)), shares, method="asymptotic")
    return {
        "name": name,
        "counts": counts.tolist(),
        "totals": totals.tolist(),
        "logits": params.tolist(),
        # `fit.bse` keeps the weights of the last step but one, which is right to 1e-7 only.
        "standard_errors": np.sqrt(np.diag(np.linalg.inv(-fit.model.hessian(params, scale=1)))).tolist(),
        "pearson": float(fit.pearson_chi2),
        "likelihood_ratio": float(2 * (fit.llf - null.llf)),
        "score": score,
        "theil_sen": float(theil.slope),
        "mann_kendall_p": float(tau.pvalue),
    }


def polished(fit):
    """statsmodels stops where the deviance stands still, which leaves the parameters right to 1e-8 only."""
    params = fit.params
    for _ in range(3):
        params = params + np.linalg.solve(-fit.model.hessian(params, scale=1), fit.model.score(params, scale=1))
    return params


def null_score(x, y, n):
    """Rao's score test of the slope, from the GLM's own score function at the null fit."""
    model = sm.GLM(np.c_[y, n - y], np.c_[np.ones(len(x)), x], family=sm.families.Binomial())
    level = special.logit(y.sum() / n.sum())
    params = np.array([level, 0.0])
    gradient = model.score(params, scale=1)
    information = -model.hessian(params, scale=1)
    return float(gradient @ np.linalg.solve(information, gradient))


def wilson(count, total):
    low, high = proportion_confint(count, total, alpha=0.05, method="wilson")
    return {"count": count, "total": total, "low": float(low), "high": float(high)}


P = [0.001, 0.2, 0.04, 0.9, 0.039, 0.5, 0.0004, 1.0, 0.04, 0.012]

print(json.dumps({
    "regressions": [regression(name, *series) for name, series in SERIES.items()],
    "wilson": [wilson(c, n) for c, n in [(0, 1), (1, 1), (0, 60), (3, 60), (60, 60), (41, 640), (5000, 12349)]],
    "benjamini_hochberg": {"p": P, "q": multipletests(P, method="fdr_bh")[1].tolist()},
    "t": [{"t": t, "degrees": d, "p": float(2 * stats.t.sf(t, d))} for t in (0.1, 2.0, 5.0) for d in (1, 10, 60)],
    "t_quantile": [{"level": a, "degrees": d, "t": float(stats.t.isf(a / 2, d))} for a in (0.05, 0.0025) for d in (1, 10, 60)],
    "trigamma": [{"x": x, "value": float(special.polygamma(1, x))} for x in (0.1, 1.0, 5.0, 38.5)],
    "hypergeometric_silence": [
        {"papers": c, "total": n, "silent": s, "p": float(stats.hypergeom.pmf(0, n, c, s))}
        for c, n, s in [(4, 720, 600), (28, 354, 124), (1, 10, 9), (30, 40, 11)]
    ],
}, indent=1))

"""Makes scipy.json: what SciPy says of twenty fixed inputs. Run: python by_scipy.py > scipy.json

The inputs are drawn once, by NumPy with fixed seeds: runs of two sides (logarithms of their
values), lengths of answers, and blocks of requests (an amount and a weight each).
"""

import json
import sys

import numpy as np
import scipy
from scipy import stats


def runs(n, m, spread, shift, seed):
    draw = np.random.default_rng(seed)
    before = np.round(5 + spread * draw.standard_normal(n), 6)
    after = np.round(5 + shift + spread * draw.standard_normal(m), 6)
    welch = stats.ttest_ind(after, before, equal_var=False)
    interval = welch.confidence_interval(0.95)
    deals = stats.permutation_test(
        (after, before),
        lambda a, b, axis: np.mean(a, axis=axis) - np.mean(b, axis=axis),
        vectorized=True,
        n_resamples=np.inf,
    )
    lengths = [np.round(draw.gamma(4, mean / 4, 40 + 10 * n)).astype(int) for mean in (100, 100 * (1 + 4 * abs(shift)))]
    blocks = 6 + n
    weights = draw.integers(5, 30, blocks)
    amounts = np.round(weights * (50 + 10 * draw.standard_normal(blocks)), 3)
    drawn = stats.bootstrap(
        (amounts, weights),
        lambda a, w, axis: np.log(a.sum(axis=axis) / w.sum(axis=axis)),
        paired=True,
        vectorized=True,
        n_resamples=200_000,
        method="percentile",
        rng=seed,
    )
    return {
        "before": before.tolist(),
        "after": after.tolist(),
        "low": interval.low,
        "high": interval.high,
        "p": welch.pvalue,
        "permutation": float(deals.pvalue),
        "lengths_before": lengths[0].tolist(),
        "lengths_after": lengths[1].tolist(),
        "distance": float(stats.ks_2samp(*lengths).statistic),
        "amounts": amounts.tolist(),
        "weights": weights.tolist(),
        "block_error": float(drawn.standard_error),
    }


cases = [(2, 2), (2, 3), (3, 3), (3, 5), (4, 4), (4, 6), (5, 5), (5, 7), (6, 6), (8, 8)]
inputs = [
    runs(n, m, spread, shift, 100 * i + j)
    for i, (n, m) in enumerate(cases)
    for j, (spread, shift) in enumerate([(0.02, 0.0), (0.01, 0.05)])
]
json.dump({"scipy": scipy.__version__, "numpy": np.__version__, "inputs": inputs}, sys.stdout, indent=1)

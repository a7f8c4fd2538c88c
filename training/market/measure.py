# SPDX-License-Identifier: Apache-2.0
"""How good an appraisal is on discs it has not seen: rank, distance, coverage, each with an interval."""
import numpy as np


def ranks(values):
    order = np.argsort(values, kind="stable")
    sorted_values = values[order]
    # Equal values share their mean rank.
    _, first, count = np.unique(sorted_values, return_index=True, return_counts=True)
    out = np.empty(len(values))
    out[order] = np.repeat(first + (count - 1) / 2, count)
    return out


def spearman(a, b):
    return float(np.corrcoef(ranks(a), ranks(b))[0, 1])


def distance(predicted, y):
    return float(np.median(np.abs(predicted - y)))


def coverage(y, low, high):
    return float(np.mean((low <= y) & (y <= high)))


def bootstrapped(measure, groups, arrays, rounds=1000, seed=7):
    """The measure on all rows and its 95 % interval over resampled groups. Arrays of more than one
    dimension hold one prediction per repetition: the mean over them is taken."""
    names, at = np.unique(groups, return_inverse=True)
    members = [np.flatnonzero(at == i) for i in range(len(names))]
    rng = np.random.default_rng(seed)

    def mean(rows):
        repeats = max(array.shape[0] if array.ndim > 1 else 1 for array in arrays)
        return np.mean([measure(*[(array[i] if array.ndim > 1 else array)[rows] for array in arrays])
                        for i in range(repeats)])

    everything = np.arange(len(groups))
    drawn = [mean(np.concatenate([members[i] for i in rng.integers(0, len(names), len(names))]))
             for _ in range(rounds)]
    return float(mean(everything)), [float(v) for v in np.percentile(drawn, [2.5, 97.5])]

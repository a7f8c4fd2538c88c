# SPDX-License-Identifier: Apache-2.0
"""An additive model of a logarithm: sums of piecewise straight curves, choices and flags.

log price = start + sum of curve(input) [* curve(second input)] + sum of choice(input)

Curves that must not fall (lowest price, want, rating) are sums of ramps with weights >= 0, so that the
shape holds by construction and not by luck. Everything is fitted at once: ridge regression with bounds,
with Huber's weights, as some sales are far from all reason.
"""
import math

import numpy as np

TRANSFORM = {"log": np.log, "log1p": np.log1p, "plain": lambda x: x}


class Curve:
    """Ramps between knots. `times`: (curve of another input as x, y, value where missing) it is multiplied by."""

    def __init__(self, name, label, source, transform, knots, rising=False, times=None):
        self.name, self.label, self.source, self.transform = name, label, source, transform
        self.raw_knots, self.rising, self.times = knots, rising, times
        self.knots = TRANSFORM[transform](np.array(knots, dtype=float))

    def columns(self, table):
        raw = table[self.source]
        missing = np.isnan(raw)
        x = TRANSFORM[self.transform](np.clip(np.where(missing, self.raw_knots[0], raw), self.raw_knots[0],
                                              self.raw_knots[-1]))
        ramps = [np.clip(x, a, b) - a for a, b in zip(self.knots[:-1], self.knots[1:])]
        # Centred where it is known, so that "not known" is its own weight and 0 means nothing to say.
        columns = np.column_stack(ramps)
        if self.times is not None:
            columns = columns * self.factor(table)[:, None]
        columns[missing] = np.nan
        return columns, missing

    def factor(self, table):
        source, transform, xs, ys, if_missing = self.times
        raw = table[source]
        x = TRANSFORM[transform](np.clip(np.where(np.isnan(raw), xs[0], raw), xs[0], xs[-1]))
        return np.where(np.isnan(raw), if_missing, np.interp(x, TRANSFORM[transform](np.array(xs, float)), ys))


class Choice:
    """A value for each of a few words, one for all others, one where nothing is known."""

    def __init__(self, name, label, source, words):
        self.name, self.label, self.source, self.words = name, label, source, words

    def columns(self, table):
        values = table[self.source]
        missing = np.array([value is None for value in values])
        columns = np.column_stack([[float(value == word) for value in values] for word in self.words])
        columns[missing] = np.nan
        return columns, missing


def design(terms, table, means=None):
    """-> columns, centred where known and 0 where not, a column per term for "not known"; the means."""
    blocks, found = [], []
    for at, term in enumerate(terms):
        columns, missing = term.columns(table)
        mean = means[at] if means is not None else \
            (np.nanmean(columns, axis=0) if not missing.all() else np.zeros(columns.shape[1]))
        found.append(mean)
        blocks.append(np.where(missing[:, None], 0.0, columns - mean))
        blocks.append(missing.astype(float)[:, None])
    return np.column_stack(blocks), found


def lower_bounds(terms):
    bounds = []
    for term in terms:
        size = len(term.words) if isinstance(term, Choice) else len(term.knots) - 1
        bounds += [0.0 if getattr(term, "rising", False) else -math.inf] * size + [-math.inf]
    return np.array(bounds)


def ridge_with_bounds(x, y, weights, penalty, bounds):
    """min sum w (y - x b)^2 + penalty |b|^2 with b >= 0 where there is a bound, by an active set: solve,
    pin what came out negative to 0, free again what the slope says would rather be positive."""
    gram = (x * weights[:, None]).T @ x + penalty * np.eye(x.shape[1])
    target = x.T @ (weights * y)
    bounded = np.isfinite(bounds)
    pinned = np.zeros(len(target), dtype=bool)
    for _ in range(50):
        b = np.zeros(len(target))
        free = ~pinned
        b[free] = np.linalg.solve(gram[np.ix_(free, free)], target[free])
        below = bounded & (b < 0)
        wants_out = pinned & (target - gram @ b > 1e-6)
        if not below.any() and not wants_out.any():
            break
        pinned = (pinned & ~wants_out) | below
    return np.where(bounded, np.maximum(b, 0.0), b)


class Additive:
    def __init__(self, terms, penalty, huber=0.5):
        self.terms, self.penalty, self.huber = terms, penalty, huber

    def fit(self, table, y, weights):
        x, self.means = design(self.terms, table)
        scale = np.sqrt((x ** 2).mean(axis=0))
        live = scale > 1e-9
        scale[~live] = 1.0
        x = x / scale * live
        bounds = lower_bounds(self.terms)
        self.start = np.average(y, weights=weights)
        b = np.zeros(x.shape[1])
        residual = y - self.start
        for _ in range(12):
            size = max(self.huber * 1.5 * np.median(np.abs(residual)) / 0.6745, 1e-3)
            w = weights / np.maximum(1.0, np.abs(residual) / size)
            b = ridge_with_bounds(x, y - self.start, w, self.penalty, bounds)
            fitted = x @ b
            self.start = np.average(y - fitted, weights=w)
            moved = np.abs(y - self.start - fitted - residual).max()
            residual = y - self.start - fitted
            if moved < 1e-3:
                break
        self.b = b / scale * live
        return self

    def predict(self, table):
        return self.start + design(self.terms, table, self.means)[0] @ self.b

    def exported(self):
        """The same model as curves through points, for models/appraisal.json."""
        terms, at = [], 0
        for term, mean in zip(self.terms, self.means):
            size = len(mean)
            b, missing = self.b[at:at + size], self.b[at + size]
            at += size + 1
            out = {"name": term.name, "label": term.label, "input": term.source}
            offset = float(-(b @ mean))
            if isinstance(term, Choice):
                out |= {"kind": "choice", "words": {word: round(offset + float(v), 6)
                                                    for word, v in zip(term.words, b)},
                        "other": round(offset, 6)}
            else:
                points = np.concatenate([[0.0], np.cumsum(b * np.diff(term.knots))])
                out |= {"kind": "curve", "transform": term.transform, "at": [float(k) for k in term.raw_knots],
                        "value": [round(float(p), 6) for p in points], "offset": round(offset, 6)}
                if term.times is not None:
                    source, transform, xs, ys, if_missing = term.times
                    out["times"] = {"input": source, "transform": transform, "at": [float(v) for v in xs],
                                    "value": [float(v) for v in ys], "missing": float(if_missing)}
            out["missing"] = round(float(missing), 6)
            terms.append(out)
        return {"start": round(float(self.start), 6), "terms": terms}

# SPDX-License-Identifier: Apache-2.0
"""The model of the expected sale price: two additive models (with and without a lowest price), how far
each may be wrong, and the numbers that describe the odds.
"""
import numpy as np

from additive import Additive, Choice, Curve
from table import FLAGS, NUMBERS, join, take

COUNTRIES = ["Japan", "US", "UK", "Europe", "Germany", "France", "Italy", "Canada", "Netherlands", "UK & Europe"]
MEDIA_WORDS = ["cd", "cdr", "sacd", "box", "cassette", "vinyl"]
LEVELS = [0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5,
          0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99]
# With few copies for sale the cheapest is whatever somebody hopes for; with many it is the floor of a market.
FEW_TO_MANY = [0, 2, 10, 60]
FEW = ("for_sale", "log1p", FEW_TO_MANY, [1.0, 0.75, 0.25, 0.0], 0.5)
MANY = ("for_sale", "log1p", FEW_TO_MANY, [0.0, 0.25, 0.75, 1.0], 0.5)
LOWEST_KNOTS = [0.1, 1, 3, 8, 20, 50, 200, 2000]


def shared_terms():
    return [
        Curve("want", "people who want it", "want", "log1p", [0, 2, 10, 40, 150, 600, 4000], rising=True),
        Curve("have", "people who have it", "have", "log1p", [0, 3, 15, 60, 250, 1000, 20000]),
        Curve("for_sale", "copies for sale", "for_sale", "log1p", [0, 1, 4, 12, 40, 300]),
        Curve("rating", "rating", "rating", "plain", [3, 4, 4.5, 5], rising=True),
        Curve("year", "year", "year", "plain", [1955, 1975, 1986, 1994, 2003, 2013, 2024]),
        Curve("discs", "discs in it", "discs", "log", [1, 2, 4, 12]),
        Choice("country", "country", "country", COUNTRIES),
        Choice("medium", "format", "medium", MEDIA_WORDS),
    ] + [Choice(name, label, name, [1]) for (name, _), label in
         zip(FLAGS, ("reissue", "compilation", "limited edition", "promo", "single or EP", "unofficial",
                     "audiophile pressing"))]


def with_price_terms():
    return [Curve("lowest_few", "lowest price", "lowest", "log", LOWEST_KNOTS, rising=True, times=FEW),
            Curve("lowest_many", "lowest price", "lowest", "log", LOWEST_KNOTS, rising=True, times=MANY)] + \
        shared_terms()


class Spread:
    """How far off, by what is known: log of the mean distance, a line in a few inputs (never in want: more
    want must not widen the odds downwards)."""
    KNOTS = {"have": [0, 3, 15, 60, 250, 1000], "for_sale": [0, 1, 4, 12, 40], "lowest": [0.1, 3, 20, 200]}

    def __init__(self, with_price):
        names = ("have", "for_sale") + (("lowest",) if with_price else ())
        self.model = Additive([Curve(name, name, name, "log" if name == "lowest" else "log1p", self.KNOTS[name])
                               for name in names], penalty=60.0, huber=3.0)

    def fit(self, table, distance, weights):
        self.model.fit(table, np.log(np.maximum(distance, 0.02)), weights)
        return self

    def predict(self, table):
        return np.exp(np.clip(self.model.predict(table), -3.0, 1.5))


def masked(table, rng, names):
    """A copy in which some inputs are not known, as they may not be when the program asks."""
    copy = {name: values.copy() for name, values in table.items()}
    for group in names:
        hide = rng.random(len(copy["y"])) < 0.35
        for name in group:
            copy[name][hide] = np.nan if name in NUMBERS else None
    return copy


HIDEABLE = (("have", "want"), ("rating",), ("year",), ("country",), ("for_sale",),
            ("medium", "discs") + tuple(name for name, _ in FLAGS))


class Half:
    """One of the two models with its spread and the quantiles of how wrong it was on what it had not seen."""

    def __init__(self, with_price, penalty, seed):
        self.with_price, self.penalty, self.seed = with_price, penalty, seed

    def prepared(self, table):
        known = ~np.isnan(table["lowest"])
        rng = np.random.default_rng(self.seed)
        own = take(table, known) if self.with_price else {**table, "lowest": np.full(len(table["y"]), np.nan)}
        # Hidden inputs: a second copy at a third of the weight, so the first still rules.
        both = join([own, masked(own, rng, HIDEABLE)])
        weights = np.concatenate([np.ones(len(own["y"])), np.full(len(own["y"]), 0.33)])
        return own, both, weights

    def centre(self, both, weights):
        terms = with_price_terms() if self.with_price else shared_terms()
        return Additive(terms, self.penalty).fit(both, both["y"], weights)

    def fit(self, table):
        own, both, weights = self.prepared(table)
        self.model = self.centre(both, weights)
        # Conformal: distances come from discs (whole groups) that were held out.
        folds = np.tile(folds_of(own["group"], 5, self.seed), 2)
        error = np.zeros(len(both["y"]))
        for fold in range(5):
            inside, outside = folds != fold, folds == fold
            model = self.centre(take(both, inside), weights[inside])
            held = take(both, outside)
            error[outside] = held["y"] - model.predict(held)
        self.spread = Spread(self.with_price).fit(both, np.abs(error), weights)
        ratio = error / self.spread.predict(both)
        self.quantiles = [weighted_quantile(ratio, weights, level) for level in LEVELS]
        return self

    def predict(self, table):
        centre, spread = self.model.predict(table), self.spread.predict(table)
        at = [np.interp(level, LEVELS, self.quantiles) for level in (0.1, 0.9)]
        return centre, centre + spread * at[0], centre + spread * at[1]

    def exported(self):
        return {**self.model.exported(), "spread": self.spread.model.exported(),
                "levels": LEVELS, "quantiles": [round(float(q), 6) for q in self.quantiles]}


class Appraisal:
    def __init__(self, penalty=60.0, seed=1):
        self.halves = {True: Half(True, penalty, seed), False: Half(False, penalty, seed)}

    def fit(self, table):
        for half in self.halves.values():
            half.fit(table)
        return self

    def predict(self, table):
        """-> log of: expected price, lower and upper end of the 80 % interval"""
        known = ~np.isnan(table["lowest"])
        pairs = [half.predict(table) for half in (self.halves[True], self.halves[False])]
        return tuple(np.where(known, a, b) for a, b in zip(*pairs))


def weighted_quantile(values, weights, level):
    order = np.argsort(values)
    reached = (np.cumsum(weights[order]) - 0.5 * weights[order]) / weights.sum()
    return float(np.interp(level, reached, values[order]))


def folds_of(groups, count, seed):
    """A fold for every row; one group is in one fold only."""
    names = np.unique(groups)
    at = dict(zip(names, np.random.default_rng(seed).permutation(len(names)) % count))
    return np.array([at[group] for group in groups])

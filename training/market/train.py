# SPDX-License-Identifier: Apache-2.0
"""Trains models/appraisal.json and measures it.

    python3 train.py --sales SALES.tsv --releases RELEASES.tsv --measure report.json
    python3 train.py --sales SALES.tsv --releases RELEASES.tsv --out ../../models/appraisal.json \
        --golden ../../src/market/golden/appraisal.json
"""
import argparse
import json
import math

import numpy as np

from appraisal import Appraisal, folds_of
from measure import bootstrapped, coverage, distance, spearman
from table import FLAGS, NUMBERS, describe, is_cd, read, take

FOLDS = 10


def hidden(table, names):
    copy = dict(table)
    for name in names:
        copy[name] = np.full(len(table["y"]), np.nan) if name in NUMBERS else \
            np.full(len(table["y"]), None, dtype=object)
    return copy


SCENES = {"everything": (), "no lowest price": ("lowest",), "no rating": ("rating",),
          "no year, country, format": ("year", "country", "medium", "discs") + tuple(n for n, _ in FLAGS),
          "have and want only": ("lowest", "for_sale", "rating", "year", "country", "medium", "discs") +
          tuple(n for n, _ in FLAGS)}


def cross_validated(table, repeats):
    """-> scene -> (3, repeats, rows): log of expected price, low, high, each from a model which has seen
    neither the disc nor another pressing of it."""
    out = {scene: np.zeros((3, repeats, len(table["y"]))) for scene in SCENES}
    for repeat in range(repeats):
        folds = folds_of(table["group"], FOLDS, 100 + repeat)
        for fold in range(FOLDS):
            model = Appraisal().fit(take(table, folds != fold))
            for scene, names in SCENES.items():
                held = take(hidden(table, names), folds == fold)
                out[scene][:, repeat, folds == fold] = model.predict(held)
        print(f"repetition {repeat + 1} of {repeats}", flush=True)
    return out


def rules(table):
    """The rules as far as they need no past sales, which are what is to be foretold
    (src/market/appraisal_rules.h)."""
    price = np.where(np.isnan(table["lowest"]), np.nanmedian(table["lowest"]), table["lowest"])
    price = price * np.where(table["for_sale"] > 20, 0.8, 1.0)
    return np.log(price * np.where(table["want"] > table["have"], 1.25, 1.0))


def lowest_alone(table):
    return np.log(np.where(np.isnan(table["lowest"]), np.nanmedian(table["lowest"]), table["lowest"]))


def measured(table, name, rows, centre, low=None, high=None):
    y, groups = table["y"][rows], table["group"][rows]
    pick = centre[..., rows]
    out = {"what": name, "discs": int(rows.sum()),
           "spearman": bootstrapped(spearman, groups, [pick, y]),
           "distance": bootstrapped(distance, groups, [pick, y])}
    if low is not None:
        out["coverage"] = bootstrapped(coverage, groups, [y, low[..., rows], high[..., rows]])
        out["width"] = float(np.exp(np.median(high[..., rows] - low[..., rows])))
    line = "  ".join(f"{key} {out[key][0]:.3f} [{out[key][1][0]:.3f}, {out[key][1][1]:.3f}]"
                     for key in ("spearman", "distance", "coverage") if key in out)
    print(f"{name:52} n={out['discs']:5} {line}", flush=True)
    return out


def better(table, rows, centre, other):
    """How much higher the rank correlation is, on the same discs."""
    def gain(a, b, y):
        return spearman(a, y) - spearman(b, y)
    value, interval = bootstrapped(gain, table["group"][rows],
                                   [centre[..., rows], other[rows], table["y"][rows]])
    return {"gain": [value, interval]}


def measure(table, repeats):
    predictions = cross_validated(table, repeats)
    cd, priced = is_cd(table), ~np.isnan(table["lowest"])
    eras = sorted(set(table["source"]))
    report = []
    for name, rows in [("CDs", cd), ("CDs with a lowest price", cd & priced),
                       ("CDs, none for sale or price not known", cd & ~priced), ("other formats", ~cd)] + \
            [(f"CDs, {era}", cd & (table["source"] == era)) for era in eras]:
        report.append(measured(table, f"model: {name}", rows, *predictions["everything"]))
        report.append(measured(table, f"lowest price alone: {name}", rows, lowest_alone(table)))
        report.append(measured(table, f"rules: {name}", rows, rules(table)))
        if name in ("CDs", "CDs with a lowest price"):
            for other, values in (("lowest price alone", lowest_alone(table)), ("rules", rules(table))):
                report.append({"what": f"model over {other}: {name}",
                               **better(table, rows, predictions["everything"][0], values)})
                print(report[-1], flush=True)
    for scene in list(SCENES)[1:]:
        report.append(measured(table, f"model, {scene}: CDs", cd, *predictions[scene]))
    for era in eras:  # learned from one time and place, asked about the other
        inside = table["source"] != era
        model = Appraisal().fit(take(table, inside))
        out = np.zeros((3, len(table["y"])))
        out[:, ~inside] = model.predict(take(table, ~inside))
        report.append(measured(table, f"model never shown {era}: its CDs", cd & ~inside, *out))
    return report


def synthetic_inputs(count, seed=11):
    """Made-up discs for the golden cases: no row of the table leaves it."""
    rng = np.random.default_rng(seed)
    formats = ["CD, Album", "2xCD, Album, Reissue", "CDr", "SACD, Hybrid, Album", "Vinyl, LP, Album",
               "3xCD, Compilation + Box Set", "Cassette, Album", "CD, Single, Promo", "DVD", "",
               "CD, Album, Limited Edition, Unofficial Release", "LP, Album, RE, RM", "12xCD, SHM-CD, Comp, Ltd"]
    countries = ["Japan", "US", "Germany", "UK & Europe", "Brazil", "", "Europe"]
    out = []
    for at in range(count):
        def maybe(value, at=at):
            return value if at < 5 or rng.random() > 0.2 else None
        out.append({"lowest": maybe(round(float(np.exp(rng.normal(2.2, 1.3))), 2)),
                    "for_sale": maybe(int(np.exp(rng.normal(1.8, 1.3)))),
                    "have": maybe(int(np.exp(rng.normal(3.5, 2.0)))),
                    "want": maybe(int(np.exp(rng.normal(3.0, 2.0)))),
                    "rating": maybe(round(float(rng.uniform(1, 5)), 2)),
                    "year": maybe(int(rng.integers(1940, 2030))),
                    "country": countries[rng.integers(len(countries))],
                    "format": formats[rng.integers(len(formats))]})
    # The edges of every curve, and nothing at all.
    out.append(dict.fromkeys(out[0], None) | {"country": "", "format": ""})
    out.append({"lowest": 0.001, "for_sale": 0, "have": 0, "want": 0, "rating": 0, "year": 1900,
                "country": "Nowhere", "format": "Wax"})
    out.append({"lowest": 1e6, "for_sale": 10 ** 6, "have": 10 ** 6, "want": 10 ** 6, "rating": 5, "year": 2100,
                "country": "US", "format": "99xCD"})
    return out


def table_of(inputs):
    columns = {name: [] for name in NUMBERS + ("country", "medium", "y") + tuple(n for n, _ in FLAGS)}
    for one in inputs:
        medium, flags, discs = describe(one["format"])
        values = {**{k: math.nan if one[k] is None else float(one[k])
                     for k in ("lowest", "for_sale", "have", "want", "rating", "year")},
                  "discs": discs, "country": one["country"] or None, "medium": medium, "y": 0.0, **flags}
        for name, value in values.items():
            columns[name].append(value)
    return {name: np.array(values, dtype=float if name in NUMBERS + ("y",) else object)
            for name, values in columns.items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--sales", required=True)
    parser.add_argument("--releases", required=True)
    parser.add_argument("--measure", help="cross-validate and write the figures here")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--out", help="train on everything and write the model here")
    parser.add_argument("--golden", help="write inputs and answers for the program's tests here")
    options = parser.parse_args()
    table = read(options.sales, options.releases)
    print(f"{len(table['y'])} discs with sales, {is_cd(table).sum()} CDs, "
          f"{len(set(table['group']))} works")
    if options.measure:
        with open(options.measure, "w", encoding="utf-8") as file:
            json.dump(measure(table, options.repeats), file, indent=1)
    if options.out:
        model = Appraisal().fit(table)
        with open(options.out, "w", encoding="utf-8") as file:
            json.dump({"format": "spindle-appraisal", "version": 1, "currency": "USD",
                       "with_price": model.halves[True].exported(),
                       "without_price": model.halves[False].exported()}, file, indent=1)
            file.write("\n")
        if options.golden:
            inputs = synthetic_inputs(60)
            answers = np.exp(model.predict(table_of(inputs)))
            with open(options.golden, "w", encoding="utf-8") as file:
                json.dump([{**one, "expected": float(f"{e:.8g}"), "low": float(f"{low:.8g}"),
                            "high": float(f"{high:.8g}")}
                           for one, e, low, high in zip(inputs, *answers)], file, indent=0)
                file.write("\n")


if __name__ == "__main__":
    main()

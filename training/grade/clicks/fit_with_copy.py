# SPDX-License-Identifier: Apache-2.0
"""Chooses the weights of src/grade/copy_clicks.cpp from rows of spindle-copy-click-candidates, and says how many
clicks are found with them, with the residual alone, and blindly. Packages are held out for the figures."""

import argparse
import csv
import os
import pickle

import numpy as np

NUMBERS = ["scene", "clean", "label", "at", "suppression", "blind", "strength", "peak", "background", "in_copy",
           "copy_peak", "slope"]


class Rows:
    def __init__(self, paths):
        columns = {name: [] for name in NUMBERS + ["package", "mastering", "relation"]}
        self.clicks, first = [], 0
        for path in paths:
            last = 0
            with open(path, newline="") as file:
                for row in csv.DictReader(file, delimiter="\t"):
                    for name in columns:
                        columns[name].append(row[name])
                    columns["scene"][-1] = int(row["scene"]) + first
                    last = max(last, int(row["scene"]))
            with open(path + ".clicks", newline="") as file:
                for row in csv.DictReader(file, delimiter="\t"):
                    self.clicks.append((int(row["scene"]) + first, int(row["click"]), float(row["level"])))
                    last = max(last, int(row["scene"]))
            first += last + 1
        for name in NUMBERS:
            setattr(self, name, np.array(columns[name], dtype=float))
        for name in ("package", "mastering", "relation"):
            setattr(self, name, np.array(columns[name]))
        self.scene = self.scene.astype(int)
        self.label = self.label.astype(int)
        self.clicks = np.array(self.clicks)


def read(paths):
    cache = paths[0] + f".{len(paths)}.pickle"
    if os.path.exists(cache) and all(os.path.getmtime(cache) > os.path.getmtime(p) for p in paths):
        with open(cache, "rb") as file:
            return pickle.load(file)
    rows = Rows(paths)
    with open(cache, "wb") as file:
        pickle.dump(rows, file)
    return rows


LEVELS = [(-24, -18), (-18, -12), (-12, -6), (-6, 0), (0, 6), (6, 12)]


def recall(rows, scores, mask, scenes, alarms=1.0, seconds=20):
    """Share of clicks found by level at so many false alarms a minute of the clean twins."""
    scenes = np.asarray(sorted(scenes))
    inside = mask & np.isin(rows.scene, scenes)
    clean = np.sort(scores[inside & (rows.clean == 1)])[::-1]
    place = int(round(alarms * len(scenes) * seconds / 60))
    threshold = clean[place] if place < len(clean) else -np.inf
    hit = set(zip(rows.scene[inside & (rows.clean == 0) & (rows.label > 0) & (scores > threshold)],
                  rows.label[inside & (rows.clean == 0) & (rows.label > 0) & (scores > threshold)]))
    shares = []
    for low, high in LEVELS:
        put = [(int(s), int(c)) for s, c, level in rows.clicks
               if low <= level < high and int(s) in set(scenes.tolist())]
        shares.append(sum(1 for click in put if click in hit) / max(1, len(put)))
    return shares, threshold


def logit(p):
    p = np.clip(p, 0.03, 0.999)
    return np.log(p / (1 - p))


def fit(x, y, weights, ridge=1e-3, steps=60):
    """Logistic regression by Newton's method, features scaled."""
    mean, scale = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / scale, np.ones((len(x), 1))])
    w = np.zeros(z.shape[1])
    for _ in range(steps):
        p = 1 / (1 + np.exp(-z @ w))
        g = z.T @ (weights * (p - y)) + ridge * w
        h = (z * (weights * p * (1 - p))[:, None]).T @ z + ridge * np.eye(len(w))
        step = np.linalg.solve(h, g)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    out = w[:-1] / scale
    return out, w[-1] - (out * mean).sum()


def features(rows):
    """As src/grade/copy_clicks.cpp has them."""
    def log(values, low, high):
        return np.log(np.clip(values, low, high))

    tiny = 1e-9
    steep = np.where(rows.slope > 0, rows.peak / np.maximum(rows.slope, tiny), 0)
    rise = np.where(rows.in_copy > 0, rows.peak / np.maximum(rows.copy_peak, tiny), np.inf)
    return np.stack([log(rows.strength, 3, 1e4), log(steep, 0.02, 50), logit(rows.blind), log(rise, 0.02, 30),
                     np.where(rows.strength > 0, np.clip(rows.suppression, 0, 50) / 10, 0)], 1)


NAMES = ["strength", "over_slope", "blind", "over_rise", "suppression"]
FOLDS = 5


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="+")
    rows = read(parser.parse_args().rows)
    x, y, known = features(rows), (rows.label > 0).astype(float), rows.label >= 0
    place = {package: i % FOLDS for i, package in enumerate(sorted(set(rows.package)))}
    fold = np.array([place[package] for package in rows.package])
    scores = np.zeros(len(y))
    for k in range(FOLDS):
        chosen = known & (fold != k)
        weights, bias = fit(x[chosen], y[chosen], np.ones(chosen.sum()))
        scores[fold == k] = x[fold == k] @ weights + bias
    weights, bias = fit(x[known], y[known], np.ones(known.sum()))
    print(f"{len(np.unique(rows.scene))} excerpts, {len(rows.clicks)} clicks; found at one false alarm a minute, by level, %")
    for mastering in ("same", "coded", "other"):
        mask = rows.mastering == mastering
        scenes = np.unique(rows.scene[mask])  # those in which the copy was heard
        for name, values in (("blind", rows.blind), ("left over", rows.strength), ("combined", scores)):
            shares, threshold = recall(rows, values, mask, scenes)
            print(f"{mastering:6} {name:10}", " ".join(f"{100 * share:5.1f}" for share in shares),
                  f"  from {threshold:.2f}")
    p = 1 / (1 + np.exp(-scores))
    print("stated and true:", *(f"{p[known & (p >= a) & (p < b)].mean():.2f} {y[known & (p >= a) & (p < b)].mean():.2f};"
                                for a, b in ((0.1, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01))))
    print("weights:", *(f"{name} {weight:.2f}," for name, weight in zip(NAMES, weights)), f"bias {bias:.2f}")


if __name__ == "__main__":
    main()

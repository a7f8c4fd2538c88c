# SPDX-License-Identifier: Apache-2.0
"""Rows of spindle-click-candidates, and how well a score tells clicks from music."""

import csv

import numpy as np

HEADER = 7
FEATURES = 156


class Candidates:
    """scene, clean twin, label (1 click, 0 music, -1 neither), level, recorded, sample, z; features."""

    def __init__(self, paths):
        rows, self.packages, self.kinds, self.seconds, clicks = [], [], [], [], []
        first = 0
        for path in paths:
            with open(path + ".tsv", newline="") as file:
                scenes = list(csv.DictReader(file, delimiter="\t"))
            data = np.fromfile(path, dtype=np.float32)
            width = HEADER + FEATURES
            data = data[: len(data) // width * width].reshape(-1, width)
            data = data[data[:, 0] < len(scenes)]  # a dump that was cut short ends within a scene
            data[:, 0] += first
            rows.append(data)
            self.packages += [scene["package"] for scene in scenes]
            self.kinds += [scene["kind"] for scene in scenes]
            self.seconds += [float(scene["seconds"]) for scene in scenes]
            with open(path + ".clicks.tsv", newline="") as file:
                for click in csv.DictReader(file, delimiter="\t"):
                    if int(click["scene"]) < len(scenes):
                        clicks.append((int(click["scene"]) + first, float(click["level"]),
                                       int(click["recorded"])))
            first += len(scenes)
        self.rows = np.concatenate(rows)
        self.clicks = np.array(clicks)
        self.packages, self.kinds = np.array(self.packages), np.array(self.kinds)
        self.seconds = np.array(self.seconds)

    scene = property(lambda self: self.rows[:, 0].astype(int))
    clean = property(lambda self: self.rows[:, 1] == 1)
    label = property(lambda self: self.rows[:, 2])
    level = property(lambda self: self.rows[:, 3])
    recorded = property(lambda self: self.rows[:, 4] == 1)
    strongest = property(lambda self: self.rows[:, 6])
    features = property(lambda self: self.rows[:, HEADER:])


CLASSES = [(-24, -18), (-18, -12), (-12, -6), (-6, 0), (0, 6), (6, 12)]


def recalls(candidates, scenes, scores, per_minute, recorded=None):
    """Share of the clicks put into these scenes (a mask), by level, at so many false alarms a minute of
    clean music; and the threshold."""
    music = scenes & (candidates.kinds == "music")
    minutes = candidates.seconds[music].sum() / 60
    clean = candidates.clean & music[candidates.scene]
    alarms = np.sort(scores[clean])[::-1]
    place = int(round(per_minute * minutes))
    threshold = alarms[place] if place < len(alarms) else -np.inf
    put = music[candidates.clicks[:, 0].astype(int)]
    found = (candidates.label == 1) & music[candidates.scene] & (scores > threshold)
    if recorded is not None:
        put &= candidates.clicks[:, 2] == recorded
        found &= candidates.recorded == recorded
    shares = []
    for low, high in CLASSES:
        total = (put & (candidates.clicks[:, 1] >= low) & (candidates.clicks[:, 1] < high)).sum()
        hits = (found & (candidates.level >= low) & (candidates.level < high)).sum()
        shares.append(hits / max(total, 1))
    return shares, threshold

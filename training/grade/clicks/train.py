# SPDX-License-Identifier: Apache-2.0
"""Trains models/click_network.bin, which tells clicks of a record from music, on the rows of
spindle-click-candidates. From nothing, with a seed; a few minutes on one core."""

import argparse
import struct
import sys

import numpy as np
import torch

from candidates import FEATURES, Candidates, recalls

HIDDEN = (64, 32)
BATCH = 1024
CLICKS_IN_BATCH = 0.25  # of the rows one in fifty is
NOISE = 0.05  # deviations, on each feature: an excerpt's music is heard a thousand times
LIMIT = 6  # deviations; what is beyond says no more


class Network(torch.nn.Module):
    def __init__(self, features):
        super().__init__()
        self.mean = torch.tensor(features.mean(0))
        self.scale = torch.tensor(1 / (features.std(0) + 1e-3))
        sizes = (FEATURES, *HIDDEN, 1)
        self.layers = torch.nn.ModuleList(torch.nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def normal(self, x):
        return ((x - self.mean) * self.scale).clamp(-LIMIT, LIMIT)

    def of_normal(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)[:, 0]

    def score(self, features):
        with torch.no_grad():
            return np.concatenate([self.of_normal(self.normal(torch.tensor(part))).numpy()
                                   for part in np.array_split(features, len(features) // 50000 + 1)])


def fit(network, features, labels, steps, rate):
    x, y = network.normal(torch.tensor(features)), torch.tensor(labels)
    clicks, music = torch.where(y == 1)[0], torch.where(y == 0)[0]
    of_clicks = int(BATCH * CLICKS_IN_BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=1e-2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    for _ in range(steps):
        rows = torch.cat([music[torch.randint(len(music), (BATCH - of_clicks,))],
                          clicks[torch.randint(len(clicks), (of_clicks,))]])
        batch = x[rows] + NOISE * torch.randn(len(rows), FEATURES)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(network.of_normal(batch), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()


def calibrate(scores, labels):
    """Slope and offset that make the logistic of the scores the share of clicks (Platt 1999)."""
    s, y = torch.tensor(scores, dtype=torch.float64), torch.tensor(labels, dtype=torch.float64)
    line = torch.zeros(2, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([line], max_iter=200, line_search_fn="strong_wolfe")

    def loss():
        optimizer.zero_grad()
        value = torch.nn.functional.binary_cross_entropy_with_logits(line[0] * s + line[1], y)
        value.backward()
        return value

    optimizer.step(loss)
    return [float(value) for value in line]


def write(network, line, path):
    """Little-endian: "SPCK", version, sizes of the layers; floats: mean, scale, then of each layer
    weights (a row for each output) and offsets, then slope and offset of the calibration."""
    sizes = (FEATURES, *HIDDEN, 1)
    with open(path, "wb") as file:
        file.write(b"SPCK" + struct.pack(f"<{2 + len(sizes)}i", 1, len(sizes), *sizes))
        for values in [network.mean, network.scale] + [
                v for layer in network.layers for v in (layer.weight, layer.bias)]:
            file.write(values.detach().numpy().astype("<f4").tobytes())
        file.write(struct.pack("<2f", *line))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("rows", nargs="+", help="written by spindle-click-candidates")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--steps", type=int, default=2000)
    request = parser.parse_args()
    torch.manual_seed(request.seed)
    torch.set_num_threads(1)
    data = Candidates(request.rows)
    random = np.random.default_rng(request.seed)
    packages = np.unique(data.packages)
    held = random.permutation(packages)[: len(packages) // 3]
    held_scenes = np.isin(data.packages, held)
    apart = held_scenes[data.scene]
    known = data.label >= 0
    network = Network(data.features[known & ~apart])
    fit(network, data.features[known & ~apart], data.label[known & ~apart], request.steps, 4e-3)
    scores = np.full(len(data.rows), -np.inf)
    scores[apart] = network.score(data.features[apart])
    print("held out:", " ".join(sorted(held)))
    for alarms in (1, 3, 10):
        for recorded in (None, 1):
            shares, threshold = recalls(data, held_scenes, scores, alarms, recorded)
            print(f"{alarms} a minute, recorded {recorded}:", " ".join(f"{s:.2f}" for s in shares),
                  f"from {threshold:.2f}")
    fair = apart & known & ~data.clean
    line = calibrate(scores[fair], data.label[fair])
    print("calibration:", line)
    chance = 1 / (1 + np.exp(-(line[0] * scores[fair] + line[1])))
    for low, high in ((0, .02), (.02, .1), (.1, .3), (.3, .5), (.5, .7), (.7, .9), (.9, .98), (.98, 1.01)):
        within = (chance >= low) & (chance < high)
        if within.any():
            print(f"  stated {chance[within].mean():.3f}, true {data.label[fair][within].mean():.3f}, {within.sum()} rows")
    sys.stdout.flush()
    write(network, line, request.out)
    # The last lesson is on all of it: the packages held out have music of their own.
    fit(network, data.features[known], data.label[known], request.steps * 3 // 4, 2e-3)
    write(network, line, request.out)


if __name__ == "__main__":
    main()

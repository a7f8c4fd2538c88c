# SPDX-License-Identifier: Apache-2.0
"""Lines of text cut out of made-up shelves, as the text finder would cut them."""
import json
import random
from pathlib import Path

import cv2
import numpy as np
import torch

from alphabet import printable

HEIGHT = 48  # of what the recogniser sees
LONGEST = 640
STEP = 64  # widths of batches are multiples of it: the library makes a plan for each width it meets


def lines_of(spine):
    """Runs of words that a text finder takes for one: near each other, of one size, in a row."""
    run = []
    for word in spine.get("words", []):
        quad = np.array(word["quad"], np.float32)
        height = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
        if run:
            last, last_height = run[-1][1], run[-1][2]
            along = (last[1] - last[0]) / max(np.linalg.norm(last[1] - last[0]), 1e-6)
            step = (quad[0] + quad[3] - last[1] - last[2]) / 2
            across = abs(step[0] * along[1] - step[1] * along[0])
            gap = step @ along
            if across > 0.3 * height or not -0.2 * height < gap < 1.2 * height \
                    or max(height, last_height) > 1.5 * min(height, last_height):
                yield run
                run = []
        run.append((word["text"], quad, height))
    if run:
        yield run


def outline(run):
    """The quad around a run of words, in reading order."""
    first, last = run[0][1], run[-1][1]
    along = (last[1] + last[2] - first[0] - first[3]) / 2
    along = along / max(np.linalg.norm(along), 1e-6)
    down = np.array([-along[1], along[0]])
    points = np.concatenate([quad for _, quad, _ in run])
    u, v = points @ along, points @ down
    return np.array([along * a + down * b for a, b in ((u.min(), v.min()), (u.max(), v.min()),
                                                       (u.max(), v.max()), (u.min(), v.max()))], np.float32)


def cut(picture, quad, chance):
    """The line upright, HEIGHT pixels high, its box as loose or tight as a finder's may be."""
    along, down = quad[1] - quad[0], quad[3] - quad[0]
    height = max(np.linalg.norm(down), 1)
    a, d = along / max(np.linalg.norm(along), 1e-6), down / height
    loose = [height * chance.uniform(-0.06, 0.35) for _ in range(4)]
    box = np.array([quad[0] - a * loose[0] - d * loose[1], quad[1] + a * loose[2] - d * loose[1],
                    quad[2] + a * loose[2] + d * loose[3], quad[3] - a * loose[0] + d * loose[3]], np.float32)
    tilt = height * chance.gauss(0, 0.04)
    box[[1, 2]] += d * tilt
    high = np.linalg.norm(box[3] - box[0])
    width = int(np.clip(np.linalg.norm(box[1] - box[0]) * HEIGHT / high * np.exp(chance.gauss(0, 0.08)), 16, LONGEST))
    middle = HEIGHT if high >= HEIGHT else max(int(high), 4)  # as many pixels as there are, then enlarged
    small = (max(int(width * middle / HEIGHT), 4), middle)
    target = np.array([[0, 0], [small[0], 0], [small[0], small[1]], [0, small[1]]], np.float32)
    strip = cv2.warpPerspective(picture, cv2.getPerspectiveTransform(box, target), small, flags=cv2.INTER_AREA
                                if high > HEIGHT else cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return cv2.resize(strip, (width, HEIGHT), interpolation=cv2.INTER_CUBIC)


def coloured(strip, chance):
    x = strip.astype(np.float32) / 255
    if chance.random() < 0.25:
        x = cv2.GaussianBlur(x, (0, 0), chance.uniform(0.4, 1.6))
    if chance.random() < 0.6:
        x = (x - 0.5) * np.exp(chance.gauss(0, 0.3)) + 0.5 + chance.gauss(0, 0.1)
        x *= np.exp(np.array([chance.gauss(0, 0.08) for _ in range(3)], np.float32))
    if chance.random() < 0.1:
        x = 1 - x
    if chance.random() < 0.3:
        noise = np.random.default_rng(chance.randrange(1 << 30))
        x = x + noise.normal(0, chance.uniform(0.01, 0.06), x.shape).astype(np.float32)
    return np.clip(x, 0, 1) * 2 - 1


class Lines(torch.utils.data.IterableDataset):
    """Endless batches of lines of like length: strips (n, 3, 48, w), targets, their lengths."""

    def __init__(self, folder, alphabet, batch, seed, least_height=7.0):
        self.paths = sorted(Path(folder).glob("*.json"))
        self.alphabet = alphabet
        self.index = {sign: i + 1 for i, sign in enumerate(alphabet)}
        self.batch, self.seed, self.least_height = batch, seed, least_height

    def lines(self, chance):
        while True:
            path = chance.choice(self.paths)
            truth = json.loads(path.read_text())
            picture = cv2.imread(str(path.with_name(truth["image"])))
            chosen = [run for spine in truth["spines"] for run in lines_of(spine)]
            chance.shuffle(chosen)
            for run in chosen[:48]:
                words = run
                if len(words) > 1 and chance.random() < 0.3:  # finders also cut between words
                    start = chance.randrange(len(words))
                    words = words[start:start + chance.randint(1, len(words) - start)]
                text = printable(" ".join(w[0] for w in words), self.alphabet)
                quad = outline(words)
                high = np.linalg.norm(quad[3] - quad[0])
                if not text or high < self.least_height or len(text) > 48:
                    continue
                yield cut(picture, quad, chance), text

    def __iter__(self):
        cv2.setNumThreads(1)
        chance = random.Random(self.seed)
        source = self.lines(chance)
        while True:
            pool = sorted((next(source) for _ in range(self.batch * 12)), key=lambda item: item[0].shape[1])
            groups = [pool[i:i + self.batch] for i in range(0, len(pool), self.batch)]
            chance.shuffle(groups)
            for group in groups:
                width = -(-max(strip.shape[1] for strip, _ in group) // STEP) * STEP
                strips = np.zeros((len(group), 3, HEIGHT, width), np.float32)
                targets = []
                for i, (strip, text) in enumerate(group):
                    strips[i, :, :, :strip.shape[1]] = coloured(strip, chance).transpose(2, 0, 1)
                    targets.append([self.index[sign] for sign in text])
                yield (torch.from_numpy(strips), torch.tensor(sum(targets, []), dtype=torch.long),
                       torch.tensor([len(t) for t in targets], dtype=torch.long))

# SPDX-License-Identifier: Apache-2.0
"""Strips of spines cut out of made-up shelves, as the program cuts them, and where their lines are."""
import json
import random
from pathlib import Path

import cv2
import numpy as np
import torch

from lines import coloured, lines_of, outline

MEAN = np.array([0.485, 0.456, 0.406], np.float32)  # of blue, green, red in this order, as PP-OCR has it
DEVIATION = np.array([0.229, 0.224, 0.225], np.float32)
STEP = 32  # sides of what the network sees are multiples of it
LONGEST = 896  # pixels; longer strips are seen in part
MOST_ENLARGED = 4
KERNEL = 0.3  # height of what is to be found of a line, of its own
INSET = 0.28  # how much shorter it is at each end, of the line's height
WIDTHS = 128  # pixels: widths of batches are multiples; the library makes a plan for each size it meets
LEAST_HEIGHT = 5.0  # pixels of the strip and the photo; what is lower counts neither way


def lengthwise(quad):
    """Corners in such an order that it is read along its longer side."""
    sides = [np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])]
    return quad if sides[0] >= sides[1] else np.roll(quad, -1, 0)


def sizes(quad, height):
    """Length and thickness of the strip with about that height, and pixels of it for one of the photo."""
    length = (np.linalg.norm(quad[1] - quad[0]) + np.linalg.norm(quad[2] - quad[3])) / 2
    thick = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
    scale = min(max(height / thick, min(1.0, 768 / length)), MOST_ENLARGED, 3072 / length)
    return max(8, round(length * scale)), max(8, round(thick * scale)), scale


def rectified(picture, quad, width, height, scale):
    """The quad upright; averaged where it is made smaller, as a photo is."""
    steps = 1 if scale > 0.5 else int(np.ceil(1 / scale))
    size = (width * steps, height * steps)
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    turn = cv2.getPerspectiveTransform(quad.astype(np.float32), target)
    strip = cv2.warpPerspective(picture, turn, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    strip = strip if steps == 1 else cv2.resize(strip, (width, height), interpolation=cv2.INTER_AREA)
    return strip, np.diag([1 / steps, 1 / steps, 1.0]) @ turn


def strip_of(picture, quad, height, border):
    """The strip with its border, and the transformation from the photo into it."""
    width, high, scale = sizes(quad, height)
    strip, turn = rectified(picture, quad, width, high, scale)
    edge = round(high * border)
    strip = cv2.copyMakeBorder(strip, edge, edge, edge, edge, cv2.BORDER_REPLICATE)
    return strip, np.array([[1, 0, edge], [0, 1, edge], [0, 0, 1.0]]) @ turn


def moved(quad, turn):
    return cv2.perspectiveTransform(quad[None].astype(np.float32), turn)[0]


def height_of(quad):
    return (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2


def kernel_of(line):
    """The heart of a line, which the network is to find."""
    down = (line[3] - line[0] + line[2] - line[1]) / 2
    along = (line[1] - line[0] + line[2] - line[3]) / 2
    length = np.linalg.norm(along)
    inset = min(INSET * np.linalg.norm(down), 0.3 * length) / max(length, 1e-6) * along
    less = (1 - KERNEL) / 2 * down
    return np.array([line[0] + less + inset, line[1] + less - inset, line[2] - less - inset, line[3] - less + inset])


def draw(shape, spine, turn):
    """What is to be found on the strip: a map of 0 and 1, and a map of what counts."""
    wanted = np.zeros(shape, np.float32)
    counts = np.ones(shape, np.float32)
    for run in lines_of(spine):
        line = outline(run)
        if height_of(line) < LEAST_HEIGHT or height_of(moved(line, turn)) < LEAST_HEIGHT:
            cv2.fillConvexPoly(counts, np.round(moved(line, turn) * 16).astype(np.int32), 0, shift=4)
            continue
        kernel = kernel_of(moved(line, turn))
        cv2.fillConvexPoly(wanted, np.round((kernel - 0.5) * 16).astype(np.int32), 1, shift=4)
    return wanted, counts


def network_input(strip):
    """(3, h, w) of -2 to 3, sides multiples of STEP, the outermost pixels repeated."""
    more = [(-side) % STEP for side in strip.shape[:2]]
    strip = cv2.copyMakeBorder(strip, 0, more[0], 0, more[1], cv2.BORDER_REPLICATE)
    return ((strip.astype(np.float32) - MEAN) / DEVIATION).transpose(2, 0, 1)


def loosely(quad, chance):
    """The quad as a spine finder gives it."""
    along, down = (quad[1] - quad[0]), (quad[3] - quad[0])
    along, thick = along / max(np.linalg.norm(along), 1e-6), height_of(quad)
    down = down / max(np.linalg.norm(down), 1e-6)
    return np.array([corner + along * thick * chance.gauss(0, 0.15) + down * thick * chance.gauss(0, 0.04)
                     for corner in quad])


class Strips(torch.utils.data.IterableDataset):
    """Endless batches of strips of like size: (n, 3, h, w), wanted (n, h, w), counts (n, h, w)."""

    def __init__(self, folder, batch, seed):
        self.paths = sorted(Path(folder).glob("*.json"))
        self.batch, self.seed = batch, seed

    def strips(self, chance):
        while True:
            path = chance.choice(self.paths)
            truth = json.loads(path.read_text())
            picture = cv2.imread(str(path.with_name(truth["image"])))
            chosen = [s for s in truth["spines"] if s["legible"] or chance.random() < 0.15]
            chance.shuffle(chosen)
            for spine in chosen[:40]:
                quad = lengthwise(loosely(np.array(spine["quad"]), chance))
                if height_of(quad) < 8:
                    continue
                if chance.random() < 0.5:
                    quad = np.roll(quad, 2, 0)
                height = 40 if chance.random() < 0.6 else np.exp(chance.uniform(np.log(30), np.log(80)))
                strip, turn = strip_of(picture, quad, height, chance.uniform(0.25, 0.45))
                wanted, counts = draw(strip.shape[:2], spine, turn)
                if strip.shape[1] > LONGEST:
                    start = chance.randrange(strip.shape[1] - LONGEST)
                    part = np.s_[:, start:start + LONGEST]
                    strip, wanted, counts = strip[part], wanted[part], counts[part]
                yield (coloured(strip, chance) + 1) / 2, wanted, counts

    def __iter__(self):
        cv2.setNumThreads(1)
        chance = random.Random(self.seed)
        source = self.strips(chance)

        def padded(side, step):
            return -(-side // step) * step

        while True:
            pool = sorted((next(source) for _ in range(self.batch * 16)),
                          key=lambda item: (padded(item[0].shape[0], STEP), item[0].shape[1]))
            groups = [pool[i:i + self.batch] for i in range(0, len(pool), self.batch)]
            chance.shuffle(groups)
            for group in groups:
                shape = [padded(max(item[0].shape[axis] for item in group), step)
                         for axis, step in enumerate((STEP, WIDTHS))]
                strips = np.zeros((len(group), 3, *shape), np.float32)
                wanted = np.zeros((len(group), *shape), np.float32)
                counts = np.zeros_like(wanted)
                for i, (strip, want, count) in enumerate(group):
                    more = [shape[axis] - strip.shape[axis] for axis in (0, 1)]
                    full = cv2.copyMakeBorder(strip, 0, more[0], 0, more[1], cv2.BORDER_REPLICATE)
                    strips[i] = network_input(full)
                    wanted[i, :want.shape[0], :want.shape[1]] = want
                    counts[i, :count.shape[0], :count.shape[1]] = count
                yield torch.from_numpy(strips), torch.from_numpy(wanted), torch.from_numpy(counts)

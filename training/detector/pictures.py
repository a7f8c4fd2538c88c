# SPDX-License-Identifier: Apache-2.0
"""Crops of pictures with their labels, at many sizes and angles."""
import json
import random
from pathlib import Path

import cv2
import numpy as np
import torch

import labels


class Scene:
    """A photo with its truth: what training/shelf writes, or YOLO polygons of one class."""

    def __init__(self, path):
        self.path = Path(path)

    def load(self):
        if self.path.suffix == ".json":
            truth = json.loads(self.path.read_text())
            picture = cv2.imread(str(self.path.with_name(truth["image"])))
            quads = [np.array(s["quad"], np.float32) for s in truth["spines"]]
            words = [np.array(w["quad"], np.float32) for s in truth["spines"] for w in s.get("words", [])]
            return (picture, quads, [np.array(q, np.float32) for q in truth.get("unprinted", [])],
                    words if any("words" in s for s in truth["spines"]) else None,
                    [np.array(p, np.float32) for p in truth.get("ignore_regions", [])])
        picture = cv2.imread(str(self.path.with_suffix(".jpg")))
        if picture is None:
            return None
        quads = []
        for row in self.path.read_text().splitlines():
            values = np.array(row.split()[1:], np.float32)
            polygon = values[: len(values) // 2 * 2].reshape(-1, 2) * picture.shape[1::-1]
            if len(polygon) >= 3:
                quads.append(long_first(cv2.boxPoints(cv2.minAreaRect(polygon.astype(np.float32)))
                                        if len(polygon) != 4 else polygon))
        return picture, quads, [], None, []


def long_first(quad):
    """The corners so that the first edge is a long one, turning to the right."""
    if np.cross(quad[1] - quad[0], quad[2] - quad[1]) < 0:
        quad = quad[::-1]
    if np.linalg.norm(quad[1] - quad[0]) < np.linalg.norm(quad[2] - quad[1]):
        quad = np.roll(quad, 1, 0)
    return quad.astype(np.float32)


def thickness(quad):
    return min(np.linalg.norm(quad[3] - quad[0]), np.linalg.norm(quad[1] - quad[0]))


def crop(scene, size, chance):
    """One crop: picture (size, size, 3) RGB 0..1, maps, weights."""
    picture, quads, backs, words, ignored = scene
    height, width = picture.shape[:2]
    if quads:
        wanted = np.exp(chance.uniform(np.log(7), np.log(80)))
        scale = wanted / max(np.median([thickness(q) for q in quads]), 2)
    else:
        scale = np.exp(chance.uniform(np.log(0.3), np.log(1.2)))
    scale = float(np.clip(scale, 0.25 * size / max(height, width), 1.6))
    angle = chance.gauss(0, 5) if chance.random() < 0.6 else chance.uniform(-40, 40)
    if chance.random() < 0.1:
        angle += chance.choice([90, 180, 270])
    # look at a spine, mostly
    if quads and chance.random() < 0.85:
        q = quads[chance.randrange(len(quads))]
        centre = q[0] + (q[1] - q[0]) * chance.random() + (q[3] - q[0]) * chance.random()
    else:
        centre = np.array([chance.uniform(0, width), chance.uniform(0, height)])
    turn = cv2.getRotationMatrix2D((float(centre[0]), float(centre[1])), angle, scale)
    turn[:, 2] += size / 2 - centre + [chance.uniform(-0.35, 0.35) * size, chance.uniform(-0.35, 0.35) * size]
    piece = look(picture, turn, scale, size)

    def moved(points):
        return points @ turn[:, :2].T + turn[:, 2]

    inside = []
    for group in (quads, backs, words or []):
        moved_group = [moved(q) for q in group]
        inside.append([q for q in moved_group if (q.max(0) > 0).all() and (q.min(0) < size).all()])
    maps, weights = labels.draw(size, inside[0], inside[1], None if words is None else inside[2],
                                [moved(p) for p in ignored])
    return coloured(piece, chance), maps, weights


def look(picture, turn, scale, size):
    """What `turn` (2 x 3, picture to crop) shows of a picture. Made smaller by averaging, as a photo
    is: warping alone would alias."""
    corners = np.array([[0, 0], [size, 0], [size, size], [0, size]], np.float32)
    seen = cv2.transform(corners[None], cv2.invertAffineTransform(turn))[0]
    low = np.maximum(np.floor(seen.min(0)).astype(int) - 4, 0)
    high = np.minimum(np.ceil(seen.max(0)).astype(int) + 4, picture.shape[1::-1])
    if (high <= low).any():
        return np.zeros((size, size, 3), np.uint8)
    part = picture[low[1]:high[1], low[0]:high[0]]
    matrix = np.vstack([turn, [0, 0, 1]]) @ np.array([[1, 0, low[0]], [0, 1, low[1]], [0, 0, 1.0]])
    if scale < 0.6:
        smaller = (max(1, round(part.shape[1] * scale)), max(1, round(part.shape[0] * scale)))
        matrix = matrix @ np.diag([part.shape[1] / smaller[0], part.shape[0] / smaller[1], 1.0])
        part = cv2.resize(part, smaller, interpolation=cv2.INTER_AREA)
    return cv2.warpAffine(part, matrix[:2], (size, size), flags=cv2.INTER_LINEAR)


def coloured(piece, chance):
    """A phone's other mood: exposure, contrast, white balance, blur, noise."""
    x = piece[:, :, ::-1].astype(np.float32) / 255
    if chance.random() < 0.2:
        x = cv2.GaussianBlur(x, (0, 0), chance.uniform(0.4, 1.5))
    if chance.random() < 0.7:
        tone = np.linspace(0, 1, 256, dtype=np.float32) ** np.exp(chance.gauss(0, 0.3))
        tone = (tone - 0.5) * np.exp(chance.gauss(0, 0.25)) + 0.5 + chance.gauss(0, 0.08)
        x = tone[(x * 255).astype(np.uint8)]
        x *= np.exp(np.array([chance.gauss(0, 0.08) for _ in range(3)], np.float32))
    if chance.random() < 0.1:
        x = np.repeat(x.mean(2, keepdims=True), 3, 2)
    if chance.random() < 0.4:
        noise = np.empty((x.shape[0], x.shape[1] // 4, 3), np.float32)
        cv2.setRNGSeed(chance.randrange(1 << 30))
        cv2.randn(noise, 0, chance.uniform(0.005, 0.05))
        x = x + np.tile(noise, (1, 4, 1))[:, : x.shape[1]]  # repeated: noise is half of the time else
    return np.clip(x, 0, 1)


class Crops(torch.utils.data.IterableDataset):
    """Endless crops: a scene is decoded once for several of them."""

    def __init__(self, sources, size, per_scene, seed):
        """sources: list of (share, (folder, pattern of the truth's files))"""
        self.sources, self.size, self.per_scene, self.seed = sources, size, per_scene, seed

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        chance = random.Random(self.seed * 1000 + (worker.id if worker else 0))
        shares = [share for share, _ in self.sources]
        while True:
            # several scenes at once, so that a batch is mixed
            held = []
            for _ in range(4):
                folder, pattern = chance.choices(self.sources, shares)[0][1]
                # listed each time: scenes may still be in the making
                scene = Scene(chance.choice(sorted(folder.glob(pattern)))).load()
                if scene is not None and scene[0] is not None:
                    held.append(scene)
            for _ in range(self.per_scene):
                for scene in held:
                    picture, maps, weights = crop(scene, self.size, chance)
                    yield (torch.from_numpy(np.ascontiguousarray(picture.transpose(2, 0, 1))),
                           torch.from_numpy(maps), torch.from_numpy(weights))

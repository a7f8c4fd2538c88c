# SPDX-License-Identifier: Apache-2.0
"""What the detector is to say of a picture, as maps a quarter of its size.

A map cell is 4 x 4 pixels; its place is its centre. Distances are in pixels of the network's input.
For every spine a direction is agreed: along it, towards the right or downwards (of the two ways the
one whose x + y grows), so that the four distances have an order: to the edge on the left hand of
that direction, to the one on the right hand, to the end behind, to the end ahead.
"""
import numpy as np
import cv2

STRIDE = 4
# core: middle of a spine, by which neighbours are told apart.  spine: anywhere on it.
# printed: it shows its spine and not the back of the case.  cos2, sin2: twice the direction's angle.
# left, right, behind, ahead: the four distances.  text: on a word.  read_x, read_y: unit vector in
# which that word is read.
CHANNELS = ["core", "spine", "printed", "cos2", "sin2", "left", "right", "behind", "ahead",
            "text", "read_x", "read_y"]
CORE_SHARE = 0.3      # half the core's width over the spine's thickness
CORE_LEAST = 2.3      # pixels: a core at least a cell wide, and a cell of gap between thin ones
FARTHEST_END = 96.0   # pixels: beyond it an end is out of sight of the convolutions


def direction_of(quad):
    """Unit vector along a quad (corners in reading order), the way whose x + y grows."""
    along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
    along = along / max(np.linalg.norm(along), 1e-6)
    return along if along.sum() > 0 else -along


def line_distance(points, a, b):
    """Distance of points (..., 2) from the line a b."""
    d = (b - a) / max(np.linalg.norm(b - a), 1e-6)
    return np.abs((points[..., 0] - a[0]) * d[1] - (points[..., 1] - a[1]) * d[0])


def cells_of(quad, shape):
    """Rows, columns and centres (pixels) of the cells inside a quad."""
    low = np.maximum(np.floor(quad.min(0) / STRIDE).astype(int) - 1, 0)
    high = np.minimum(np.ceil(quad.max(0) / STRIDE).astype(int) + 1, [shape[1], shape[0]])
    if (high <= low).any():
        return None
    x, y = np.meshgrid(np.arange(low[0], high[0]), np.arange(low[1], high[1]))
    points = np.stack([x, y], -1).reshape(-1, 2) * STRIDE + STRIDE / 2.0
    inside = np.ones(len(points), bool)
    turn = np.sign(np.cross(quad[1] - quad[0], quad[2] - quad[1])) or 1
    for i in range(4):
        a, b = quad[i], quad[(i + 1) % 4]
        d = (b - a) / max(np.linalg.norm(b - a), 1e-6)
        inside &= turn * (d[0] * (points[:, 1] - a[1]) - d[1] * (points[:, 0] - a[0])) > 0
    cells = ((points[inside] - STRIDE / 2.0) / STRIDE).astype(int)
    return cells[:, 1], cells[:, 0], points[inside]


def draw(size, spines, unprinted=(), words=(), ignored=()):
    """Maps (channels, h, w) and weights (channels, h, w) for a square crop of `size` pixels.

    spines, unprinted: quads (4, 2) in reading order; words: quads; ignored: polygons (n, 2).
    words=None means that words are not known: their channels get no weight.
    """
    n = size // STRIDE
    maps = np.zeros((len(CHANNELS), n, n), np.float32)
    weights = np.zeros_like(maps)
    weights[0:2] = 1
    if words is not None:
        weights[9] = 1
    for quad, printed in [(q, 1) for q in spines] + [(q, 0) for q in unprinted]:
        found = cells_of(quad, (n, n))
        if found is None or len(found[0]) == 0:
            continue
        rows, columns, points = found
        c = direction_of(quad)
        flipped = np.dot(quad[1] - quad[0], c) < 0
        q = quad[[2, 3, 0, 1]] if flipped else quad
        # along c with y down, the left hand is where y shrinks: the edge of corners 0 and 1
        left, right = line_distance(points, q[0], q[1]), line_distance(points, q[3], q[2])
        behind, ahead = line_distance(points, q[0], q[3]), line_distance(points, q[1], q[2])
        thick = left + right
        inner = np.abs(left - right) / 2 <= np.maximum(CORE_SHARE * thick, CORE_LEAST)
        inner &= np.minimum(behind, ahead) >= np.minimum(CORE_SHARE * thick, 24)
        maps[1, rows, columns] = 1
        weights[2:9, rows, columns] = 1
        maps[0, rows, columns] = np.maximum(maps[0, rows, columns], inner)
        maps[2, rows, columns] = printed
        maps[3, rows, columns] = c[0] ** 2 - c[1] ** 2
        maps[4, rows, columns] = 2 * c[0] * c[1]
        for channel, value in zip(range(5, 9), (left, right, np.minimum(behind, FARTHEST_END),
                                                np.minimum(ahead, FARTHEST_END))):
            maps[channel, rows, columns] = np.maximum(value, 0.5)
    for quad in words or ():
        height = (np.linalg.norm(quad[3] - quad[0]) + np.linalg.norm(quad[2] - quad[1])) / 2
        cells = np.round((quad / STRIDE - 0.5) * 16).astype(np.int32)  # in sixteenths of a cell
        if height < 3.5:  # nobody can see it at this size
            for channel in range(9, 12):
                cv2.fillConvexPoly(weights[channel], cells, 0, shift=4)
            continue
        along = (quad[1] + quad[2] - quad[0] - quad[3]) / 2
        along = along / max(np.linalg.norm(along), 1e-6)
        for channel, value in ((9, 1.0), (10, float(along[0])), (11, float(along[1]))):
            cv2.fillConvexPoly(maps[channel], cells, value, shift=4)
        for channel in (10, 11):
            cv2.fillConvexPoly(weights[channel], cells, 1, shift=4)
    if len(ignored):
        mask = np.zeros((n, n), np.uint8)
        cv2.fillPoly(mask, [np.round(p / STRIDE - 0.5).astype(np.int32) for p in ignored], 1)
        # a labelled spine inside an ignored region still counts
        weights[:, (mask == 1) & (maps[1] == 0)] = 0
    return maps, weights

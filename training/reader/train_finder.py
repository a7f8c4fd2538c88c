# SPDX-License-Identifier: Apache-2.0
"""Trains a published finder of text further on strips of spines and writes it back.  See ../README.md."""
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
import torch.nn.functional as F

from fold import folded
from onnx_module import OnnxModule
from strips import Strips, height_of, lengthwise, moved, network_input, strip_of
from training_on import arguments, train_on

THRESHOLD, LEAST_MEAN, UNCLIP = 0.3, 0.5, 2.2  # src/shelf/text_finder.h


def boxes_in(chance):
    """Quads of lines in a map of probabilities, as src/shelf/text_finder.cpp finds them."""
    boxes = []
    outlines, _ = cv2.findContours((chance > THRESHOLD).astype(np.uint8), cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for points in outlines:
        centre, (w, h), angle = cv2.minAreaRect(points)
        if min(w, h) < 2:
            continue
        mask = np.zeros(chance.shape, np.uint8)
        cv2.fillConvexPoly(mask, np.round(cv2.boxPoints((centre, (w, h), angle))).astype(np.int32), 1)
        if chance[mask > 0].mean() < LEAST_MEAN:
            continue
        more = w * h * UNCLIP / (w + h)
        boxes.append(cv2.boxPoints((centre, (w + more, h + more), angle)))
    return boxes


def common_area(a, b):
    return cv2.intersectConvexConvex(a.astype(np.float32), b.astype(np.float32))[0]


HEIGHTS = (8, 12, 16, 20, 28, 40, 1e9)  # of words, pixels of the photo


def judge(module, folder):
    """Of the words of each height: their letters, and those in a box that holds 70 % of the word's area
    and is less than 2.2 times as high; and boxes without a word, of all boxes."""
    table = np.zeros((len(HEIGHTS), 2))
    empty = boxes_seen = 0
    module.eval()
    for path in sorted(Path(folder).glob("*.json")):
        truth = json.loads(path.read_text())
        picture = cv2.imread(str(path.with_name(truth["image"])))
        for spine in truth["spines"]:
            quad = lengthwise(np.array(spine["quad"], np.float32))
            if not spine["legible"] or height_of(quad) < 8:
                continue
            thin = height_of(quad) < 45
            strip, turn = strip_of(picture, quad, 48 if thin else 40, 0.5 if thin else 0.3)
            with torch.no_grad():
                chance = module(torch.from_numpy(network_input(strip / np.float32(255)))[None])
            boxes = boxes_in(torch.sigmoid(chance[0, 0, :strip.shape[0], :strip.shape[1]]).numpy())
            words = [(w["text"], moved(np.array(w["quad"], np.float32), turn), height_of(np.array(w["quad"])))
                     for w in spine["words"]]
            boxes_seen += len(boxes)
            empty += sum(all(common_area(b, q) < 0.2 * cv2.contourArea(q) for _, q, _ in words) for b in boxes)
            for text, q, height in words:
                row = next(i for i, high in enumerate(HEIGHTS) if height < high)
                found = any(common_area(b, q) > 0.7 * cv2.contourArea(q)
                            and min(cv2.minAreaRect(b)[1]) < 2.2 * height_of(q) for b in boxes)
                table[row] += len(text), len(text) * found
    module.train()
    return table, empty, boxes_seen


def tell(name, judged):
    table, empty, boxes = judged
    shares = "  ".join(f"<{high:g}: {100 * found / max(all_, 1):.1f}" for high, (all_, found) in zip(HEIGHTS, table))
    print(f"{name}: letters in boxes, % by height  {shares}  all {100 * table[:, 1].sum() / table[:, 0].sum():.1f}"
          f"  boxes without a word {empty} of {boxes}", flush=True)


def loss_of(raw, wanted, counts):
    """Cross entropy with three pixels of ground for one of text, the hardest (Liao et al. 2020), and Dice."""
    each = F.binary_cross_entropy_with_logits(raw, wanted, reduction="none") * counts
    text = wanted * counts
    ground = (1 - wanted) * counts
    hardest = torch.topk((each * ground).flatten(), min(int(3 * text.sum().item()) + 100, int(ground.sum().item())))[0]
    entropy = ((each * text).sum() + hardest.sum()) / (text.sum() + len(hardest) + 1e-6)
    p = torch.sigmoid(raw)
    dice = 1 - 2 * (p * text).sum() / ((p * p * counts).sum() + text.sum() + 1e-6)
    return entropy + dice


def main():
    options = arguments(__doc__, batch=8, rate=5e-4, steps=4000).parse_args()
    module = OnnxModule(folded(onnx.load(str(options.model))))
    train_on(module, Strips(options.scenes, options.batch, options.seed),
             lambda raw, wanted, counts: loss_of(raw[:, 0], wanted, counts),
             lambda when: tell(when, judge(module, options.check)), options)


if __name__ == "__main__":
    main()

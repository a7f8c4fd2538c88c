# SPDX-License-Identifier: Apache-2.0
"""Trains the spine detector and writes models/spine_detector.onnx.  See README.md."""
import argparse
import math
import time
from pathlib import Path

import torch
import torch.nn.functional as F

from network import Exported, SpineNet, readable
from pictures import Crops


def loss_of(raw, maps, weights):
    """Sum and parts. Masks: cross-entropy and Dice; distances: log of their intersection over
    union across the spine (after UnitBox, Yu et al. 2016), which is blind to scale; directions:
    squared error of unit vectors."""
    raw = raw.float()
    parts = {}
    for name, channel, factor in (("core", 0, 2.0), ("spine", 1, 1.0), ("printed", 2, 0.5), ("text", 9, 1.0)):
        w, target = weights[:, channel], maps[:, channel]
        total = w.sum().clamp(min=1)
        entropy = F.binary_cross_entropy_with_logits(raw[:, channel], target, reduction="none")
        p = torch.sigmoid(raw[:, channel]) * w
        dice = 1 - (2 * (p * target).sum() + 1) / (p.sum() + (target * w).sum() + 1)
        parts[name] = factor * ((entropy * w).sum() / total + (dice if name != "printed" else 0))
    w = weights[:, 5]
    total = w.sum().clamp(min=1)
    distance = readable(raw)[:, 5:9]
    left, right = distance[:, 0], distance[:, 1]
    common = torch.minimum(left, maps[:, 5]) + torch.minimum(right, maps[:, 6])
    either = torch.maximum(left, maps[:, 5]) + torch.maximum(right, maps[:, 6])
    parts["edges"] = 2.0 * (torch.log(either.clamp(min=0.1) / common.clamp(min=0.1)) * w).sum() / total
    near = (torch.abs(raw[:, 7:9] - torch.log(maps[:, 7:9].clamp(min=0.5) / 8)) * weights[:, 7:9]).sum() / total
    parts["ends"] = 0.25 * near
    parts["angle"] = (((raw[:, 3:5] - maps[:, 3:5]) ** 2).sum(1) * w).sum() / total
    w = weights[:, 10]
    parts["reading"] = 0.5 * (((raw[:, 10:12] - maps[:, 10:12]) ** 2).sum(1) * w).sum() / w.sum().clamp(min=1)
    return sum(parts.values()), parts


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--scenes", action="append", default=[], metavar="DIR[:SHARE]", help="what spindle-make-shelf wrote (again for more)")
    arguments.add_argument("--yolo", action="append", default=[], metavar="DIR[:SHARE]", help="photos with polygons, images/ and labels/ in one")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--steps", type=int, default=8000)
    arguments.add_argument("--size", type=int, default=512)
    arguments.add_argument("--batch", type=int, default=6)
    arguments.add_argument("--rate", type=float, default=2e-3)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=2)
    arguments.add_argument("--start", type=Path, help="weights to go on from")
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    sources = []
    for spec, pattern in [(s, "*.json") for s in options.scenes] + [(s, "**/*.txt") for s in options.yolo]:
        folder, _, share = spec.partition(":")
        print(folder, len(list(Path(folder).glob(pattern))), "photos")
        sources.append((float(share or 1), (Path(folder), pattern)))
    data = torch.utils.data.DataLoader(Crops(sources, options.size, 6, options.seed), batch_size=options.batch,
                                       num_workers=1, prefetch_factor=4)
    net = SpineNet().to(memory_format=torch.channels_last)
    if options.start:
        net.load_state_dict(torch.load(options.start))
    print(sum(p.numel() for p in net.parameters()) / 1e6, "M weights")
    average = torch.optim.swa_utils.AveragedModel(net, avg_fn=lambda a, b, n: a + (b - a) * max(0.004, 1 / (1 + n)), use_buffers=True)
    optimiser = torch.optim.AdamW(net.parameters(), lr=options.rate, weight_decay=0.02)
    options.out.mkdir(parents=True, exist_ok=True)
    began, last_saved, means = time.time(), time.time(), {}
    for step, (pictures, maps, weights) in enumerate(data):
        if step >= options.steps:
            break
        # a short warm-up, then down along a cosine
        rate = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * step / options.steps))
        for group in optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", dtype=torch.bfloat16):
            raw = net(pictures.to(memory_format=torch.channels_last))
        loss, parts = loss_of(raw, maps, weights)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimiser.step()
        if step >= options.steps // 5:
            average.update_parameters(net)
        for name, value in parts.items():
            means[name] = 0.98 * means.get(name, float(value)) + 0.02 * float(value)
        if step % 50 == 0:
            print(f"{time.time() - began:6.0f} s  step {step}  rate {rate:.5f}  "
                  + "  ".join(f"{k} {v:.3f}" for k, v in means.items()), flush=True)
        if time.time() - last_saved > 300:
            last_saved = time.time()
            save(average.module if step >= options.steps // 4 else net, options.out)
    save(average.module, options.out)


def save(net, folder):
    torch.save(net.state_dict(), folder / "detector.pt")
    net.eval()
    export(net, folder / "spine_detector.onnx")
    net.train()


def export(net, path):
    torch.onnx.export(Exported(net).eval(), torch.zeros(1, 3, 256, 256), str(path), opset_version=13,
                      input_names=["picture"], output_names=["maps"],
                      dynamic_axes={"picture": {0: "n", 2: "h", 3: "w"}, "maps": {0: "n", 2: "h4", 3: "w4"}})


if __name__ == "__main__":
    main()

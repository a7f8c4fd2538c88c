# SPDX-License-Identifier: Apache-2.0
"""Trains a published text recogniser further on spine text and writes it back.  See ../README.md."""
import argparse
import math
import time
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F

from alphabet import read_signs, with_alphabet
from fold import folded
from lines import Lines
from onnx_module import OnnxModule


def errors(a, b):
    """Edit distance of two sequences."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def greedy(raw):
    """Signs of each strip: the likeliest of every step, repeats and blanks dropped."""
    out = []
    for steps in raw.argmax(-1).tolist():
        out.append([s for i, s in enumerate(steps) if s and (i == 0 or steps[i - 1] != s)])
    return out


def judge(module, data, batches):
    wrong = signs = exact = count = 0
    module.eval()
    with torch.no_grad():
        for _, (strips, targets, lengths) in zip(range(batches), data):
            read = greedy(module(strips))
            start = 0
            for i, length in enumerate(lengths.tolist()):
                truth = targets[start:start + length].tolist()
                start += length
                e = errors(read[i], truth)
                wrong, signs, exact, count = wrong + e, signs + length, exact + (e == 0), count + 1
    module.train()
    return wrong / signs, exact / count


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--model", type=Path, required=True, help="the published recogniser, ONNX")
    arguments.add_argument("--signs", type=Path, required=True, help="its dictionary, a sign a line")
    arguments.add_argument("--alphabet", type=Path, default=Path(__file__).parents[2] / "models/spine_reader.txt",
                           help="the signs it is to know afterwards")
    arguments.add_argument("--scenes", type=Path, required=True, help="what spindle-make-shelf wrote")
    arguments.add_argument("--check", type=Path, required=True, help="the same with other seeds and fonts")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--steps", type=int, default=2000, help="0: only brings the network into the form of the others")
    arguments.add_argument("--minutes", type=float, default=1e9, help="the rate falls to nothing by then, if not before")
    arguments.add_argument("--batch", type=int, default=16)
    arguments.add_argument("--rate", type=float, default=3e-4)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    alphabet = read_signs(options.alphabet)
    module = OnnxModule(with_alphabet(folded(onnx.load(str(options.model))), read_signs(options.signs), alphabet))
    data = torch.utils.data.DataLoader(Lines(options.scenes, alphabet, options.batch, options.seed),
                                       batch_size=None, num_workers=1, prefetch_factor=8)
    check = list(zip(range(25), Lines(options.check, alphabet, 16, 12345)))
    check = [batch for _, batch in check]
    print("before: signs wrong %.4f, lines exact %.4f" % judge(module, check, 25), flush=True)
    optimiser = torch.optim.AdamW(module.parameters(), lr=options.rate, weight_decay=0.01)
    average = {n: p.detach().clone() for n, p in module.named_parameters()}
    began, mean = time.time(), None
    for step, (strips, targets, lengths) in enumerate(data):
        part = max(step / options.steps if options.steps else 1, (time.time() - began) / 60 / options.minutes)
        if part >= 1:
            break
        rate = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * part))
        for group in optimiser.param_groups:
            group["lr"] = rate
        with torch.autocast("cpu", dtype=torch.bfloat16):
            raw = module(strips.to(memory_format=torch.channels_last))
        chances = F.log_softmax(raw.float(), -1).permute(1, 0, 2)
        loss = F.ctc_loss(chances, targets, torch.full((len(lengths),), chances.shape[0], dtype=torch.long),
                          lengths, zero_infinity=True)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(module.parameters(), 5.0)
        optimiser.step()
        with torch.no_grad():
            share = max(0.005, 1 / (step + 1))
            for name, p in module.named_parameters():
                average[name].lerp_(p, share)
        mean = float(loss) if mean is None else 0.98 * mean + 0.02 * float(loss)
        if step % 50 == 0:
            print(f"{time.time() - began:6.0f} s  step {step}  rate {rate:.6f}  loss {mean:.4f}", flush=True)
        if step % 500 == 499:
            print("now: signs wrong %.4f, lines exact %.4f" % judge(module, check, 25), flush=True)
            module.write(options.out)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(average[name])
    print("averaged: signs wrong %.4f, lines exact %.4f" % judge(module, check, 25), flush=True)
    module.write(options.out)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Trains a published text recogniser further on spine text and writes it back.  See ../README.md."""
from pathlib import Path

import onnx
import torch
import torch.nn.functional as F

from alphabet import read_signs, with_alphabet
from fold import folded
from lines import Lines
from onnx_module import OnnxModule
from training_on import arguments, train_on


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


def loss_of(raw, targets, lengths):
    """Of connectionist temporal classification (Graves et al. 2006)."""
    chances = F.log_softmax(raw, -1).permute(1, 0, 2)
    steps = torch.full((len(lengths),), chances.shape[0], dtype=torch.long)
    return F.ctc_loss(chances, targets, steps, lengths, zero_infinity=True)


def main():
    parser = arguments(__doc__, batch=16, rate=3e-4, steps=2000)
    parser.add_argument("--signs", type=Path, required=True, help="its dictionary, a sign a line")
    parser.add_argument("--alphabet", type=Path, default=Path(__file__).resolve().parents[2] / "models/spine_reader.txt",
                        help="the signs it is to know afterwards")
    options = parser.parse_args()
    alphabet = read_signs(options.alphabet)
    module = OnnxModule(with_alphabet(folded(onnx.load(str(options.model))), read_signs(options.signs), alphabet))
    check = [batch for _, batch in zip(range(25), Lines(options.check, alphabet, 16, 12345))]
    train_on(module, Lines(options.scenes, alphabet, options.batch, options.seed), loss_of,
             lambda when: print("%s: signs wrong %.4f, lines exact %.4f" % (when, *judge(module, check, 25)), flush=True),
             options)


if __name__ == "__main__":
    main()

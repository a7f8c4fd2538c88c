# SPDX-License-Identifier: Apache-2.0
"""How a published network is trained further: what both of this folder's are asked for, and the steps."""
import argparse
import math
import time
from pathlib import Path

import torch


def arguments(doc, batch, rate, steps):
    """Of the command line, with these defaults."""
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--model", type=Path, required=True, help="the published network, ONNX")
    parser.add_argument("--scenes", type=Path, required=True, help="what spindle-make-shelf wrote")
    parser.add_argument("--check", type=Path, required=True, help="the same with other seeds and fonts")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=steps, help="0: only brings the network into the form of the others")
    parser.add_argument("--minutes", type=float, default=1e9, help="the rate falls to nothing by then, if not before")
    parser.add_argument("--batch", type=int, default=batch)
    parser.add_argument("--rate", type=float, default=rate)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    return parser


def train_on(module, data, loss_of, tell, options):
    """AdamW in half precision; the weights' moving average is what is kept, in options.out.

    data: batches whose first part goes into the module; loss_of(raw, *rest); tell(when) says how good it is."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    tell("before")
    optimiser = torch.optim.AdamW(module.parameters(), lr=options.rate, weight_decay=0.01)
    average = {n: p.detach().clone() for n, p in module.named_parameters()}
    began, mean = time.time(), None
    loader = torch.utils.data.DataLoader(data, batch_size=None, num_workers=1, prefetch_factor=8)
    for step, (strips, *rest) in enumerate(loader if options.steps else ()):
        part = max(step / options.steps, (time.time() - began) / 60 / options.minutes)
        if part >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * part))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            raw = module(strips.to(memory_format=torch.channels_last))
        loss = loss_of(raw.float(), *rest)
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
            print(f"{time.time() - began:6.0f} s  step {step}  loss {mean:.4f}", flush=True)
        if step % 500 == 499:
            tell("now")
            module.write(options.out)
    with torch.no_grad():
        for name, p in module.named_parameters():
            p.copy_(average[name])
    tell("averaged")
    module.write(options.out)

# SPDX-License-Identifier: Apache-2.0
"""The weighted mean of networks of one form, such as the published one and one trained further.  See ../README.md.

What was learned from made-up pictures holds on them; what it replaced may be missed on real ones. Weights between the two
lose little of the first and keep most of the second ("Robust fine-tuning of zero-shot models", Wortsman et al. 2022)."""
import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper


def blended(networks, shares):
    """The first network with the mean of all networks' weights; shares are relative to each other."""
    tensors = [{t.name: numpy_helper.to_array(t) for t in network.graph.initializer} for network in networks]
    for tensor in networks[0].graph.initializer:
        if numpy_helper.to_array(tensor).dtype == np.float32:
            mean = sum(share * of[tensor.name].astype(np.float64) for share, of in zip(shares, tensors)) / sum(shares)
            tensor.CopyFrom(numpy_helper.from_array(mean.astype(np.float32), tensor.name))
    return networks[0]


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("networks", nargs="+", metavar="FILE:SHARE", help="ONNX of one form, how much of each")
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    files, shares = zip(*(text.rsplit(":", 1) for text in options.networks))
    onnx.save(blended([onnx.load(file) for file in files], [float(share) for share in shares]), str(options.out))


if __name__ == "__main__":
    main()

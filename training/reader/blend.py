# SPDX-License-Identifier: Apache-2.0
"""The mean of two networks of one form, the published and the one trained further.  See ../README.md.

What was learned from made-up pictures holds on them; what it replaced may be missed on real ones. Weights between the
two lose little of the first and keep most of the second ("Robust fine-tuning", Wortsman et al. 2022)."""
import argparse
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

from fold import folded


def blended(published, trained, share):
    """The trained network with every weight moved towards the published one's: share 1 leaves it as it is."""
    before = {t.name: numpy_helper.to_array(t) for t in published.graph.initializer}
    for tensor in trained.graph.initializer:
        value = numpy_helper.to_array(tensor)
        if value.dtype == np.float32:
            value = share * value + (1 - share) * before[tensor.name]
            tensor.CopyFrom(numpy_helper.from_array(value.astype(np.float32), tensor.name))
    return trained


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--published", type=Path, required=True)
    arguments.add_argument("--trained", type=Path, required=True, help="what train_finder.py made of it")
    arguments.add_argument("--share", type=float, default=0.5, help="of the trained one, 0 to 1")
    arguments.add_argument("--out", type=Path, required=True)
    options = arguments.parse_args()
    onnx.save(blended(folded(onnx.load(str(options.published))), onnx.load(str(options.trained)), options.share),
              str(options.out))


if __name__ == "__main__":
    main()

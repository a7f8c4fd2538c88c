#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the network that tests/functional/grade_second_opinion_test.cpp asks for its opinion.

It takes what an exported wav2vec2 takes, a waveform [1, samples], and says how spiky it is: the
mean of |x| of a waveform of variance 1 is 0.8 for noise and music, and falls with clicks.

    training/grade/make_tiny_classifier.py tests/functional/tiny_classifier.onnx
"""
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def main() -> None:
    waveform = helper.make_tensor_value_info("waveform", TensorProto.FLOAT, [1, "samples"])
    logits = helper.make_tensor_value_info("logits", TensorProto.FLOAT, [1, 3])
    weights = np.array([[40.0, 0.0, -40.0]], np.float32)
    bias = np.array([-26.0, 1.0, 26.0], np.float32)
    graph = helper.make_graph(
        [
            helper.make_node("Abs", ["waveform"], ["size"]),
            helper.make_node("ReduceMean", ["size"], ["mean"], axes=[1], keepdims=1),
            helper.make_node("MatMul", ["mean", "weights"], ["scaled"]),
            helper.make_node("Add", ["scaled", "bias"], ["logits"]),
        ],
        "tiny classifier",
        [waveform],
        [logits],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(bias, "bias")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)])
    model.ir_version = 8
    onnx.checker.check_model(model)
    onnx.save(model, sys.argv[1])


if __name__ == "__main__":
    main()

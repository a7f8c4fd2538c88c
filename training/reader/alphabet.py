# SPDX-License-Identifier: Apache-2.0
"""The signs a recogniser knows, and how one learns new signs: a letter with an accent begins as the
letter without, turned a little, so that training need not find it from nothing."""
import unicodedata

import numpy as np
from onnx import numpy_helper

PLAIN = {"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-", "\u2022": "\u00b7",
         "\u2026": "..."}
LIKE = {"\u00b7": "-", "\u00a1": "i", "\u00bf": "?", "\u00b0": "o", "\u00a7": "S", "\u00a3": "E", "\u00c6": "E",
        "\u00e6": "a", "\u00d0": "D", "\u0110": "D", "\u00f0": "d", "\u0111": "d", "\u00d8": "O", "\u00f8": "o",
        "\u00de": "P", "\u00fe": "p", "\u00df": "B", "\u0131": "i", "\u0141": "L", "\u0142": "l", "\u0152": "E",
        "\u0153": "o"}


def read_signs(path):
    """The signs of a dictionary file, one a line, and the space, which no line can hold."""
    return [s for s in path.read_text().split("\n") if s] + [" "]


def base(sign):
    """The letter that a sign looks most like."""
    return LIKE.get(sign) or unicodedata.normalize("NFD", sign)[0]


def printable(text, alphabet):
    """The text in signs of the alphabet: unknown accents go; None when other signs are left."""
    out = ""
    for sign in text:
        for plain in PLAIN.get(sign, sign):
            plain = plain if plain in alphabet else base(plain)
            if plain not in alphabet:
                return None
            out += plain
    return out


def with_alphabet(model, old, new, seed=1):
    """The model with the last layer's columns for `new` signs instead of `old` (class 0 stays the blank)."""
    chance = np.random.default_rng(seed)
    product, plus = [n for n in model.graph.node if n.op_type in ("MatMul", "Add")][-2:]
    tensors = {t.name: t for t in model.graph.initializer}
    index = {sign: i + 1 for i, sign in enumerate(old)}
    columns = [0] + [index.get(sign) or index[base(sign)] for sign in new]
    fresh = np.array([False] + [sign not in index for sign in new])
    weights = numpy_helper.to_array(tensors[product.input[1]])[:, columns].copy()
    bias = numpy_helper.to_array(tensors[plus.input[1]])[columns].copy()
    weights[:, fresh] += chance.normal(0, 0.3 * weights.std(), weights[:, fresh].shape)
    bias[fresh] -= 2  # seldom
    for node, value in ((product, weights), (plus, bias)):
        tensors[node.input[1]].CopyFrom(numpy_helper.from_array(value.astype(np.float32), node.input[1]))
    for o in model.graph.output:
        o.type.tensor_type.shape.dim[-1].dim_value = len(new) + 1
    return model

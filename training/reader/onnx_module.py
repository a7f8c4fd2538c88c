# SPDX-License-Identifier: Apache-2.0
"""An ONNX graph as a PyTorch module, so that a published model can be trained further and written
back into the very same graph. Knows the operators that PP-OCR's networks use."""
import numpy as np
import onnx
import torch
import torch.nn.functional as F
from onnx import numpy_helper
from torch import nn


def attributes(node):
    return {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}


class Depthwise(torch.autograd.Function):
    """A depthwise convolution whose kernel stays as it is. Its gradient is the same convolution with the
    kernel turned around, which on a processor takes a tenth of the time of PyTorch's own."""

    @staticmethod
    def forward(context, x, kernel):
        context.save_for_backward(kernel)
        return F.conv2d(x, kernel, None, 1, (kernel.shape[2] // 2, kernel.shape[3] // 2), 1, len(kernel))

    @staticmethod
    def backward(context, gradient):
        kernel, = context.saved_tensors
        turned = kernel.flip(2, 3).to(gradient.dtype)
        gradient = gradient.contiguous(memory_format=torch.channels_last)
        return F.conv2d(gradient, turned, None, 1, (kernel.shape[2] // 2, kernel.shape[3] // 2), 1, len(kernel)), None


def depthwise(x, kernel, bias, strides):
    kernel = kernel.to(torch.bfloat16 if torch.is_autocast_cpu_enabled() else torch.float32)
    y = Depthwise.apply(x.to(kernel.dtype), kernel)[:, :, ::strides[0], ::strides[1]]
    return y if bias is None else y + bias.to(y.dtype).reshape(1, -1, 1, 1)


class OnnxModule(nn.Module):
    """Weights are every constant of floats that feeds a convolution, a product, a sum or a batch
    normalisation and has more than one element, but for the kernels of depthwise convolutions;
    `write` puts them back where they came from."""

    def __init__(self, model):
        super().__init__()
        self.model = model
        self.nodes = []
        self.constants = {}
        self.names = {}
        self.weights = nn.ParameterDict()
        self.buffers_of_norm = set()
        for node in self.model.graph.node:
            if node.op_type == "Constant":
                self.constants[node.output[0]] = np.array(numpy_helper.to_array(node.attribute[0].t))
            else:
                self.nodes.append((node.op_type, attributes(node), list(node.input), list(node.output)))
        for tensor in self.model.graph.initializer:
            self.constants[tensor.name] = np.array(numpy_helper.to_array(tensor))
        for kind, _, inputs, _ in self.nodes:
            if kind == "BatchNormalization":
                self.buffers_of_norm.update(inputs[3:5])
        for kind, a, inputs, _ in self.nodes:
            if kind in ("Conv", "ConvTranspose", "MatMul", "Add", "Mul", "BatchNormalization"):
                for name in inputs[2:] if a.get("group", 1) > 1 else inputs:
                    value = self.constants.get(name)
                    if value is not None and value.dtype == np.float32 and value.size > 1 \
                            and name not in self.names and name not in self.buffers_of_norm:
                        self.names[name] = f"w{len(self.names)}"
                        self.weights[self.names[name]] = nn.Parameter(torch.from_numpy(value.copy()))
        self.input = self.model.graph.input[0].name
        self.output = self.model.graph.output[0].name

    def value(self, name, values):
        if name in values:
            return values[name]
        if name in self.names:
            return self.weights[self.names[name]]
        return torch.from_numpy(self.constants[name])

    def forward(self, x):
        """What goes into the last softmax or sigmoid, which is what a loss wants; without one, the output."""
        values = {self.input: x}
        for kind, a, inputs, outputs in self.nodes:
            v = [self.value(name, values) for name in inputs if name]
            if kind in ("Softmax", "Sigmoid") and outputs[0] == self.output:
                return v[0]
            values[outputs[0]] = self.apply_operator(kind, a, v)
        return values[self.output]

    def apply_operator(self, kind, a, v):
        if kind == "Conv":
            pads = a.get("pads", [0, 0, 0, 0])
            x = v[0]
            size = v[1].shape[2:]
            if a.get("group", 1) > 1 and pads == [size[0] // 2, size[1] // 2] * 2:
                return depthwise(x, v[1], v[2] if len(v) > 2 else None, a.get("strides", [1, 1]))
            if pads[0] == pads[2] and pads[1] == pads[3]:
                padding = (pads[0], pads[1])
            else:
                x, padding = F.pad(x, (pads[1], pads[3], pads[0], pads[2])), 0
            return F.conv2d(x, v[1], v[2] if len(v) > 2 else None, a.get("strides", [1, 1]), padding,
                            a.get("dilations", [1, 1]), a.get("group", 1))
        if kind == "ConvTranspose":
            return F.conv_transpose2d(v[0], v[1], v[2] if len(v) > 2 else None, a["strides"])
        if kind == "Resize":
            return F.interpolate(v[0], scale_factor=[float(s) for s in v[-1][2:]], mode="nearest")
        if kind == "BatchNormalization":
            return F.batch_norm(v[0], v[3], v[4], v[1], v[2], False, 0.0, a.get("epsilon", 1e-5))
        if kind == "MatMul":
            return torch.matmul(v[0], v[1])
        if kind == "Add":
            return v[0] + v[1]
        if kind == "Sub":
            return v[0] - v[1]
        if kind == "Mul":
            return v[0] * v[1]
        if kind == "Div":
            return v[0] / v[1] if v[0].is_floating_point() else torch.div(v[0], v[1], rounding_mode="trunc")
        if kind == "Pow":
            return v[0] * v[0] if float(v[1]) == 2 else torch.pow(v[0], v[1])
        if kind == "Sqrt":
            return torch.sqrt(v[0])
        if kind == "Relu":
            return torch.relu(v[0])
        if kind == "Sigmoid":
            return torch.sigmoid(v[0])
        if kind == "HardSigmoid":
            alpha, beta = a.get("alpha", 0.2), a.get("beta", 0.5)
            return F.hardsigmoid(v[0] * (alpha * 6) + (beta - 0.5) * 6)
        if kind == "HardSwish":
            return F.hardswish(v[0])
        if kind == "Clip":
            low = float(v[1]) if len(v) > 1 else a.get("min", -3.4e38)
            high = float(v[2]) if len(v) > 2 else a.get("max", 3.4e38)
            return torch.clamp(v[0], low, high)
        if kind == "Softmax":
            return torch.softmax(v[0], a.get("axis", -1))
        if kind == "GlobalAveragePool":
            return v[0].mean((2, 3), keepdim=True)
        if kind == "AveragePool":
            pads = a.get("pads", [0, 0, 0, 0])
            return F.avg_pool2d(v[0], a["kernel_shape"], a.get("strides", [1, 1]), (pads[0], pads[1]),
                                count_include_pad=bool(a.get("count_include_pad", 0)))
        if kind == "ReduceMean":
            return v[0].mean(tuple(a["axes"]), keepdim=bool(a.get("keepdims", 1)))
        if kind == "Transpose":
            return v[0].permute(a["perm"])
        if kind == "Reshape":
            shape = [int(s) for s in v[1]]
            return v[0].reshape([v[0].shape[i] if s == 0 else s for i, s in enumerate(shape)])
        if kind == "Shape":
            return torch.tensor(v[0].shape, dtype=torch.int64)
        if kind == "Cast":
            return v[0].to({1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool}[a["to"]])
        if kind == "Concat":
            return torch.cat([x.reshape(-1) if x.dim() == 0 else x for x in v], a["axis"])
        if kind == "Squeeze":
            axes = a.get("axes") or (v[1].tolist() if len(v) > 1 else None)
            x = v[0]
            for axis in sorted(axes, reverse=True):
                x = x.squeeze(axis)
            return x
        if kind == "Slice":
            if "starts" in a:
                starts, ends, axes, steps = a["starts"], a["ends"], a.get("axes"), None
            else:
                starts, ends = v[1].tolist(), v[2].tolist()
                axes = v[3].tolist() if len(v) > 3 else None
                steps = v[4].tolist() if len(v) > 4 else None
            index = [slice(None)] * v[0].dim()
            for i, (start, end) in enumerate(zip(starts, ends)):
                end = None if end > 2 ** 31 - 2 else end
                index[axes[i] if axes else i] = slice(start, end, steps[i] if steps else 1)
            return v[0][tuple(index)]
        raise NotImplementedError(kind)

    def write(self, path):
        for node in self.model.graph.node:
            if node.op_type == "Constant" and node.output[0] in self.names:
                value = self.weights[self.names[node.output[0]]].detach().numpy()
                node.attribute[0].t.CopyFrom(numpy_helper.from_array(value, node.attribute[0].t.name))
        for tensor in self.model.graph.initializer:
            if tensor.name in self.names:
                value = self.weights[self.names[tensor.name]].detach().numpy()
                tensor.CopyFrom(numpy_helper.from_array(value, tensor.name))
        onnx.save(self.model, str(path))

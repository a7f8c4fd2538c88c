# SPDX-License-Identifier: Apache-2.0
"""The detector's network: a U-shaped convolutional net, maps at a quarter of the picture's size.

Plain 3 x 3 convolutions, because they are what processors do best; the deepest stage sees about 900
pixels across, enough for the end of a spine and for how its neighbours lie.
"""
import torch
from torch import nn
import torch.nn.functional as F

from labels import CHANNELS


def conv(inputs, outputs, stride=1, kernel=3):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
                         nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.Sequential(conv(width, width),
                                  nn.Conv2d(width, width, 3, 1, 1, bias=False),
                                  nn.BatchNorm2d(width))

    def forward(self, x):
        return F.relu(x + self.body(x))


class SpineNet(nn.Module):
    def __init__(self, widths=(32, 64, 96, 128, 128), depths=(1, 2, 2, 2, 1), neck=48):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 16, 2), conv(16, widths[0], 2))
        self.stages = nn.ModuleList()
        for i, (width, depth) in enumerate(zip(widths, depths)):
            layers = [] if i == 0 else [conv(widths[i - 1], width, 2)]
            self.stages.append(nn.Sequential(*layers, *[Residual(width) for _ in range(depth)]))
        self.lateral = nn.ModuleList([nn.Conv2d(width, neck, 1) for width in widths])
        self.smooth = nn.ModuleList([conv(neck, neck) for _ in widths[:-1]])
        self.head = nn.Sequential(conv(neck, neck), nn.Conv2d(neck, len(CHANNELS), 1))

    def forward(self, picture):
        """picture: (n, 3, h, w), RGB 0..1, h and w multiples of 64. Returns raw maps."""
        x = self.stem(picture * 4 - 2)
        levels = []
        for stage in self.stages:
            x = stage(x)
            levels.append(x)
        y = self.lateral[-1](levels[-1])
        for i in range(len(levels) - 2, -1, -1):
            y = F.interpolate(y, scale_factor=2.0, mode="nearest") + self.lateral[i](levels[i])
            y = self.smooth[i](y)
        return self.head(y)


def readable(raw):
    """Raw maps as CHANNELS says: probabilities, unit vectors unnormalised, pixels."""
    return torch.cat([torch.sigmoid(raw[:, 0:3]), raw[:, 3:5],
                      8 * torch.exp(torch.clamp(raw[:, 5:9], -4, 5)),
                      torch.sigmoid(raw[:, 9:10]), raw[:, 10:12]], 1)


class Exported(nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, picture):
        return readable(self.net(picture))

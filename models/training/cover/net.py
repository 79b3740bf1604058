"""The cover classifier: a small residual network over the stretched crop of a lorry that first finds the load and then judges it."""
import torch
from torch import nn

CLASSES = ("covered", "open", "empty", "hidden")
SIDE = 128
CELLS = 16  # the network tells for each of 16×16 cells whether load, cover or opening lies there, and which it is


def conv(cin, cout, k=3, s=1):
    return nn.Sequential(nn.Conv2d(cin, cout, k, s, k // 2, bias=False), nn.BatchNorm2d(cout, momentum=0.05), nn.ReLU(inplace=True))


class Step(nn.Module):
    """Two 3×3 convolutions with a short cut."""

    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c)

    def forward(self, x):
        return x + self.b(self.a(x))


class Judge(nn.Module):
    """
    [B,3,128,128] 0..1 → classes [B,4] (covered; open and loaded; open and empty; the body cannot be looked into) and cells [B,4,16,16]
    (nothing of it; covered; open; empty), both logits. The cells only teach: they say where to look.
    """

    def __init__(self, width=(16, 32, 48, 64)):
        super().__init__()
        a, b, c, d = width
        self.near = nn.Sequential(conv(3, a, 5, 2), conv(a, b, 3, 2), Step(b), conv(b, c, 3, 2), Step(c))
        self.far = nn.Sequential(conv(c, d, 3, 2), Step(d))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.join = conv(c + d, c)
        self.cell = nn.Conv2d(c, 4, 1)
        self.drop, self.say = nn.Dropout(0.1), nn.Linear(2 * c + 4, len(CLASSES))

    def forward(self, x):
        near = self.near(x)
        seen = self.join(torch.cat((near, self.up(self.far(near))), 1))
        cells = self.cell(seen)
        share = cells.softmax(1)
        there = 1 - share[:, :1]
        # the mean over the cells where the load is, the mean of all, and how much each state was seen
        weight = there.sum((2, 3)) + 0.5
        found = (seen * there).sum((2, 3)) / weight
        states = (share[:, 1:] * there).sum((2, 3)) / weight
        return self.say(torch.cat((self.drop(found), self.drop(seen.mean((2, 3))), states, there.mean((2, 3))), 1)), cells

"""The cover classifier: a small residual network over the stretched crop of a lorry that first finds the load and then judges it."""
import torch
from torch import nn
from torch.nn import functional as F

CLASSES = ("covered", "open", "empty", "hidden")
SIDE = 256
# half of a region is so many standard deviations of where its cells lie: 1.73 reach the rim of an evenly filled one, the rest is margin
REACH = 2.2
# spreads of brightness, 0..1, that count as flat; the second look learns at night too, where what tells is one or two grey levels of 255
FAR_LEAST, NEAR_LEAST = 0.02, 0.006
CELLS = 32  # the network tells for each of 32×32 cells whether load, cover or opening lies there, and which it is


def conv(cin, cout, k=3, s=1):
    return nn.Sequential(nn.Conv2d(cin, cout, k, s, k // 2, bias=False), nn.BatchNorm2d(cout, momentum=0.05), nn.ReLU(inplace=True))


class Step(nn.Module):
    """Two 3×3 convolutions with a short cut."""

    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c)

    def forward(self, x):
        return x + self.b(self.a(x))


def against_surroundings(y, both, cell, least):
    """
    Brightness less the mean of five by five cells around over their spread, [B,1,S,S]; `both` are brightness and its square, and a spread far below
    `least` counts as flat.
    """
    wide = F.avg_pool2d(F.avg_pool2d(both, cell), 5, 1, 2, count_include_pad=False)
    wide = F.interpolate(wide, scale_factor=float(cell), mode="bilinear", align_corners=False)
    mean = wide[:, :1]
    spread = (wide[:, 1:] - mean * mean).clamp(min=0).sqrt()
    return ((y - mean) / (spread + least)).clamp(-4, 4)


def lit(x, least):
    """
    [B,3,S,S] RGB 0..1 → [B,7,S,S]: RGB, brightness against its surroundings of 40 and of 20 pixels, and red and blue against brightness. A net in
    the dark is a few grey levels; so are its creases, and they must look as they do by day: `least` is the spread, 0..1, below which the finer of the
    two leaves them faint.
    """
    y = x[:, :1] * 0.299 + x[:, 1:2] * 0.587 + x[:, 2:] * 0.114
    both = torch.cat((y, y * y), 1)
    tint = ((x[:, ::2] - y) / (y + 0.05)).clamp(-2, 2)
    return torch.cat((x, against_surroundings(y, both, 8, FAR_LEAST), tint, against_surroundings(y, both, 4, least)), 1)


class Judge(nn.Module):
    """
    [B,3,256,256] 0..1 → classes [B,4] (covered; open and loaded; open and empty; the body cannot be looked into) and cells [B,4,32,32]
    (nothing of it; covered; open; empty), both logits. The cells only teach: they say where to look.
    """

    def __init__(self, width=(16, 28, 48, 64), least=FAR_LEAST):
        super().__init__()
        self.least = least
        a, b, c, d = width
        self.near = nn.Sequential(conv(7, a, 5, 2), conv(a, b, 3, 2), Step(b), conv(b, c, 3, 2), Step(c))
        self.far = nn.Sequential(conv(c, d, 3, 2), Step(d), conv(d, d, 3, 2), Step(d))
        self.up = nn.Upsample(scale_factor=4, mode="nearest")
        self.join = conv(c + d, c)
        self.cell = nn.Conv2d(c, 4, 1)
        self.drop, self.say = nn.Dropout(0.1), nn.Linear(2 * c + 4, len(CLASSES))

    def forward(self, x):
        near = self.near(lit(x, self.least))
        seen = self.join(torch.cat((near, self.up(self.far(near))), 1))
        cells = self.cell(seen)
        share = cells.softmax(1)
        there = 1 - share[:, :1]
        # the mean over the cells where the load is, the mean of all, and how much each state was seen
        weight = there.sum((2, 3)) + 0.5
        found = (seen * there).sum((2, 3)) / weight
        states = (share[:, 1:] * there).sum((2, 3)) / weight
        return self.say(torch.cat((self.drop(found), self.drop(seen.mean((2, 3))), states, there.mean((2, 3))), 1)), cells


def region(cells, wider=1.0):
    """[B,4,32,32] logits → [B,4] left, top, right, bottom, shares of the crop: around the cells where load, cover or opening was found, `wider` times so wide."""
    there = (1 - cells.softmax(1)[:, :1] - 0.25).clamp(min=0)
    at = (torch.arange(CELLS, dtype=torch.float32) + 0.5) / CELLS
    total = there.sum((2, 3), keepdim=True) + 1e-3
    out = []
    for share in (there.sum(2) / total[:, :, 0], there.sum(3) / total[:, :, :, 0]):
        middle = (share * at).sum(2)
        half = (wider * REACH * (share * (at - middle[:, :, None]) ** 2).sum(2).sqrt()).clamp(min=3 / CELLS)
        out.append(((middle - half).clamp(min=0), (middle + half).clamp(max=1)))
    (left, right), (top, bottom) = out
    return torch.cat((left, top, right, bottom), 1)

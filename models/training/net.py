"""The starter detector: a small YOLOX-style network of our own (CSP backbone, PAN neck, decoupled head)."""
import torch
from torch import nn

LABELS = ("person", "car", "truck", "two-wheeler", "goods", "furniture", "canopy", "cart")
STRIDES = (8, 16, 32)
INPUT_HEIGHT, INPUT_WIDTH = 288, 512


class Conv(nn.Sequential):
    """Convolution, batch norm, ReLU (twice as fast to train on a CPU as SiLU); `groups=cin` makes it depthwise."""

    def __init__(self, cin, cout, k=1, s=1, groups=1):
        super().__init__(nn.Conv2d(cin, cout, k, s, (k - 1) // 2, groups=groups, bias=False), nn.BatchNorm2d(cout, eps=1e-3, momentum=0.03), nn.ReLU(inplace=True))


def separable(cin, cout, s=1):
    return nn.Sequential(Conv(cin, cin, 3, s, groups=cin), Conv(cin, cout))


class Csp(nn.Module):
    """Cross-stage block: half the channels pass `n` residual 3×3 steps, half go round."""

    def __init__(self, cin, cout, n, light=False):
        super().__init__()
        half = cout // 2
        self.through, self.around = Conv(cin, half), Conv(cin, half)
        step = (lambda: separable(half, half)) if light else (lambda: Conv(half, half, 3))
        self.steps = nn.ModuleList(step() for _ in range(n))
        self.join = Conv(2 * half, cout)

    def forward(self, x):
        y = self.through(x)
        for step in self.steps:
            y = y + step(y)
        return self.join(torch.cat((y, self.around(x)), 1))


class Pool(nn.Module):
    """Wide view by repeated 5×5 pooling (SPPF)."""

    def __init__(self, c):
        super().__init__()
        self.first, self.join = Conv(c, c // 2), Conv(c * 2, c)
        self.pool = nn.MaxPool2d(5, 1, 2)

    def forward(self, x):
        a = self.first(x)
        b = self.pool(a)
        c = self.pool(b)
        return self.join(torch.cat((a, b, c, self.pool(c)), 1))


class Head(nn.Module):
    def __init__(self, c, classes):
        super().__init__()
        self.of_class = nn.Sequential(separable(c, c), separable(c, c))
        self.of_box = nn.Sequential(separable(c, c), separable(c, c))
        self.classes, self.box, self.thing = nn.Conv2d(c, classes, 1), nn.Conv2d(c, 4, 1), nn.Conv2d(c, 1, 1)
        for layer in (self.classes, self.thing):
            nn.init.constant_(layer.bias, -4.6)  # one in a hundred: the usual prior for focal-like starts

    def forward(self, x):
        a, b = self.of_class(x), self.of_box(x)
        return torch.cat((self.box(b), self.thing(b), self.classes(a)), 1)


class Detector(nn.Module):
    """[B,3,288,512] 0..1 → [B,3024,13] raw: cx, cy offsets in cells, log w, h in strides, objectness and class *logits*."""

    def __init__(self, classes=len(LABELS), width=(24, 64, 128, 192), neck=64):
        super().__init__()
        b, c, d, e = width
        # straight to a quarter of the picture: layers at half size would take most of the time and find little
        self.stem = Conv(3, b, 6, 4)
        self.at8 = nn.Sequential(Conv(b, c, 3, 2), Csp(c, c, 2))
        self.at16 = nn.Sequential(Conv(c, d, 3, 2), Csp(d, d, 3))
        self.at32 = nn.Sequential(Conv(d, e, 3, 2), Pool(e), Csp(e, e, 2))
        self.side = nn.ModuleList(Conv(ch, neck) for ch in (c, d, e))
        self.up = nn.Upsample(scale_factor=2, mode="nearest")
        self.down_path = nn.ModuleList(Csp(2 * neck, neck, 1, light=True) for _ in range(2))
        self.shrink = nn.ModuleList(separable(neck, neck, 2) for _ in range(2))
        self.up_path = nn.ModuleList(Csp(2 * neck, neck, 1, light=True) for _ in range(2))
        self.heads = nn.ModuleList(Head(neck, classes) for _ in STRIDES)

    def forward(self, x):
        p8 = self.at8(self.stem(x))
        p16 = self.at16(p8)
        p32 = self.at32(p16)
        s8, s16, s32 = (f(p) for f, p in zip(self.side, (p8, p16, p32)))
        t16 = self.down_path[0](torch.cat((self.up(s32), s16), 1))
        t8 = self.down_path[1](torch.cat((self.up(t16), s8), 1))
        o16 = self.up_path[0](torch.cat((self.shrink[0](t8), t16), 1))
        o32 = self.up_path[1](torch.cat((self.shrink[1](o16), s32), 1))
        return torch.cat([h(o).flatten(2) for h, o in zip(self.heads, (t8, o16, o32))], 2).transpose(1, 2)


def grid(width=INPUT_WIDTH, height=INPUT_HEIGHT):
    """Cell corner x, y (in cells) and stride of each output (3024 at full size), in output order."""
    rows = []
    for stride in STRIDES:
        y, x = torch.meshgrid(torch.arange(height // stride), torch.arange(width // stride), indexing="ij")
        rows.append(torch.stack((x.flatten(), y.flatten(), torch.full((x.numel(),), stride)), 1))
    return torch.cat(rows).float()


def decode(raw, cells):
    """Raw output → boxes cx, cy, w, h in input pixels."""
    stride = cells[:, 2:3]
    return torch.cat(((raw[..., :2] + cells[:, :2]) * stride, raw[..., 2:4].clamp(max=6).exp() * stride), -1)

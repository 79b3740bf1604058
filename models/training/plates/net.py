"""The plate reader: convolutions only, one column of class scores for every four columns of the picture, read by CTC."""
import torch
from torch import nn

from plans import CHARSET, LAYOUTS

INPUT_HEIGHT, INPUT_WIDTH = 32, 128
COLUMNS = INPUT_WIDTH // 4
# a crop is read several times, its right edge moved down and its left edge up by these shares of the height, and the columns are averaged, clear
# readings counting for more:
# boxes know the tilt of a plate only roughly
TILTS = (-0.24, -0.12, 0.0, 0.12, 0.24)


def conv(cin, cout, k=3, s=1, pad=None):
    return nn.Sequential(nn.Conv2d(cin, cout, k, s, (k // 2 if isinstance(k, int) else tuple(n // 2 for n in k)) if pad is None else pad, bias=False), nn.BatchNorm2d(cout, momentum=0.05), nn.ReLU(inplace=True))


class Step(nn.Module):
    """Two 3×3 convolutions with a short cut."""

    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c)

    def forward(self, x):
        return x + self.b(self.a(x))


class Reader(nn.Module):
    """[B,3,32,128] 0..1 → characters [B,32,1+76] and layout [B,7], both logits."""

    def __init__(self, width=(32, 64, 96)):
        super().__init__()
        b, c, d = width
        self.eye = nn.Sequential(conv(3, b, 5, 2), Step(b), conv(b, c, 3, 2), Step(c), conv(c, d, 3, (2, 1)), Step(d))
        # the four rows left become one, then each column sees two characters to either side
        self.line = nn.Sequential(conv(d, 128, (4, 1), 1, (0, 0)), conv(128, 128, (1, 5)), nn.Dropout2d(0.1))
        self.whole = nn.Sequential(nn.AdaptiveAvgPool2d(1), conv(d, 64, 1))
        self.mix = nn.Conv2d(64, 128, 1)
        self.characters, self.layout = nn.Conv2d(128, 1 + len(CHARSET), 1), nn.Linear(64, len(LAYOUTS))

    def forward(self, x):
        seen = self.eye(x)
        whole = self.whole(seen)
        columns = self.characters(torch.relu(self.line(seen) + self.mix(whole)))
        return columns.flatten(2).transpose(1, 2), self.layout(whole.flatten(1))

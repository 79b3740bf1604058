"""
Writes the smoothed network as ONNX with cast, scale, transpose and softmax inside, and its manifest facts:
  python3 export.py --checkpoint WORK/last.pt --out ../../weights
Needs the `onnx` package.
"""
import argparse
import hashlib
import json
import os

import torch
from torch import nn

from net import INPUT_HEIGHT, INPUT_WIDTH, TILTS, Reader
from plans import CHARSET, LAYOUTS


class Shipped(nn.Module):
    """uint8 NHWC RGB 0..255 in; per column the share of blank and each character, and the share of each layout out."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, images):
        columns, layout = self.net(images.permute(0, 3, 1, 2).float() / 255.0)
        return columns.softmax(2), layout.softmax(1)


def fuse(net):
    """Batch norm folded into the convolution before it: fewer nodes, same numbers."""
    for module in net.modules():
        if isinstance(module, nn.Sequential):
            for a, b in zip(range(len(module) - 1), range(1, len(module))):
                if isinstance(module[a], nn.Conv2d) and isinstance(module[b], nn.BatchNorm2d):
                    module[a], module[b] = torch.nn.utils.fuse_conv_bn_eval(module[a], module[b]), nn.Identity()
    return net


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    net = Reader()
    net.load_state_dict(torch.load(args.checkpoint, map_location="cpu")["smooth"])
    os.makedirs(args.out, exist_ok=True)
    file = os.path.join(args.out, "plate-reader.onnx")
    example = torch.zeros(1, INPUT_HEIGHT, INPUT_WIDTH, 3, dtype=torch.uint8)
    names = {"input_names": ["images"], "output_names": ["characters", "layout"]}
    torch.onnx.export(Shipped(fuse(net.eval())), example, file, opset_version=13, do_constant_folding=True, **names)
    with open(file, "rb") as f:
        content = f.read()
    manifest = {
        "id": "plate-reader", "file": "plate-reader.onnx", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "charset": CHARSET, "layouts": list(LAYOUTS), "tilts": list(TILTS),
        "input": {"name": "images", "width": INPUT_WIDTH, "height": INPUT_HEIGHT, "layout": "NHWC", "dtype": "uint8", "channels": "RGB", "resize": "stretch"},
        "outputs": {"characters": "characters", "layout": "layout"}, "licence": "Apache-2.0",
    }
    with open(os.path.join(args.out, "plate-reader.manifest.json"), "w", encoding="utf8") as f:
        f.write(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")
    print(manifest["bytes"], manifest["sha256"])

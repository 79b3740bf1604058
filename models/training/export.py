"""
Writes the smoothed network as ONNX with cast, scale and transpose inside, and its manifest facts:
  python3 export.py --checkpoint WORK/last.pt --out ../weights
Needs the `onnx` package.
"""
import argparse
import hashlib
import json
import os

import torch
from torch import nn

from net import Detector, INPUT_HEIGHT, INPUT_WIDTH, LABELS, STRIDES


class Shipped(nn.Module):
    """uint8 NHWC RGB 0..255 in; cx, cy, log w, h undecoded, objectness and classes as probabilities out."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, images):
        raw = self.net(images.permute(0, 3, 1, 2).float() / 255.0)
        return torch.cat((raw[..., :4], raw[..., 4:].sigmoid()), -1)


def fuse(net):
    """Batch norm folded into the convolution before it: fewer nodes, same numbers."""
    for module in net.modules():
        if isinstance(module, nn.Sequential) and len(module) == 3 and isinstance(module[1], nn.BatchNorm2d):
            module[0] = torch.nn.utils.fuse_conv_bn_eval(module[0], module[1])
            module[1] = nn.Identity()
    return net


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    args = parser.parse_args()
    net = Detector()
    net.load_state_dict(torch.load(args.checkpoint, map_location="cpu")["smooth"])
    os.makedirs(args.out, exist_ok=True)
    file = os.path.join(args.out, "starter.onnx")
    torch.onnx.export(Shipped(fuse(net.eval())), torch.zeros(1, INPUT_HEIGHT, INPUT_WIDTH, 3, dtype=torch.uint8), file, opset_version=13, input_names=["images"], output_names=["output"], do_constant_folding=True)
    with open(file, "rb") as f:
        content = f.read()
    manifest = {
        "id": "starter", "file": "starter.onnx", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "labels": list(LABELS),
        "input": {"name": "images", "width": INPUT_WIDTH, "height": INPUT_HEIGHT, "layout": "NHWC", "dtype": "uint8", "channels": "RGB", "resize": "stretch"},
        "output": {"name": "output"}, "family": "yolox", "strides": list(STRIDES), "licence": "Apache-2.0",
    }
    with open(os.path.join(args.out, "starter.manifest.json"), "w", encoding="utf8") as f:
        f.write(json.dumps(manifest, indent=2) + "\n")
    print(manifest["bytes"], manifest["sha256"])

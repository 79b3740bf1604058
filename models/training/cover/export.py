"""
Writes the smoothed network as ONNX with cast, scale, transpose and softmax inside, and its manifest facts:
  python3 export.py --checkpoint WORK/last.pt --out ../../weights [--threshold 0.8]
Needs the `onnx` package.
"""
import argparse
import hashlib
import inspect
import json
import os

import torch
from torch import nn

from net import CLASSES, SIDE, Judge


class Shipped(nn.Module):
    """uint8 NHWC RGB 0..255 in; the share of each class out."""

    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, images):
        return self.net(images.permute(0, 3, 1, 2).float() / 255.0)[0].softmax(1)


def fuse(net):
    """Batch norm folded into the convolution before it: fewer nodes, same numbers."""
    for module in net.modules():
        if isinstance(module, nn.Sequential) and len(module) == 3 and isinstance(module[1], nn.BatchNorm2d):
            module[0], module[1] = torch.nn.utils.fuse_conv_bn_eval(module[0], module[1]), nn.Identity()
    return net


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--checkpoint", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--threshold", type=float, default=0.8, help="share below which a person judges; chosen on rendered crops")
    args = parser.parse_args()
    net = Judge()
    net.load_state_dict(torch.load(args.checkpoint, map_location="cpu")["smooth"])
    os.makedirs(args.out, exist_ok=True)
    file = os.path.join(args.out, "truck-cover.onnx")
    example = torch.zeros(1, SIDE, SIDE, 3, dtype=torch.uint8)
    # newer PyTorch has a second exporter that wants another package
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(Shipped(fuse(net.eval())), example, file, opset_version=13, **older, do_constant_folding=True, input_names=["images"], output_names=["classes"])
    with open(file, "rb") as f:
        content = f.read()
    manifest = {
        "id": "truck-cover", "file": "truck-cover.onnx", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "classes": list(CLASSES), "threshold": args.threshold,
        "input": {"name": "images", "width": SIDE, "height": SIDE, "layout": "NHWC", "dtype": "uint8", "channels": "RGB", "resize": "stretch"},
        "output": {"name": "classes"}, "licence": "Apache-2.0",
    }
    with open(os.path.join(args.out, "truck-cover.manifest.json"), "w", encoding="utf8") as f:
        f.write(json.dumps(manifest, indent=2) + "\n")
    print(manifest["bytes"], manifest["sha256"])

"""
Writes both smoothed networks as one ONNX with cast, scale, crop and softmax inside, and its manifest facts:
  python3 export.py --find WORK/last.pt --near NEAR/last.pt --out ../../weights [--threshold 0.7]
Needs the `onnx` package.
"""
import argparse
import hashlib
import inspect
import json
import os

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.ops import roi_align

from net import CLASSES, FAR_LEAST, NEAR_LEAST, SIDE, Judge, region

# whole times the side that the first network sees, about what a gate camera of 2 megapixels has of a lorry
WIDE, HIGH = 3 * SIDE, 4 * SIDE
# how much of the surroundings each look at the load takes in, times the region that was found
LOOKS = (1.0, 1.2)


class Shipped(nn.Module):
    """uint8 NHWC RGB 0..255 in; the share of each class out. The first network finds the load, the second judges it from as many pixels as there are."""

    def __init__(self, find, near):
        super().__init__()
        self.find, self.near = find, near

    def forward(self, images):
        whole = images.permute(0, 3, 1, 2).float() / 255.0
        cells = self.find(F.avg_pool2d(whole, (HIGH // SIDE, WIDE // SIDE)))[1]
        boxes = torch.cat([region(cells, wider) for wider in LOOKS]) * torch.tensor([WIDE, HIGH, WIDE, HIGH])
        loads = roi_align(whole, torch.cat((torch.zeros(len(LOOKS), 1), boxes), 1), (SIDE, SIDE), sampling_ratio=2, aligned=True)
        # each also mirrored: what one look says by chance, the others do not
        said = self.near(torch.cat((loads, loads.flip(3))))[0].log_softmax(1)
        return said.mean(0, keepdim=True).softmax(1)


def judge(checkpoint, least):
    """The smoothed network of a checkpoint; batch norm is folded into the convolution before it: fewer nodes, same numbers."""
    net = Judge(least=least)
    net.load_state_dict(torch.load(checkpoint, map_location="cpu")["smooth"])
    net.eval()
    for module in net.modules():
        if isinstance(module, nn.Sequential) and len(module) == 3 and isinstance(module[1], nn.BatchNorm2d):
            module[0], module[1] = torch.nn.utils.fuse_conv_bn_eval(module[0], module[1]), nn.Identity()
    return net


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--find", required=True)
    parser.add_argument("--near", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--threshold", type=float, default=0.7, help="share below which a person judges; chosen on rendered crops")
    args = parser.parse_args()
    os.makedirs(args.out, exist_ok=True)
    file = os.path.join(args.out, "truck-cover.onnx")
    example = torch.zeros(1, HIGH, WIDE, 3, dtype=torch.uint8)
    # newer PyTorch has a second exporter that wants another package
    older = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    torch.onnx.export(Shipped(judge(args.find, FAR_LEAST), judge(args.near, NEAR_LEAST)), example, file, opset_version=16, **older, do_constant_folding=True, input_names=["images"], output_names=["classes"])
    with open(file, "rb") as f:
        content = f.read()
    manifest = {
        "id": "truck-cover", "file": "truck-cover.onnx", "sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content), "classes": list(CLASSES), "threshold": args.threshold,
        "input": {"name": "images", "width": WIDE, "height": HIGH, "layout": "NHWC", "dtype": "uint8", "channels": "RGB", "resize": "stretch"},
        "output": {"name": "classes"}, "licence": "Apache-2.0",
    }
    with open(os.path.join(args.out, "truck-cover.manifest.json"), "w", encoding="utf8") as f:
        f.write(json.dumps(manifest, indent=2) + "\n")
    print(manifest["bytes"], manifest["sha256"])

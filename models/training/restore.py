"""
From the shipped ONNX back to a checkpoint that training can go on from, for whoever has the weights but not the run that made them:
  python3 restore.py --model ../weights/starter.onnx --frames DIR[,DIR] --out WORK/last.pt
Export folds each batch norm into its convolution. Here every one is put back as the identity over pictures it sees: their mean and
variance become its running figures, its scale and shift undo them. The restored network must give the shipped file's own numbers, else
nothing is written. Needs the `onnx` and `onnxruntime` packages.
"""
import argparse

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import numpy_helper

import augment
import data
from net import Conv, Detector

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--frames", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--count", type=int, default=200)
args = parser.parse_args()
shipped = {t.name.removeprefix("net."): torch.from_numpy(numpy_helper.to_array(t).copy()) for t in onnx.load(args.model).graph.initializer}
net = Detector().eval()
sums = {}


def watch(name):
    def add(_, given):
        x = given[0].transpose(0, 1).flatten(1).double()
        total = sums.setdefault(name, [0, torch.zeros(len(x)).double(), torch.zeros(len(x)).double()])
        total[0] += x.shape[1]
        total[1] += x.sum(1)
        total[2] += (x * x).sum(1)

    return add


with torch.no_grad():
    for name, module in net.named_modules():
        if isinstance(module, Conv):
            convolution, norm = module[0], module[1]
            convolution.weight.copy_(shipped[f"{name}.0.weight"])
            norm.running_var.fill_(1 - norm.eps)
            norm.bias.copy_(shipped[f"{name}.0.bias"])
            norm.register_forward_pre_hook(watch(name))
    for name, parameter in net.named_parameters():
        if name.startswith("heads") and name.split(".")[2] in ("classes", "box", "thing"):
            parameter.copy_(shipped[name])
    rows = [r for folder in args.frames.split(",") for r in data.rendered(folder)]
    rng = np.random.default_rng(5)
    session, looked = onnxruntime.InferenceSession(args.model, providers=["CPUExecutionProvider"]), []
    for i in rng.choice(len(rows), args.count):
        image, _ = augment.placed(data.load(rows[i][0]), rows[i][1], rng)
        image = augment.weathered(image, rng)
        net(torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255)
        if len(looked) < 4:
            looked.append(image)
    for name, module in net.named_modules():
        if isinstance(module, Conv):
            count, total, squares = sums[name]
            mean = total / count
            var = (squares / count - mean**2).clamp(min=1e-4)
            norm = module[1]
            norm.bias.add_(mean.float())
            norm.running_mean.copy_(mean)
            norm.running_var.copy_(var)
            norm.weight.copy_((var + norm.eps).sqrt())
    worst = 0.0
    for image in looked:
        raw = net(torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255)
        own = torch.cat((raw[..., :4], raw[..., 4:].sigmoid()), -1).numpy()
        worst = max(worst, float(np.abs(own - session.run(None, {"images": image[None]})[0]).max()))
if worst > 1e-3:
    raise SystemExit(f"the restored network differs from {args.model} by {worst:.2e}: nothing was written")
print(f"{len(sums)} batch norms put back; largest difference from the shipped file {worst:.2e}")
torch.save({"net": net.state_dict(), "smooth": net.state_dict(), "step": 0}, args.out)

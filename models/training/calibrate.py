"""
Makes scores mean what they say (0.8 = right four times in five): fits a scale for objectness and classes and a shift for each,
on whole rendered training pictures, and folds them into the last layers of the smoothed network:
  python3 calibrate.py --checkpoint WORK/last.pt --frames DIR[,DIR] --out WORK/calibrated.pt
The order of detections of one label hardly changes; a short training leaves scores too low, and rules have fixed thresholds.
"""
import argparse

import numpy as np
import torch
import torchvision

import data
from loss import pair_iou
from net import Detector, INPUT_HEIGHT as H, INPUT_WIDTH as W, LABELS, decode, grid

parser = argparse.ArgumentParser()
parser.add_argument("--checkpoint", required=True)
parser.add_argument("--frames", required=True)
parser.add_argument("--out", required=True)
parser.add_argument("--count", type=int, default=500)
args = parser.parse_args()
torch.set_num_threads(1)
torch.manual_seed(1)
state = torch.load(args.checkpoint, map_location="cpu")
net = Detector().eval()
net.load_state_dict(state["smooth"])
cells, rows = grid(), [r for folder in args.frames.split(",") for r in data.rendered(folder)]
picked = np.random.default_rng(11).choice(len(rows), min(args.count, len(rows)), replace=False)
thing_logit, class_logit, label, right = [], [], [], []
with torch.no_grad():
    for i in picked:
        path, boxes = rows[int(i)]
        raw = net(torch.from_numpy(data.stretched(path)).permute(2, 0, 1)[None].float() / 255)[0]
        box = decode(raw, cells)
        corners = torch.cat((box[:, :2] - box[:, 2:] / 2, box[:, :2] + box[:, 2:] / 2), 1)
        score = raw[:, 5:].sigmoid() * raw[:, 4:5].sigmoid()
        row, kind = (score > 0.02).nonzero(as_tuple=True)
        keep = torchvision.ops.batched_nms(corners[row], score[row, kind], kind, 0.6)
        row, kind = row[keep], kind[keep]
        t = torch.from_numpy(boxes * np.array([1, W, H, W, H], np.float32))
        centre = torch.cat(((t[:, 1:3] + t[:, 3:5]) / 2, t[:, 3:5] - t[:, 1:3]), 1)
        iou = pair_iou(box[row], centre) * (kind[:, None] == t[None, :, 0]) if len(t) else torch.zeros(len(row), 1)
        used = set()
        for k in range(len(row)):  # best first, each truth once
            best = int(iou[k].argmax())
            hit = float(iou[k, best]) >= 0.5 and best not in used
            used.update([best] if hit else [])
            right.append(float(hit))
        thing_logit.append(raw[row, 4])
        class_logit.append(raw[row, 5 + kind])
        label.append(kind)
thing_logit, class_logit, label, right = torch.cat(thing_logit), torch.cat(class_logit), torch.cat(label), torch.tensor(right)
scale = torch.ones(2, requires_grad=True)
thing_shift = torch.zeros(1, requires_grad=True)
class_shift = torch.zeros(len(LABELS), requires_grad=True)
fit = torch.optim.Adam([scale, thing_shift, class_shift], 0.03)
for _ in range(500):
    p = (thing_logit * scale[0] + thing_shift).sigmoid() * (class_logit * scale[1] + class_shift[label]).sigmoid()
    p = p.clamp(1e-5, 1 - 1e-5)
    # the shifts of rarely seen labels stay near the common one
    cost = -(right * p.log() + (1 - right) * (1 - p).log()).mean() + 1e-3 * (class_shift - class_shift.mean()).pow(2).mean()
    fit.zero_grad()
    cost.backward()
    fit.step()
print(f"{len(right)} detections, {int(right.sum())} right; scales {scale.tolist()}, shifts {thing_shift.item():.2f} {[round(v, 2) for v in class_shift.tolist()]}")
with torch.no_grad():
    for head in net.heads:
        head.thing.weight *= scale[0]
        head.thing.bias.copy_(head.thing.bias * scale[0] + thing_shift)
        head.classes.weight *= scale[1]
        head.classes.bias.copy_(head.classes.bias * scale[1] + class_shift)
torch.save({"smooth": net.state_dict(), "step": state["step"]}, args.out)

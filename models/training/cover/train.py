"""
Trains the cover classifier on rendered crops:
  python3 train.py --crops DIR[,DIR] --work DIR --steps 6000 [--near] [--real REAL] [--resume] [--seed 1]
With --near it learns to judge the surroundings of the load alone instead of the whole crop.
REAL holds `coco_redistributable` and `road_cameras`; they show through beside the load, never in it.
Writes WORK/last.pt every 100 steps (network, smoothed network, optimiser, step), so there is always something to export or go on from.
"""
import argparse
import copy
import math
import os
import time

import cv2
import numpy as np
import torch
from torch.nn import functional as F

import data
import textures
from net import CLASSES, FAR_LEAST, NEAR_LEAST, Judge
from weather import weathered

parser = argparse.ArgumentParser()
parser.add_argument("--crops", required=True)
parser.add_argument("--work", required=True)
parser.add_argument("--real")
parser.add_argument("--steps", type=int, default=6000)
parser.add_argument("--batch", type=int, default=32)
parser.add_argument("--lr", type=float, default=0.002)
parser.add_argument("--last-lr", type=float, default=0.02, help="share of the rate at the end of this run")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--near", action="store_true")
parser.add_argument("--start", help="checkpoint whose weights are the first ones")
parser.add_argument("--full-precision", action="store_true", help="float32 instead of bfloat16, for processors without it")
parser.add_argument("--resume", action="store_true")
args = parser.parse_args()
torch.set_num_threads(1)
cv2.setNumThreads(1)
torch.manual_seed(args.seed)
os.makedirs(args.work, exist_ok=True)
rows = [row for folder in args.crops.split(",") for row in data.rows(folder)]
by_class = [[row for row in rows if row[1] == c] for c in range(len(CLASSES))]
print({name: len(members) for name, members in zip(CLASSES, by_class)}, flush=True)
photographs = data.photographs(args.real) if args.real else []
print(f"{len(photographs)} photographs", flush=True)
banks = {"cloth": textures.bank(textures.cloth, 500, 11), "grains": textures.bank(textures.grains, 500, 12)}
# most cells show nothing of the load; what tells the states apart are the few that do
CELL_WEIGHTS = torch.tensor([0.4, 3.0, 3.0, 3.0])
# grey levels (one standard deviation over load and opening) below which a picture shows too little of them (house rule); of the load alone a
# person sees more pixels, and folds of two grey levels
SEEN_SPREAD = 2.0 if args.near else 3.5
# hidden is rare and matters less than a wrong answer
SHARE = np.array([0.33, 0.32, 0.28, 0.07])


class Feed(torch.utils.data.IterableDataset):
    def __init__(self, seed):
        self.seed = seed

    def __iter__(self):
        cv2.setNumThreads(1)
        rng = np.random.default_rng((self.seed, torch.utils.data.get_worker_info().id))
        while True:
            k = int(rng.choice(len(CLASSES), p=SHARE))
            path, _ = by_class[k][int(rng.integers(len(by_class[k])))]
            image, seen = (data.near if args.near else data.placed)(data.load(path), data.masks(path), rng)
            opening = np.maximum(seen[:, :, 0], seen[:, :, 1])
            there = data.by_cells(opening)
            crop = np.ascontiguousarray(weathered(image, seen, k, banks, photographs, 1.7 if args.near else 1, 0.4 if args.near else 0, rng))
            # what lies within a few grey levels nobody can judge: it counts as hidden, and its cells have no opinion
            if data.spread_within(crop, opening) < SEEN_SPREAD:
                k = CLASSES.index("hidden")
            # a cell belongs to the load where half of it does; cells at its rim have no opinion
            cells = np.where(there > 0.5, min(k, 2) + 1, np.where(there < 0.1, 0, -1))
            yield torch.from_numpy(crop), k, torch.from_numpy(cells)


net = Judge(least=NEAR_LEAST if args.near else FAR_LEAST).to(memory_format=torch.channels_last)
smooth = copy.deepcopy(net).eval()
decay = [p for p in net.parameters() if p.ndim > 1]
plain = [p for p in net.parameters() if p.ndim <= 1]
optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.05}, {"params": plain, "weight_decay": 0}], lr=args.lr)
if args.start:
    first = torch.load(args.start, map_location="cpu")["smooth"]
    net.load_state_dict(first)
    smooth.load_state_dict(first)
done, checkpoint = 0, os.path.join(args.work, "last.pt")
if args.resume:
    state = torch.load(checkpoint, map_location="cpu")
    net.load_state_dict(state["net"])
    smooth.load_state_dict(state["smooth"])
    optimiser.load_state_dict(state["optimiser"])
    done = state["step"]
loader = torch.utils.data.DataLoader(Feed(args.seed * 1000 + done), batch_size=args.batch, num_workers=1, prefetch_factor=4)
started, sums = time.time(), np.zeros(3)
net.train()
for step, (images, classes, places) in enumerate(loader, 1):
    rate = args.lr * min(1, step / 100) * (args.last_lr + (1 - args.last_lr) * 0.5 * (1 + math.cos(math.pi * step / args.steps)))
    for group in optimiser.param_groups:
        group["lr"] = rate
    x = images.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last).float().div_(255)
    with torch.autocast("cpu", torch.bfloat16, enabled=not args.full_precision):
        said, cells = net(x)
    # smoothed targets keep the scores honest: a rendered crop is never certain to look like a real one
    loss = F.cross_entropy(said.float(), classes, label_smoothing=0.05)
    # hidden loads have no cells of their own class: there is nothing to see of them
    where = F.cross_entropy(cells.float(), places.masked_fill((classes == CLASSES.index("hidden"))[:, None, None] & (places > 0), -1), ignore_index=-1, weight=CELL_WEIGHTS)
    optimiser.zero_grad()
    (loss + where).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
    optimiser.step()
    keep = min(0.998, 1 - 1 / (done + step + 1) ** 0.75)
    with torch.no_grad():
        for a, b in zip(smooth.state_dict().values(), net.state_dict().values()):
            a.mul_(keep).add_(b, alpha=1 - keep) if a.dtype.is_floating_point else a.copy_(b)
    sums += float(loss.detach()), float(where.detach()), float((said.argmax(1) == classes).float().mean())
    if step % 50 == 0:
        print(f"step {done + step} {time.time() - started:.0f} s, rate {rate:.5f}, class/cell/right {np.round(sums / 50, 3)}", flush=True)
        sums[:] = 0
    if step % 100 == 0 or step == args.steps:
        torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "optimiser": optimiser.state_dict(), "step": done + step}, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)
    if step == args.steps:
        break

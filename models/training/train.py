"""
Trains the starter detector from nothing but seeds:
  python3 train.py --frames DIR[,DIR] --real DIR --work DIR --steps 2500 [--resume] [--seed 1] [--lr 0.004] [--window 320 192]
Writes WORK/last.pt every 200 steps (network, smoothed network, optimiser, step), so there is always something to export.
"""
import argparse
import copy
import math
import os
import time

import numpy as np
import torch

import augment
import data
from loss import losses
from net import Detector, grid

parser = argparse.ArgumentParser()
parser.add_argument("--frames", required=True)
parser.add_argument("--real", default="")
parser.add_argument("--work", required=True)
parser.add_argument("--steps", type=int, default=2500)
parser.add_argument("--stop", type=int, help="stop after so many steps although the schedule is longer")
parser.add_argument("--batch", type=int, default=16)
parser.add_argument("--lr", type=float, default=0.004)
parser.add_argument("--last-lr", type=float, default=0.05, help="share of the rate at the end of this run")
parser.add_argument("--warm", type=int, default=100)
parser.add_argument("--real-share", type=float, default=0.12)
parser.add_argument("--window", type=int, nargs=2, default=(512, 288), help="width and height of the part of the input trained on; multiples of 32")
parser.add_argument("--mosaic", type=float, default=0.25)
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--full-precision", action="store_true", help="float32 instead of bfloat16, for processors without it")
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--resume", action="store_true")
args = parser.parse_args()
torch.set_num_threads(args.threads)
torch.manual_seed(args.seed)
os.makedirs(args.work, exist_ok=True)
window = tuple(args.window)
frames = [r for folder in args.frames.split(",") for r in data.rendered(folder)]
reals = data.real(args.real, "train") if args.real else []
print(f"{len(frames)} rendered, {len(reals)} real pictures", flush=True)


class Feed(torch.utils.data.IterableDataset):
    def __init__(self, seed):
        self.seed = seed

    def one(self, rng):
        rows = reals if reals and rng.random() < args.real_share else frames
        path, boxes = rows[int(rng.integers(len(rows)))]
        return augment.placed(data.load(path), boxes, rng, window)

    def __iter__(self):
        worker = torch.utils.data.get_worker_info()
        rng = np.random.default_rng((self.seed, worker.id if worker else 0))
        while True:
            image, boxes = augment.mosaic([self.one(rng) for _ in range(4)], rng) if window == (512, 288) and rng.random() < args.mosaic else self.one(rng)
            centre = boxes.copy()
            centre[:, 1:3], centre[:, 3:5] = (boxes[:, 1:3] + boxes[:, 3:5]) / 2, boxes[:, 3:5] - boxes[:, 1:3]
            yield torch.from_numpy(augment.weathered(image, rng)), torch.from_numpy(centre)


net = Detector().to(memory_format=torch.channels_last)
smooth = copy.deepcopy(net).eval()
decay, plain = [], []
for name, p in net.named_parameters():
    (decay if p.ndim > 1 else plain).append(p)
optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}], lr=args.lr)
done = 0
checkpoint = os.path.join(args.work, "last.pt")
if args.resume:
    state = torch.load(checkpoint, map_location="cpu")
    net.load_state_dict(state["net"])
    smooth.load_state_dict(state["smooth"])
    if "optimiser" in state:  # restore.py has none to give
        optimiser.load_state_dict(state["optimiser"])
    done = state["step"]


def save(step):
    torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "optimiser": optimiser.state_dict(), "step": step}, checkpoint + ".new")
    os.replace(checkpoint + ".new", checkpoint)


loader = torch.utils.data.DataLoader(Feed(args.seed * 1000 + done), batch_size=args.batch, num_workers=1, collate_fn=lambda rows: (torch.stack([r[0] for r in rows]), [r[1] for r in rows]), prefetch_factor=4)
cells = grid(*window)
started, sums, net = time.time(), np.zeros(3), net.train()
for step, (images, truths) in enumerate(loader, 1):
    share = step / args.steps
    rate = args.lr * min(1, step / args.warm) * (args.last_lr + (1 - args.last_lr) * 0.5 * (1 + math.cos(math.pi * share)))
    for group in optimiser.param_groups:
        group["lr"] = rate
    x = images.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last).float().div_(255)
    with torch.autocast("cpu", torch.bfloat16, enabled=not args.full_precision):
        raw = net(x)
    parts = losses(raw.float(), truths, cells)
    optimiser.zero_grad()
    sum(parts).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 10)
    optimiser.step()
    keep = min(0.995, 1 - 1 / (step + 1) ** 0.75)
    with torch.no_grad():
        for a, b in zip(smooth.state_dict().values(), net.state_dict().values()):
            a.mul_(keep).add_(b, alpha=1 - keep) if a.dtype.is_floating_point else a.copy_(b)
    sums += [float(p) for p in parts]
    if step % 50 == 0:
        print(f"step {done + step} {time.time() - started:.0f} s, rate {rate:.5f}, thing/box/class {np.round(sums / 50, 3)}", flush=True)
        sums[:] = 0
    last = step == (args.stop or args.steps)
    if step % 200 == 0 or last:
        save(done + step)
    if last:
        break

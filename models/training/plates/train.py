"""
Trains the plate reader from nothing but seeds and free faces:
  python3 train.py --fonts /usr/share/fonts[,DIR] --work DIR --steps 3000 [--resume] [--seed 1] [--lr 0.002]
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
from faces import Faces
from net import COLUMNS, Reader
from plans import CHARSET, LAYOUTS, PROVINCES

parser = argparse.ArgumentParser()
parser.add_argument("--fonts", default="/usr/share/fonts")
parser.add_argument("--work", required=True)
parser.add_argument("--steps", type=int, default=3000)
parser.add_argument("--batch", type=int, default=64)
parser.add_argument("--lr", type=float, default=0.002)
parser.add_argument("--last-lr", type=float, default=0.02, help="share of the rate at the end of this run")
parser.add_argument("--warm", type=int, default=100)
parser.add_argument("--photos", type=int, default=2, help="photographs of each painted plate")
parser.add_argument("--ctc", type=float, default=0.1, help="weight of the loss of the whole text beside that of single columns")
parser.add_argument("--again", type=float, default=0.5, help="share of a batch that was seen before, in other light: painting costs more than a step")
parser.add_argument("--province", type=float, default=2.5, help="weight of a province's columns beside others")
parser.add_argument("--seed", type=int, default=1)
parser.add_argument("--full-precision", action="store_true", help="float32 instead of bfloat16, for processors without it")
parser.add_argument("--workers", type=int, default=1)
parser.add_argument("--resume", action="store_true")
args = parser.parse_args()
torch.set_num_threads(1)
cv2.setNumThreads(1)
torch.manual_seed(args.seed)
os.makedirs(args.work, exist_ok=True)


class Feed(torch.utils.data.IterableDataset):
    def __init__(self, seed):
        self.seed = seed

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        faces, rng, kept = Faces(args.fonts.split(",")), np.random.default_rng((self.seed, worker.id)), []
        while True:
            # a hundred plates shuffled, so that photographs of one plate rarely meet in a batch
            kept += [row for _ in range(100) for row in data.samples(faces, rng, args.photos)]
            rng.shuffle(kept)
            while len(kept) > 200:
                image, text, layout, edges = kept.pop()
                yield torch.from_numpy(image), torch.from_numpy(data.target(text)), torch.from_numpy(data.column_target(text, edges)), LAYOUTS.index(layout)


net = Reader().to(memory_format=torch.channels_last)
smooth = copy.deepcopy(net).eval()
decay = [p for p in net.parameters() if p.ndim > 1]
plain = [p for p in net.parameters() if p.ndim <= 1]
optimiser = torch.optim.AdamW([{"params": decay, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0}], lr=args.lr)
done, checkpoint = 0, os.path.join(args.work, "last.pt")
if args.resume:
    state = torch.load(checkpoint, map_location="cpu")
    net.load_state_dict(state["net"])
    smooth.load_state_dict(state["smooth"])
    optimiser.load_state_dict(state["optimiser"])
    done = state["step"]

fresh = round(args.batch * (1 - args.again))
# a province is one of 31 where few pixels differ, and one character in seven: it counts for more
weights = torch.ones(1 + len(CHARSET))
weights[1 : 1 + len(PROVINCES)] = args.province
loader = torch.utils.data.DataLoader(Feed(args.seed * 1000 + done), batch_size=fresh, num_workers=args.workers, prefetch_factor=4)
KEPT = 30000
store, chosen = [], np.random.default_rng((args.seed, done, 7))


def mixed(batch):
    """Fresh rows beside rows of earlier batches whose channels are brightened or darkened a little."""
    rows = list(zip(*batch))
    seen = [store[int(i)] for i in chosen.integers(len(store), size=args.batch - fresh)] if store else []
    for row in rows:
        if len(store) < KEPT:
            store.append(row)
        else:
            store[int(chosen.integers(KEPT))] = row
    images, *rest = (torch.stack([torch.as_tensor(v) for v in column]) for column in zip(*rows, *seen))
    x = images.permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last).float().div_(255)
    if seen:
        gain = torch.from_numpy(chosen.uniform(0.7, 1.3, (len(seen), 1, 1, 1)) * chosen.uniform(0.88, 1.12, (len(seen), 3, 1, 1))).float()
        x[fresh:] = (x[fresh:] * gain).clamp_(0, 1)
    return x, *rest


started, sums = time.time(), np.zeros(3)
net.train()
for step, batch in enumerate(loader, 1):
    x, targets, places, layouts = mixed(batch)
    rate = args.lr * min(1, step / args.warm) * (args.last_lr + (1 - args.last_lr) * 0.5 * (1 + math.cos(math.pi * step / args.steps)))
    for group in optimiser.param_groups:
        group["lr"] = rate
    with torch.autocast("cpu", torch.bfloat16, enabled=not args.full_precision):
        columns, layout = net(x)
    lengths = (targets > 0).sum(1)
    reading = F.ctc_loss(columns.float().log_softmax(2).transpose(0, 1), targets[targets > 0], torch.full((len(x),), COLUMNS), lengths, zero_infinity=True)
    place = F.cross_entropy(columns.float().flatten(0, 1), places.flatten(), ignore_index=-1, weight=weights)
    colour = F.cross_entropy(layout.float(), layouts)
    optimiser.zero_grad()
    (place + args.ctc * reading + 0.1 * colour).backward()
    torch.nn.utils.clip_grad_norm_(net.parameters(), 5)
    optimiser.step()
    keep = min(0.998, 1 - 1 / (done + step + 1) ** 0.75)
    with torch.no_grad():
        for a, b in zip(smooth.state_dict().values(), net.state_dict().values()):
            a.mul_(keep).add_(b, alpha=1 - keep) if a.dtype.is_floating_point else a.copy_(b)
    sums += float(place), float(reading), float(colour)
    if step % 50 == 0:
        print(f"step {done + step} {time.time() - started:.0f} s, rate {rate:.5f}, column/reading/layout {np.round(sums / 50, 3)}", flush=True)
        sums[:] = 0
    if step % 100 == 0 or step == args.steps:
        torch.save({"net": net.state_dict(), "smooth": smooth.state_dict(), "optimiser": optimiser.state_dict(), "step": done + step}, checkpoint + ".new")
        os.replace(checkpoint + ".new", checkpoint)
    if step == args.steps:
        break

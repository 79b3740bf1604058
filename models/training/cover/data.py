"""Rendered crops of lorries (models/footage/node/render-trucks.ts), brought to the input's size with where load and opening lie."""
import csv
import glob
import hashlib
import json
import os

import cv2
import numpy as np

from net import CELLS, CLASSES, REACH, SIDE

# below the first share of the crop nobody can see load or cover; up to the second it is a matter of luck and neither trains nor counts
HIDDEN, SEEN = 0.010, 0.018


def rows(folder):
    """[(path, class)] of a folder of crops; states that can barely be seen are left out."""
    out = []
    with open(os.path.join(folder, "crops.jsonl"), encoding="utf8") as f:
        for line in f:
            row = json.loads(line)
            if row["shown"] >= SEEN or row["shown"] < HIDDEN:
                out.append((os.path.join(folder, row["file"]), CLASSES.index("hidden" if row["shown"] < HIDDEN else row["state"])))
    return out


def load(path):
    return cv2.imread(path)[:, :, ::-1]


def masks(path):
    """uint8 [448, 448, 2]: where load or cover is seen, and where that or the opening is."""
    return cv2.imread(path.replace(".jpg", ".mask.png"))[:, :, :0:-1]


def photographs(folder):
    """
    Real pictures as surroundings, uint8 RGB, the longer side at most 900 pixels: those that the starter model trains on (`../data.py`: licences that
    allow changing and commercial use, share-alike ones left out, one in five held out by its name). The starter's card names their authors.
    """
    with open(os.path.join(folder, "coco_redistributable/ATTRIBUTION.csv"), encoding="utf8") as f:
        free = {row["file"] for row in csv.DictReader(f) if not any(mark in row["licence_url"] for mark in ("-nc", "-nd", "-sa"))}
    coco = [path for path in glob.glob(os.path.join(folder, "coco_redistributable/images/*")) if os.path.basename(path) in free]
    out = []
    for path in sorted(coco) + sorted(glob.glob(os.path.join(folder, "road_cameras/images/*"))):
        if int(hashlib.sha256(os.path.basename(path).encode()).hexdigest(), 16) % 5 == 0:
            continue
        image = load(path)
        scale = min(1, 900 / max(image.shape[:2]))
        out.append(np.ascontiguousarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)))
    return out


def placed(image, seen, rng):
    """Mirror, shift, stretch, turn: uint8 crop and the two masks 0..1, all of the input's size."""
    h, w = image.shape[:2]
    m = cv2.getRotationMatrix2D((w / 2, h / 2), rng.normal(0, 2.5), rng.uniform(0.92, 1.12) * SIDE / w)
    m[:, 2] += SIDE / 2 - np.array([w, h]) / 2 + rng.normal(0, 6, 2)
    m[0] *= rng.uniform(0.94, 1.06)
    if rng.random() < 0.5:
        m[0] = (-m[0, 0], -m[0, 1], SIDE - m[0, 2])
    out = cv2.warpAffine(image, m, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)
    small = m.copy()
    small[:, :2] *= w / seen.shape[1]
    return out, cv2.warpAffine(seen, small, (SIDE, SIDE)).astype(np.float32) / 255


def around_load(seen, rng):
    """left, top, right, bottom, shares of the crop: as `net.region` finds it from cells, give or take what the network errs by."""
    opening = cv2.resize(np.maximum(seen[:, :, 0], seen[:, :, 1]), (CELLS, CELLS), interpolation=cv2.INTER_AREA).astype(np.float64)
    total = opening.sum()
    if total < 255:  # nothing to find: anywhere in the upper part
        left, top = rng.uniform(0, 0.5), rng.uniform(0, 0.4)
        return left, top, left + rng.uniform(0.2, 0.5), top + rng.uniform(0.16, 0.6)
    at = (np.arange(CELLS) + 0.5) / CELLS
    across, down = opening.sum(0) / total, opening.sum(1) / total
    x, y = (across * at).sum(), (down * at).sum()
    wide, high = REACH * np.sqrt((across * (at - x) ** 2).sum()), REACH * np.sqrt((down * (at - y) ** 2).sum())
    wide, high = max(wide, 3 / CELLS), max(high, 3 / CELLS)
    x, y, wide, high = x + rng.normal(0, 0.12) * wide, y + rng.normal(0, 0.12) * high, wide * rng.uniform(0.75, 1.4), high * rng.uniform(0.75, 1.4)
    return max(0, x - wide), max(0, y - high), min(1, x + wide), min(1, y + high)


def near(image, seen, rng):
    """The surroundings of the load alone, a little turned, mirrored by chance: uint8 crop and the two masks 0..1, all of the input's size."""
    h, w = image.shape[:2]
    left, top, right, bottom = around_load(seen, rng)
    x, y, wide, high = (left + right) / 2, (top + bottom) / 2, (right - left) / 2, (bottom - top) / 2
    turn = rng.normal(0, 0.04)
    # a pixel of the crop → one of the input, rotated around the middle of the load before it is stretched
    m = np.diag([SIDE / (2 * wide * w), SIDE / (2 * high * h)]) @ np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    if rng.random() < 0.5:
        m[0] = -m[0]
    m = np.column_stack((m, SIDE / 2 - m @ np.array([x * w, y * h])))
    # where many pixels become one, they are averaged
    finer = 2 if max(wide * w, high * h) > 0.65 * SIDE else 1
    out = cv2.warpAffine(image, finer * m, (finer * SIDE, finer * SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    out = cv2.resize(out, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    small = m.copy()
    small[:, :2] *= w / seen.shape[1]
    return out, cv2.warpAffine(seen, small, (SIDE, SIDE)).astype(np.float32) / 255


def by_cells(opening):
    """[CELLS, CELLS]: the share of each cell in which load or opening lies."""
    return cv2.resize(opening, (CELLS, CELLS), interpolation=cv2.INTER_AREA)


def spread_within(crop, opening):
    """Standard deviation of the grey levels of a crop over load and opening; endless where hardly anything of them is in it."""
    inside = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)[opening > 0.7]
    return float(inside.std()) if len(inside) > 100 else float("inf")

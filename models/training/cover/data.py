"""Rendered crops of lorries (models/footage/node/render-trucks.ts), brought to the input's size with where load and opening lie."""
import csv
import glob
import hashlib
import json
import os

import cv2
import numpy as np

from net import CELLS, CLASSES, SIDE

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
    """uint8 [224, 224, 2]: where load or cover is seen, and where that or the opening is."""
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


def by_cells(opening):
    """[CELLS, CELLS]: the share of each cell in which load or opening lies."""
    return cv2.resize(opening, (CELLS, CELLS), interpolation=cv2.INTER_AREA)


def spread_within(crop, opening):
    """Standard deviation of the grey levels of a crop over load and opening; endless where hardly anything of them is in it."""
    inside = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY)[opening > 0.7]
    return float(inside.std()) if len(inside) > 100 else float("inf")

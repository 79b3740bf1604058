"""Pictures and boxes: rendered frames (boxes.jsonl), COCO files with free licences, fixed road cameras."""
import csv
import hashlib
import json
import os

import cv2
import numpy as np

from net import INPUT_HEIGHT as H, INPUT_WIDTH as W, LABELS

OF = {name: i for i, name in enumerate(LABELS)}
COCO = {1: "person", 2: "two-wheeler", 3: "car", 4: "two-wheeler", 6: "truck", 8: "truck", 28: "canopy", 62: "furniture", 67: "furniture"}
ROAD = ("two-wheeler", "truck", "car", "truck")  # its own order: bike, bus, car, truck


def held_out(name):
    """One real picture in five never trains; decided by its name, so it stays the same in every run."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0


def rendered(folder, limit=None):
    """Rows (path, boxes [n,5] = label, x1, y1, x2, y2 in 0..1)."""
    rows = []
    with open(os.path.join(folder, "boxes.jsonl"), encoding="utf8") as lines:
        for line in lines:
            row = json.loads(line)
            rows.append((os.path.join(folder, row["file"]), np.array([b[:5] for b in row["boxes"]], np.float32).reshape(-1, 5)))
    return rows[:limit]


def coco(folder, share_alike):
    """Only files whose licence allows changing and commercial use (no NC, no ND); share-alike ones only where nothing is derived from them."""
    with open(os.path.join(folder, "ATTRIBUTION.csv"), encoding="utf8") as f:
        free = {r["file"] for r in csv.DictReader(f) if not any(mark in r["licence_url"] for mark in ("-nc", "-nd") + (() if share_alike else ("-sa",)))}
    with open(os.path.join(folder, "instances.json"), encoding="utf8") as f:
        data = json.load(f)
    boxes = {}
    for a in data["annotations"]:
        if a["category_id"] in COCO and not a.get("iscrowd"):
            boxes.setdefault(a["image_id"], []).append((OF[COCO[a["category_id"]]], *a["bbox"]))
    rows = []
    for im in data["images"]:
        if im["file_name"] not in free:
            continue
        b = np.array(boxes.get(im["id"], []), np.float32).reshape(-1, 5)
        b[:, 3:5] += b[:, 1:3]
        b[:, (1, 3)] /= im["width"]
        b[:, (2, 4)] /= im["height"]
        rows.append((os.path.join(folder, "images", im["file_name"]), b))
    return rows


def road(folder):
    rows = []
    for name in sorted(os.listdir(os.path.join(folder, "images"))):
        label_file = os.path.join(folder, "labels", os.path.splitext(name)[0] + ".txt")
        boxes = []
        if os.path.exists(label_file):
            with open(label_file, encoding="utf8") as lines:
                for line in lines:
                    c, x, y, w, h = (float(v) for v in line.split()[:5])
                    boxes.append((OF[ROAD[int(c)]], x - w / 2, y - h / 2, x + w / 2, y + h / 2))
        rows.append((os.path.join(folder, "images", name), np.array(boxes, np.float32).reshape(-1, 5)))
    return rows


def real(folder, part):
    rows = coco(os.path.join(folder, "coco_redistributable"), share_alike=part == "held-out") + road(os.path.join(folder, "road_cameras"))
    return [r for r in rows if held_out(os.path.basename(r[0])) == (part == "held-out")]


def load(path):
    image = cv2.imread(path)
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def stretched(path):
    return cv2.resize(load(path), (W, H), interpolation=cv2.INTER_AREA)

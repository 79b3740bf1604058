"""
Writes labelled pictures that never trained in COCO form, for `npm run eval -- --pictures DIR` and for the small set in the repository:
  python3 eval_pictures.py --frames VAL --out ../eval/pictures [--count 40]
  python3 eval_pictures.py --real REAL --out DIR          # the held-out real ones, at most 1280 px wide
The first `count` of VAL, in the order they were drawn; JPEG quality 75 (real ones 92).
"""
import argparse
import json
import os

import cv2

import data
from net import LABELS

parser = argparse.ArgumentParser()
parser.add_argument("--frames")
parser.add_argument("--real")
parser.add_argument("--out", required=True)
parser.add_argument("--count", type=int, default=40)
args = parser.parse_args()
os.makedirs(os.path.join(args.out, "images"), exist_ok=True)
coco = {"images": [], "categories": [{"id": i + 1, "name": name} for i, name in enumerate(LABELS)], "annotations": []}
rows = data.real(args.real, "held-out") if args.real else data.rendered(args.frames, args.count)
for number, (path, boxes) in enumerate(rows, 1):
    image, name = cv2.imread(path), os.path.splitext(os.path.basename(path))[0] + ".jpg"
    if image.shape[1] > 1280:
        image = cv2.resize(image, (1280, round(image.shape[0] * 1280 / image.shape[1])), interpolation=cv2.INTER_AREA)
    cv2.imwrite(os.path.join(args.out, "images", name), image, (cv2.IMWRITE_JPEG_QUALITY, 92 if args.real else 75))
    h, w = image.shape[:2]
    coco["images"].append({"id": number, "file_name": name, "width": w, "height": h})
    for label, x1, y1, x2, y2 in boxes.tolist():
        bbox = [round(v, 1) for v in (x1 * w, y1 * h, (x2 - x1) * w, (y2 - y1) * h)]
        coco["annotations"].append({"id": len(coco["annotations"]) + 1, "image_id": number, "category_id": int(label) + 1, "bbox": bbox, "iscrowd": 0})
with open(os.path.join(args.out, "instances.json"), "w", encoding="utf8") as f:
    json.dump(coco, f, separators=(",", ":"))
    f.write("\n")
print(f"{len(coco['images'])} pictures, {len(coco['annotations'])} boxes")

"""
The shipped file on rendered lorries that never trained and, for the figure alone, on real gate pictures:
  python3 evaluate.py --model ../../weights/truck-cover.onnx --crops VAL_DIR [--real DIR --boxes gate-boxes.json]
DIR holds the pictures in one folder per state; the boxes of their lorries, shares of the picture, were drawn by hand.
"""
import argparse
import json
import os

import cv2
import numpy as np
import onnxruntime

import data
from net import CLASSES

MARGIN = 0.06  # as in models/src/attributes/truck-cover.ts


def open_session(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def judge(session, image):
    _, high, wide, _ = session.get_inputs()[0].shape
    return session.run(None, {"images": np.ascontiguousarray(cv2.resize(image, (wide, high), interpolation=cv2.INTER_AREA))[None]})[0][0]


def values(shares, threshold):
    """(cover, load) as the product tells them; None below the threshold."""
    covered, open_, empty, _ = shares
    cover = "covered" if covered >= threshold else "open" if open_ + empty >= threshold else None
    load = "loaded" if open_ >= threshold else "empty" if empty >= threshold else None
    return cover, load


def rendered(session, folder, threshold):
    rows = [(judge(session, data.load(path)), k) for path, k in data.rows(folder)]
    print(f"\nRendered, held out: {len(rows)} crops, threshold {threshold}\n| is | crops | " + " | ".join(f"likeliest {c}" for c in CLASSES) + " | cover right | cover wrong | cover left to a person |\n" + "|---" * (len(CLASSES) + 5) + "|")
    for k, name in enumerate(CLASSES):
        chosen = [shares for shares, true in rows if true == k]
        if not chosen:
            continue
        best = np.bincount([int(s.argmax()) for s in chosen], minlength=len(CLASSES))
        truth = {"covered": "covered", "open": "open", "empty": "open"}.get(name)
        told = [values(s, threshold)[0] for s in chosen]
        right, unsaid = sum(t == truth and t is not None for t in told), sum(t is None for t in told)
        print(f"| {name} | {len(chosen)} | " + " | ".join(str(n) for n in best) + f" | {right} | {len(told) - right - unsaid} | {unsaid} |")


def real(session, folder, boxes, threshold):
    with open(boxes, encoding="utf8") as f:
        table = json.load(f)
    print(f"\nReal gate pictures, threshold {threshold}\n| picture | by eye | cover | load | " + " | ".join(CLASSES) + " |\n|---|---|---|---|" + "---|" * len(CLASSES))
    for name, row in table.items():
        image = cv2.imread(os.path.join(folder, name))[:, :, ::-1]
        h, w = image.shape[:2]
        x, y, bw, bh = row["boxNorm"]
        x1, y1, x2, y2 = max(0, x - MARGIN * bw), max(0, y - MARGIN * bh), min(1, x + bw * (1 + MARGIN)), min(1, y + bh * (1 + MARGIN))
        shares = judge(session, image[int(y1 * h) : int(y2 * h), int(x1 * w) : int(x2 * w)])
        cover, load = values(shares, threshold)
        print(f"| {name} | {row['byEye']} | {cover or 'to a person'} | {load or 'to a person'} | " + " | ".join(f"{s:.2f}" for s in shares) + " |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--crops")
    parser.add_argument("--real")
    parser.add_argument("--boxes", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "gate-boxes.json"))
    args = parser.parse_args()
    with open(os.path.splitext(args.model)[0] + ".manifest.json", encoding="utf8") as f:
        bar = json.load(f)["threshold"]
    session = open_session(args.model)
    if args.crops:
        rendered(session, args.crops, bar)
    if args.real:
        real(session, args.real, args.boxes, bar)

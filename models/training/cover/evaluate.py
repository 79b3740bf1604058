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
EDGE, DRAWS = 0.05, 40


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


def thresholds(session, folder):
    """What each threshold would tell of the rendered crops: the shipped one is the lowest at which fewer than one in a hundred told are wrong."""
    truth = {"covered": "covered", "open": "open", "empty": "open"}
    rows = [(judge(session, data.load(path)), truth.get(CLASSES[k])) for path, k in data.rows(folder)]
    print("\n| threshold | cover right | cover wrong | of what is told |\n|---|---|---|---|")
    for bar in np.arange(0.5, 0.91, 0.05):
        told = [(values(shares, bar)[0], is_) for shares, is_ in rows]
        right, wrong = sum(t is not None and t == is_ for t, is_ in told), sum(t is not None and t != is_ for t, is_ in told)
        print(f"| {bar:.2f} | {right} | {wrong} | {wrong / max(1, right + wrong):.2%} |")


def cut(image, box):
    """The crop of a box with its margin, as the product cuts it; `box` is x, y, width, height in shares of the picture."""
    h, w = image.shape[:2]
    x, y, bw, bh = box
    return image[int(max(0, y - MARGIN * bh) * h) : int(min(1, y + bh * (1 + MARGIN)) * h), int(max(0, x - MARGIN * bw) * w) : int(min(1, x + bw * (1 + MARGIN)) * w)]


def shifted(box, rng):
    """The box with each edge off by up to EDGE of its width or height, as a detector's is."""
    x, y, bw, bh = box
    left, right = rng.uniform(-EDGE, EDGE, 2) * bw
    top, bottom = rng.uniform(-EDGE, EDGE, 2) * bh
    return x + left, y + top, bw + right - left, bh + bottom - top


def real(session, folder, boxes, threshold):
    with open(boxes, encoding="utf8") as f:
        table = json.load(f)
    pictures = {name: cv2.imread(os.path.join(folder, name))[:, :, ::-1] for name in table}
    print(f"\nReal gate pictures, threshold {threshold}\n| picture | by eye | cover | load | " + " | ".join(CLASSES) + " |\n|---|---|---|---|" + "---|" * len(CLASSES))
    for name, row in table.items():
        shares = judge(session, cut(pictures[name], row["boxNorm"]))
        cover, load = values(shares, threshold)
        print(f"| {name} | {row['byEye']} | {cover or 'to a person'} | {load or 'to a person'} | " + " | ".join(f"{s:.2f}" for s in shares) + " |")
    print(f"\nThe same, each edge of the box off by up to {EDGE:.0%} of its size, {DRAWS} draws\n| picture | by eye | told covered | told open | left to a person |\n|---|---|---|---|---|")
    rng = np.random.default_rng(1)
    for name, row in table.items():
        told = [values(judge(session, cut(pictures[name], shifted(row["boxNorm"], rng))), threshold)[0] for _ in range(DRAWS)]
        print(f"| {name} | {row['byEye']} | {told.count('covered')} | {told.count('open')} | {told.count(None)} |")


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
        thresholds(session, args.crops)
    if args.real:
        real(session, args.real, args.boxes, bar)

"""
Average precision at IoU 0.5 per label, of the shipped file, on pictures it never trained on:
  python3 evaluate.py --model ../weights/starter.onnx --frames VAL_DIR --real DATA_DIR
"""
import argparse

import numpy as np

import data
from found import detect, open_session
from net import INPUT_HEIGHT as H, INPUT_WIDTH as W, LABELS


def overlap(a, b):
    lo, hi = np.maximum(a[:2], b[:, :2]), np.minimum(a[2:], b[:, 2:])
    inter = np.clip(hi - lo, 0, None).prod(1)
    return inter / (np.prod(a[2:] - a[:2]) + (b[:, 2:] - b[:, :2]).prod(1) - inter + 1e-9)


def average_precision(rows, total):
    """Area under the interpolated precision-recall curve; rows = (score, hit)."""
    rows.sort(key=lambda r: -r[0])
    hits = np.cumsum([r[1] for r in rows]) if rows else np.zeros(0)
    precision = hits / np.arange(1, len(rows) + 1)
    precision = np.maximum.accumulate(precision[::-1])[::-1]
    recall = np.concatenate(([0], hits / max(1, total)))
    return float(np.sum(np.diff(recall) * precision))


def measure(session, rows, smallest_px=0):
    scores, totals, at = {k: [] for k in range(len(LABELS))}, np.zeros(len(LABELS), int), np.zeros((len(LABELS), 2), int)
    for path, boxes in rows:
        found = detect(session, data.stretched(path))
        truth = boxes * np.array([1, W, H, W, H], np.float32)
        for k in range(len(LABELS)):
            t = truth[truth[:, 0] == k][:, 1:]
            big = np.minimum(t[:, 2] - t[:, 0], t[:, 3] - t[:, 1]) >= smallest_px
            totals[k] += big.sum()
            used = np.zeros(len(t), bool)
            for row in found[found[:, 0] == k]:
                iou = np.where(used, 0, overlap(row[2:], t)) if len(t) else np.zeros(0)
                best = int(iou.argmax()) if len(t) else -1
                hit = best >= 0 and iou[best] >= 0.5
                if hit:
                    used[best] = True
                    if not big[best]:
                        continue  # too small to count, for or against
                scores[k].append((float(row[1]), hit))
                if row[1] >= 0.35:
                    at[k] += (hit, 1)
    return {LABELS[k]: (totals[k], average_precision(scores[k], totals[k]), at[k][0] / max(1, totals[k]), at[k][0] / max(1, at[k][1])) for k in range(len(LABELS))}


def show(title, result):
    print(f"\n{title}\n| label | boxes | AP50 | recall at 0.35 | precision at 0.35 |\n|---|---|---|---|---|")
    for name, (total, ap, recall, precision) in result.items():
        print(f"| {name} | {total} | {ap:.3f} | {recall:.2f} | {precision:.2f} |" if total else f"| {name} | 0 | – | – | – |")
    print(f"| mean of those with boxes | | {np.mean([r[1] for r in result.values() if r[0]]):.3f} | | |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--frames", required=True)
    parser.add_argument("--real")
    args = parser.parse_args()
    session = open_session(args.model)
    held = data.rendered(args.frames)
    show(f"Rendered, held out ({len(held)} pictures)", measure(session, held))
    show("The same, boxes of at least 10 px at input size", measure(session, held, 10))
    if args.real:
        held = data.real(args.real, "held-out")
        show(f"Real, held out ({len(held)} pictures)", measure(session, held))

"""
Looks at the demo clips as the detector does and says, zone by zone, how the looks agree with the truth:
  python3 demo.py --model ../weights/starter.onnx --demo ../demo [--pictures DIR]
A thing is in a zone when the middle of its lower edge is. Nothing here writes truth; it only reads it.
"""
import argparse
import json
import os

import cv2
import numpy as np

from found import detect, open_session
from net import INPUT_HEIGHT as H, INPUT_WIDTH as W, LABELS


def looks(path, every_s):
    clip = cv2.VideoCapture(path)
    rate = clip.get(cv2.CAP_PROP_FPS)
    index = 0
    while True:
        ok, frame = clip.read()
        if not ok:
            return
        if index % max(1, round(rate * every_s)) == 0:
            yield index / rate, cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
        index += 1


def in_zone(row, polygon):
    foot = ((row[2] + row[4]) / 2 / W, min(row[5] / H, 0.999))
    return cv2.pointPolygonTest(np.array(polygon, np.float32), foot, False) >= 0


def longest(flags, every_s):
    best = run = 0
    for f in flags:
        run = run + 1 if f else 0
        best = max(best, run)
    return best * every_s


def report(session, folder, pictures):
    with open(os.path.join(folder, "scene.json"), encoding="utf8") as f:
        scene = json.load(f)
    with open(os.path.join(folder, "truth.json"), encoding="utf8") as f:
        truth = json.load(f)
    seen = [(t, detect(session, cv2.resize(im, (W, H), interpolation=cv2.INTER_LINEAR)), im) for t, im in looks(os.path.join(folder, "clip.mp4"), scene["lookEveryS"])]
    print(f"\n{os.path.basename(folder)}: {len(seen)} looks")
    polygons = {z["id"]: z["polygon"] for z in scene["zones"]}
    for rule in scene["rules"]:
        roles = [LABELS.index(r) for r in rule["roles"]]
        for zone in rule["zones"]:
            acts = [v for v in truth["violations"] if v["zone"] == zone and v["violation"] == rule["violation"]]
            inside = np.array([any(v["fromS"] + 0.5 <= t <= v["toS"] - 0.5 for v in acts) for t, _, _ in seen])
            near = np.array([any(v["fromS"] - 1.5 <= t <= v["toS"] + 1.5 for v in acts) for t, _, _ in seen])
            best = np.array([max([r[1] for r in rows if int(r[0]) in roles and in_zone(r, polygons[zone])], default=0) for _, rows, _ in seen])
            line = f"  {rule['violation']} {zone}: "
            if inside.any():
                line += f"thing there {inside.sum()} looks: ≥0.5 in {np.mean(best[inside] >= 0.5):.0%}, ≥{rule['minScore']} in {np.mean(best[inside] >= rule['minScore']):.0%}, median best score {np.median(best[inside]):.2f}; "
            quiet = ~near
            line += f"nothing there {quiet.sum()} looks: false ≥{rule['minScore']} in {int((best[quiet] >= rule['minScore']).sum())}, longest run {longest(best[quiet] >= rule['minScore'], scene['lookEveryS']):g} s of {rule['dwellS']} s, highest {best[quiet].max() if quiet.any() else 0:.2f}"
            print(line)
    if pictures:
        os.makedirs(pictures, exist_ok=True)
        for t, rows, im in seen[:: max(1, len(seen) // 8)]:
            for z in polygons.values():
                cv2.polylines(im, [(np.array(z) * (im.shape[1], im.shape[0])).astype(int)], True, (255, 255, 0), 2)
            for label, score, x1, y1, x2, y2 in rows[rows[:, 1] >= 0.3]:
                k = im.shape[1] / W
                cv2.rectangle(im, (int(x1 * k), int(y1 * k)), (int(x2 * k), int(y2 * k)), (255, 0, 0), 2)
                cv2.putText(im, f"{LABELS[int(label)][:5]} {score:.2f}", (int(x1 * k), int(y1 * k) - 3), 0, 0.5, (255, 255, 255), 1)
            cv2.imwrite(os.path.join(pictures, f"{os.path.basename(folder)}-{t:05.1f}.jpg"), cv2.cvtColor(im, cv2.COLOR_RGB2BGR))


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--demo", required=True)
    parser.add_argument("--pictures")
    args = parser.parse_args()
    session = open_session(args.model)
    for name in sorted(os.listdir(args.demo)):
        if os.path.exists(os.path.join(args.demo, name, "clip.mp4")):
            report(session, os.path.join(args.demo, name), args.pictures)

"""
Writes the few drawn pictures on which `npm run models -- check` proves a second-stage model, with what they show:
  python3 stills.py --fonts /usr/share/fonts --crops HELD_OUT --out ../eval/stages
Plates and lorries of the held-out seeds: none of them trained. The clearest are taken, since a proof is not a measurement.
"""
import argparse
import json
import os
import shutil
import sys

import cv2
import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
parser = argparse.ArgumentParser()
parser.add_argument("--fonts", default="/usr/share/fonts")
parser.add_argument("--crops", required=True, help="rendered lorries, seeds 900000 and more")
parser.add_argument("--out", required=True)
args = parser.parse_args()
os.makedirs(args.out, exist_ok=True)
pictures = []

sys.path.insert(0, os.path.join(here, "plates"))
import camera  # noqa: E402
from faces import Faces  # noqa: E402
from paint import plate  # noqa: E402
from plans import SINGLE, draw  # noqa: E402

rng = np.random.default_rng(900002)
faces = Faces(args.fonts.split(","))
wanted = ["blue", "blue", "blue", "yellow", "green", "white"]
while wanted:
    text, layout, plan = draw(rng)
    if layout not in wanted or (layout == "yellow" and plan is not SINGLE):
        continue
    wanted.remove(layout)
    flat, spans = plate(text, layout, plan, faces, rng)
    seen, _ = camera.crop(flat, spans, False, rng)
    name = f"plate-{len(pictures) + 1}.jpg"
    small = cv2.resize(seen.clip(0, 255).astype(np.uint8), (150, 42), interpolation=cv2.INTER_AREA)
    cv2.imwrite(os.path.join(args.out, name), small[:, :, ::-1], (cv2.IMWRITE_JPEG_QUALITY, 92))
    pictures.append({"stage": "plate-reader", "file": name, "attribute": "plate", "value": text})

# by day, body and load large in the picture
LORRIES = {"covered": (900175, 900238), "open": (900090, 900261), "empty": (900050, 900182)}
VALUES = {"covered": [("cover", "covered")], "open": [("cover", "open"), ("load", "loaded")], "empty": [("cover", "open"), ("load", "empty")]}
for state, seeds in LORRIES.items():
    for nth, seed in enumerate(seeds, 1):
        name = f"lorry-{state}-{nth}.jpg"
        shutil.copyfile(os.path.join(args.crops, f"{seed}.jpg"), os.path.join(args.out, name))
        pictures += [{"stage": "truck-cover", "file": name, "attribute": attribute, "value": value} for attribute, value in VALUES[state]]

with open(os.path.join(args.out, "known.json"), "w", encoding="utf8") as f:
    f.write(json.dumps({"version": 1, "pictures": pictures}, ensure_ascii=False, indent=2) + "\n")
print(len(pictures), "known answers")

"""
Exact reading of the shipped file on rendered plates that never trained and, for the figure alone, on a folder of real crops whose file
names begin with the text:
  python3 evaluate.py --model ../../weights/plate-reader.onnx --fonts /usr/share/fonts[,DIR] [--count 3000] [--real DIR] [--wrong]
"""
import argparse
import collections
import os
import re

import cv2
import numpy as np
import onnxruntime

import data
from net import INPUT_HEIGHT as H, INPUT_WIDTH as W, TILTS
from plans import CHARSET, LAYOUTS, PROVINCES, plausible

CLEARNESS_STEP = 0.06


def open_session(file):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.log_severity_level = 1, 3
    return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])


def tilted(image, tilt):
    """The picture pulled down at its right edge and up at its left edge by a share of its height."""
    slope = 2 * tilt * H / W
    m = np.array([[1, 0, 0], [slope, 1, -slope * W / 2]], np.float32)
    return cv2.warpAffine(image, m, (W, H), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def read(session, image):
    """
    → (text, confidence of each character, layout index). Columns that are not blank and touch one another are one character, the one with
    the most of them: training puts a blank between any two. Same rule as models/src/attributes/decode-characters.ts.
    """
    views = [session.run(None, {"images": tilted(image, tilt)[None]}) for tilt in TILTS]
    # clear views count for more, as in models/src/attributes/join-views.ts
    columns = np.array([view[0][0] for view in views])
    characters = columns.argmax(2) > 0
    counted = characters.any(0)
    clearness = np.where(characters, columns.max(2), 0)[:, counted].mean(1) if counted.any() else np.zeros(len(views))
    weights = np.exp((clearness - clearness.max()) / CLEARNESS_STEP)
    columns, layout = (np.average(parts, 0, weights) for parts in zip(*views))
    text, sure, group = "", [], []
    for row in [*columns[0], None]:
        if row is not None and row.argmax():
            group.append(row)
        elif group:
            share = np.sum(group, 0)[1:]
            text += CHARSET[int(share.argmax())]
            sure.append(float(share.max() / share.sum()))
            group = []
    return text, sure, int(layout[0].argmax())


def real(folder):
    """Crops as pictures of the reader's input size, and what their names say."""
    images, texts = [], []
    for name in sorted(os.listdir(folder)):
        found = re.match(f"([{CHARSET}]+)", name)
        picture = cv2.imdecode(np.fromfile(os.path.join(folder, name), np.uint8), 1)
        if found and picture is not None:
            images.append(cv2.resize(picture[:, :, ::-1], (W, H), interpolation=cv2.INTER_LINEAR))
            texts.append(found.group(1))
    return images, texts


def edits(a, b):
    """Fewest insertions, deletions and changes that make b of a."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def show(title, session, images, texts, layouts=None, wrong=False):
    rows = [read(session, image) for image in images]
    right = [r[0] == t for r, t in zip(rows, texts)]
    same = [(r[0], t) for r, t in zip(rows, texts) if len(r[0]) == len(t)]
    places, confused = collections.Counter(), collections.Counter()
    for got, true in same:
        for i, (g, t) in enumerate(zip(got, true)):
            if g != t:
                places[i + 1] += 1
                confused[f"{t} as {g}"] += 1
    whole = [(r[0][:1] == t[:1], r[0][1:] == t[1:]) for r, t in zip(rows, texts) if t[0] in PROVINCES]
    print(f"\n{title}: {len(texts)} crops")
    print(f"  exact {100 * np.mean(right):.1f} % ({sum(right)} of {len(right)}); character errors {100 * sum(edits(r[0], t) for r, t in zip(rows, texts)) / sum(map(len, texts)):.2f} %; wrong number of characters {len(texts) - len(same)}")
    print(f"  province right {100 * np.mean([w[0] for w in whole]):.1f} %, all but the province right {100 * np.mean([w[1] for w in whole]):.1f} %")
    print(f"  errors by place {dict(sorted(places.items()))}")
    print(f"  commonest confusions {', '.join(f'{k} {n}×' for k, n in confused.most_common(12))}")
    for bar in (0.5, 0.8, 0.9, 0.95):
        kept = [ok for r, ok in zip(rows, right) if r[1] and min(r[1]) >= bar]
        print(f"  weakest character at least {bar}: {100 * len(kept) / len(rows):.1f} % of crops, {100 * np.mean(kept) if kept else float('nan'):.2f} % of them exact")
    if layouts is None:
        print(f"  of the wrong readings {sum(not plausible(r[0]) for r, ok in zip(rows, right) if not ok)} of {len(right) - sum(right)} are no text a registration office gives out")
    else:
        for k, name in enumerate(LAYOUTS):
            chosen = [i for i, layout in enumerate(layouts) if layout == k]
            print(f"  {name}: {len(chosen)} crops, exact {100 * np.mean([right[i] for i in chosen]):.1f} %, layout right {100 * np.mean([rows[i][2] == k for i in chosen]):.1f} %")
    if wrong:
        for row, true, ok in zip(rows, texts, right):
            if not ok:
                print(f"    {true} read as {row[0]} ({min(row[1], default=0):.2f})")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", required=True)
    parser.add_argument("--fonts", default="/usr/share/fonts")
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--real")
    parser.add_argument("--wrong", action="store_true", help="list every real crop that was read wrongly")
    args = parser.parse_args()
    session = open_session(args.model)
    if args.count:
        show("Rendered, held out", session, *data.held_out(args.fonts.split(","), args.count))
    if args.real:
        show("Real", session, *real(args.real), wrong=args.wrong)

"""Rendered crops of lorries (models/footage/node/render-trucks.ts) and how they are changed so that the rendered look is not learnt."""
import json
import os

import cv2
import numpy as np

from net import CELLS, CLASSES, SIDE

# below the first share of the crop nobody can see load or cover; up to the second it is a matter of luck and neither trains nor counts
HIDDEN, SEEN = 0.010, 0.018


def rows(folder):
    """[(path, class, where)] of a folder of crops, `where` uint8 [40, 40] 0..15; states that can barely be seen are left out."""
    out = []
    with open(os.path.join(folder, "crops.jsonl"), encoding="utf8") as f:
        for line in f:
            row = json.loads(line)
            if row["shown"] >= SEEN or row["shown"] < HIDDEN:
                where = np.array([int(c, 16) for c in row["where"]], np.uint8).reshape(40, 40)
                out.append((os.path.join(folder, row["file"]), CLASSES.index("hidden" if row["shown"] < HIDDEN else row["state"]), where))
    return out


def load(path):
    return cv2.imread(path)[:, :, ::-1]


def patchy(shape, cells, rng):
    """Smooth random field −1..1."""
    return cv2.resize(rng.uniform(-1, 1, cells).astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def placed(image, where, rng):
    """Mirror, shift, stretch, turn; uint8 crop of the input's size and the share 0..1 of each cell in which the load lies, [16, 16]."""
    h, w = image.shape[:2]
    angle, scale = rng.normal(0, 2.5), rng.uniform(0.92, 1.12)
    m = cv2.getRotationMatrix2D((w / 2, h / 2), angle, scale * SIDE / w)
    m[:, 2] += SIDE / 2 - np.array([w, h]) / 2 + rng.normal(0, 3, 2)
    m[0] *= rng.uniform(0.94, 1.06)
    if rng.random() < 0.5:
        m[0] = (-m[0, 0], -m[0, 1], SIDE - m[0, 2])
    there = cv2.resize(where.astype(np.float32) / 15, (w, h), interpolation=cv2.INTER_LINEAR)
    there = cv2.resize(cv2.warpAffine(there, m, (SIDE, SIDE)), (CELLS, CELLS), interpolation=cv2.INTER_AREA)
    return cv2.warpAffine(image, m, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101), there


def weathered(image, rng):
    """Texture, mud, colour, light, blur, noise and compression of gate cameras by day and night."""
    x = image.astype(np.float32)
    if rng.random() < 0.2:
        return image
    if rng.random() < 0.7:
        # surfaces of the renderer are too even: uneven shade, coarse and fine
        x *= 1 + patchy(x.shape[:2], (int(rng.integers(4, 14)),) * 2, rng)[:, :, None] * rng.uniform(0, 0.3)
        x *= 1 + patchy(x.shape[:2], (int(rng.integers(20, 64)),) * 2, rng)[:, :, None] * rng.uniform(0, 0.2)
    if rng.random() < 0.3:
        mud = np.array([140, 115, 85], np.float32) * rng.uniform(0.4, 1.3)
        veil = np.clip(patchy(x.shape[:2], (5, 5), rng), 0, 1)[:, :, None] * rng.uniform(0.1, 0.7)
        x += veil * (mud - x)
    grey = x.mean(2, keepdims=True)
    # mostly the colours stay: green and blue are cloth, soil never is
    x = grey + (x - grey) * (rng.uniform(0.1, 0.8) if rng.random() < 0.3 else rng.uniform(0.7, 1.3))
    x = 255 * (x.clip(0, 255) / 255) ** rng.uniform(0.5, 1.5) * rng.uniform(0.6, 1.9)
    x *= (1 + rng.normal(0, 0.1, 3)).astype(np.float32)
    if rng.random() < 0.25:
        x = x * (1 - rng.uniform(0, 0.45)) + rng.uniform(20, 130)
    if rng.random() < 0.3:
        spot = np.zeros(x.shape[:2], np.float32)
        cv2.circle(spot, tuple(int(v) for v in rng.integers(0, SIDE, 2)), int(rng.integers(4, 26)), float(rng.uniform(60, 260)), -1)
        x += cv2.GaussianBlur(spot, (0, 0), rng.uniform(3, 12))[:, :, None]
    if rng.random() < 0.2:  # a wire, a rail, a time stamp across the picture
        cv2.line(x, (0, int(rng.integers(SIDE))), (SIDE, int(rng.integers(SIDE))), [float(v) for v in rng.uniform(20, 200, 3)], int(rng.integers(1, 4)))
    if rng.random() < 0.2:
        a, b = rng.integers(0, SIDE - 20, 2)
        cv2.rectangle(x, (int(a), int(b)), (int(a + rng.integers(6, 30)), int(b + rng.integers(6, 30))), [float(v) for v in rng.uniform(0, 255, 3)], -1)
    if rng.random() < 0.5:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.3, 1.6))
    elif rng.random() < 0.6:  # cameras at gates sharpen what they see, until edges have rims
        x += (x - cv2.GaussianBlur(x, (0, 0), rng.uniform(0.6, 1.6))) * rng.uniform(0.3, 1.6)
    if rng.random() < 0.7:
        x += rng.standard_normal(x.shape[:2] + (1,)).astype(np.float32) * min(12, float(x.std()) * rng.uniform(0.02, 0.25))
    x = x.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        x = cv2.imdecode(cv2.imencode(".jpg", x, (cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 92))))[1], 1)
    return x

"""
What stands between a clean plate and its crop: angle, a detector's careless box, dirt, light, blur, few pixels, noise, JPEG.
Strengths were set by eye so that rendered crops look like those of street cameras.
"""
import cv2
import numpy as np

from net import INPUT_HEIGHT as H, INPUT_WIDTH as W
from plans import DOUBLE

# a two-line plate is read as one line: rows of the upper and lower line, columns of the upper one, its share of the lower one's width.
# The same numbers stand in models/src/attributes/join-two-lines.ts. Upper line ends at 75 of 220 mm, the lower begins at 90.
UPPER_ENDS, LOWER_BEGINS, UPPER_LEFT, UPPER_RIGHT, UPPER_WIDE = 0.38, 0.38, 0.2, 0.8, 0.4
CANVAS = (208, 58)


def patchy(shape, cells, rng):
    """Smooth random field −1..1."""
    return cv2.resize(rng.uniform(-1, 1, cells).astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)


def background(w, h, rng):
    base = rng.uniform(5, 235) + rng.normal(0, 14, 3).astype(np.float32)
    out = np.empty((h, w, 3), np.float32)
    out[:] = base
    out += patchy((h, w), (2, 4), rng)[:, :, None] * rng.uniform(0, 60)
    for _ in range(int(rng.integers(0, 4))):
        x, y = int(rng.integers(0, w)), int(rng.integers(0, h))
        cv2.rectangle(out, (x, y), (x + int(rng.integers(4, w)), y + int(rng.integers(2, h))), [float(v) for v in rng.uniform(5, 235) + rng.normal(0, 14, 3)], -1)
    return out


def crop(flat, spans, double, rng):
    """
    The plate seen from some angle, cut out by a detector's box or rectified by four corners: float32 [58, 208, 3] (two lines: joined),
    and left and right edge of every character as shares of its width, [n, 2].
    """
    h, w = flat.shape[:2]
    corners = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
    wide, high = CANVAS if not double else (CANVAS[0], CANVAS[1] * 2)
    if double or rng.random() < 0.4:
        # four corners known to a few hundredths
        unit = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32) + rng.normal(0, 0.018, (4, 2)).astype(np.float32) * np.array([0.7, 1.6], np.float32)
        lo, hi = np.array([-rng.uniform(-0.01, 0.04), -rng.uniform(-0.03, 0.10)]), 1 + np.array([rng.uniform(-0.01, 0.04), rng.uniform(-0.03, 0.10)])
    else:
        angle = np.radians(np.clip(rng.normal(0, 5.5), -15, 15))
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        shear = np.array([[1, rng.normal(0, 0.2)], [0, 1]])
        seen = (corners - corners.mean(0)) * np.array([rng.uniform(0.7, 1.05), 1]) @ shear.T @ turn.T
        seen[:, 1] *= 1 + rng.normal(0, 0.1) * np.sign(seen[:, 0])  # the nearer side is taller
        low, span = seen.min(0), np.ptp(seen, 0)
        unit = (seen - low) / span
        # a box that is too tight cuts the outer characters of a tilted plate at their feet or heads
        lo, hi = -rng.uniform((-0.03, -0.13), (0.06, 0.1)), 1 + rng.uniform((-0.03, -0.13), (0.06, 0.1))
    target = ((unit - lo) / (hi - lo) * np.array([wide, high])).astype(np.float32)
    m = cv2.getPerspectiveTransform(corners, target)
    out = background(wide, high, rng)
    if rng.random() < 0.3:  # a plate holder round it
        cv2.fillConvexPoly(out, ((target - target.mean(0)) * rng.uniform(1.03, 1.12) + target.mean(0)).astype(np.int32), [float(rng.uniform(10, 120))] * 3)
    face = cv2.warpPerspective(flat, m, (wide, high), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    cover = cv2.warpPerspective(np.full((h, w), 255, np.uint8), m, (wide, high), flags=cv2.INTER_LINEAR)[:, :, None].astype(np.float32) / 255
    out += cover * (face - out)
    edges = cv2.perspectiveTransform(spans.reshape(1, -1, 2), m).reshape(-1, 2, 2)[:, :, 0] / wide
    if not double:
        return out, edges
    edges[:2] = (edges[:2] - UPPER_LEFT) / (UPPER_RIGHT - UPPER_LEFT) * UPPER_WIDE
    edges[2:] += UPPER_WIDE
    return joined(out), edges / (1 + UPPER_WIDE)


def joined(picture):
    """Two lines side by side as one."""
    h, w = picture.shape[:2]
    lower = picture[int(h * LOWER_BEGINS) :]
    upper = picture[: int(h * UPPER_ENDS), int(w * UPPER_LEFT) : int(w * UPPER_RIGHT)]
    line = np.concatenate((cv2.resize(upper, (int(w * UPPER_WIDE), len(lower))), lower), 1)
    return cv2.resize(line, CANVAS, interpolation=cv2.INTER_AREA)


def dirt(x, rng):
    """Mud and shadow: smooth patches, blots, a shadow's edge, a blown-out spot."""
    h, w = x.shape[:2]
    if rng.random() < 0.2:
        veil = np.clip(patchy((h, w), (3, 8), rng) - rng.uniform(0.1, 0.6), 0, 1)[:, :, None] * rng.uniform(0.3, 0.9)
        x += veil.clip(0, 0.85) * (rng.uniform(40, 150, 3).astype(np.float32) - x)
    for _ in range(int(rng.integers(0, 4)) if rng.random() < 0.25 else 0):
        cv2.circle(x, (int(rng.integers(w)), int(rng.integers(h))), int(rng.integers(1, 5)), [float(rng.uniform(20, 200))] * 3, -1, cv2.LINE_AA)
    if rng.random() < 0.2:
        a, b = rng.uniform(-0.2, 1.2, 2) * w
        side = np.array([[a, 0], [b, h], [w * 2, h], [w * 2, 0]] if rng.random() < 0.5 else [[a, 0], [b, h], [-w, h], [-w, 0]], np.int32)
        shade = np.ones((h, w), np.float32)
        cv2.fillPoly(shade, [side], float(rng.uniform(0.35, 0.8)))
        x *= cv2.GaussianBlur(shade, (5, 5), 0)[:, :, None]
    if rng.random() < 0.07:
        spot = np.zeros((h, w), np.float32)
        cv2.circle(spot, (int(rng.integers(w)), int(rng.integers(h))), int(rng.integers(8, 40)), float(rng.uniform(60, 200)), -1)
        x += cv2.GaussianBlur(spot, (31, 31), 0)[:, :, None]
    return x


def smear(x, rng):
    """Defocus and motion, in pixels of the small picture."""
    if rng.random() < 0.55:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.25, 0.9) if rng.random() < 0.85 else rng.uniform(0.9, 1.4))
    if rng.random() < 0.22:
        length, angle = rng.uniform(1.5, 5), rng.uniform(0, np.pi)
        kernel = np.zeros((9, 9), np.float32)
        d = np.array([np.cos(angle), np.sin(angle) * 0.6]) * length / 2
        cv2.line(kernel, tuple(np.round((4 - d) * 16).astype(int)), tuple(np.round((4 + d) * 16).astype(int)), 1.0, 1, cv2.LINE_8, 4)
        kernel[4, 4] = max(kernel[4, 4], 0.5)
        x = cv2.filter2D(x, -1, kernel / kernel.sum())
    return x


def light(x, rng):
    """Exposure, haze, colour cast, gamma."""
    if rng.random() < 0.6:
        x = x * (1 + patchy(x.shape[:2], (2, 3), rng)[:, :, None] * rng.uniform(0, 0.3))
    if rng.random() < 0.25:
        share = rng.uniform(0.1, 0.55)
        x = x * (1 - share) + share * (rng.uniform(60, 230) + rng.normal(0, 20, 3).astype(np.float32))
    if rng.random() < 0.35:
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * rng.uniform(0.1, 1.6)
    x = 255 * (x.clip(0, 255) / 255) ** rng.uniform(0.6, 1.7)
    gain = rng.uniform(0.18, 0.6) if rng.random() < 0.3 else rng.uniform(0.6, 1.5)
    x = x * gain * (1 + rng.normal(0, 0.12, 3)).astype(np.float32) + rng.uniform(-12, 25)
    bright = float(x.mean())
    return x * (215 / bright) if bright > 215 else x


def compressed(x, quality):
    return cv2.imdecode(cv2.imencode(".jpg", x, (cv2.IMWRITE_JPEG_QUALITY, int(quality)))[1], 1)


def photographed(flat, spans, plan, rng):
    """Flat plate → uint8 RGB [32, 128, 3] as the reader gets it, and where its characters stand in it (see `crop`)."""
    (x, edges), hard = crop(flat, spans, plan is DOUBLE, rng), rng.random() < 0.72
    wide = int(np.exp(rng.uniform(np.log(60), np.log(180))))
    small = (wide, max(14, int(wide * rng.uniform(0.24, 0.36))))
    x = cv2.resize(dirt(x, rng) if hard else x, small, interpolation=cv2.INTER_AREA)
    if hard:
        x = light(smear(x, rng), rng).clip(0, 255)
        contrast = float(x[2:-2].std())
        if contrast < 13:  # what nobody can read teaches nothing
            x = x.mean() + (x - x.mean()) * 13 / max(contrast, 0.5)
        if rng.random() < 0.7:
            x += rng.standard_normal(x.shape[:2] + (1 if rng.random() < 0.5 else 3,)).astype(np.float32) * min(13, contrast * rng.uniform(0.03, 0.28))
    x = x.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.75:
        x = compressed(x, rng.integers(32, 96))
    if rng.random() < 0.4:  # stored as a thumbnail on the way
        x = cv2.resize(x, (94, 24), interpolation=cv2.INTER_LINEAR if rng.random() < 0.5 else cv2.INTER_CUBIC)
        if rng.random() < 0.7:
            x = compressed(x, rng.integers(60, 98))
    return cv2.resize(x, (W, H), interpolation=cv2.INTER_LINEAR), edges

"""
Surfaces drawn by chance, as shades around 1, float32 [SIDE, SIDE]: creased cloth, and heaps of grains. The renderer's surfaces are smooth where
real ones are not; what tells a net from coal in a dark picture is creases against grains, not colour.
"""
import cv2
import numpy as np

SIDE = 384


def field(rng, across, along):
    """Smooth random field −1..1 with so many cells across and along, turned by a random angle."""
    big = int(SIDE * 1.45)
    flat = cv2.resize(rng.uniform(-1, 1, (max(2, int(across)), max(2, int(along)))).astype(np.float32), (big, big), interpolation=cv2.INTER_CUBIC)
    turn = cv2.getRotationMatrix2D((big / 2, big / 2), rng.uniform(0, 360), 1)
    at = (big - SIDE) // 2
    return cv2.warpAffine(flat, turn, (big, big), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)[at : at + SIDE, at : at + SIDE].clip(-1, 1)


def lit(height, rng):
    """Shade of a height field under light from one side, about 0 ± 1."""
    angle = rng.uniform(0, 2 * np.pi)
    slope = cv2.Sobel(height, cv2.CV_32F, 1, 0) * np.cos(angle) + cv2.Sobel(height, cv2.CV_32F, 0, 1) * np.sin(angle)
    return (slope / (slope.std() + 1e-6)).clip(-2.5, 3)


def bent(image, rng, by):
    """The same with its lines bent: every point is fetched from up to `by` pixels away."""
    ys, xs = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    fine = rng.uniform(3, 9)
    return cv2.remap(image, xs + field(rng, fine, fine) * by, ys + field(rng, fine, fine) * by, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def gathers(rng):
    """Folds towards where a cloth is tied down: rays around a few points of its rim, fading away from them."""
    ys, xs = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    height = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(int(rng.integers(1, 6))):
        x, y = rng.uniform(0, SIDE), SIDE * (rng.uniform(0.75, 1.1) if rng.random() < 0.7 else rng.uniform(-0.1, 0.75))
        around = np.arctan2(ys - y, xs - x) * rng.uniform(3, 12) + rng.uniform(0, 6) + field(rng, 5, 5) * rng.uniform(0.2, 1.2)
        far = np.hypot(xs - x, ys - y) / (SIDE * rng.uniform(0.12, 0.5))
        height += (1 - np.abs(np.sin(around))) ** rng.uniform(2, 8) * np.exp(-far) * np.minimum(1, far * 8)
    return height


def cloth(rng):
    """Creases are ridges: sharp lines where a smooth field crosses zero, longer than wide, over hollows and folds; or pulled taut, with gathers."""
    height = np.zeros((SIDE, SIDE), np.float32)
    taut = rng.random() < 0.5
    if taut:
        wide = rng.uniform(1.5, 4)
        height += rng.uniform(0.1, 0.6) * field(rng, wide, wide) + rng.uniform(0.5, 1.5) * gathers(rng)
    for scale, weight in ((rng.uniform(2, 5), 1.0), (rng.uniform(5, 11), 0.6), (rng.uniform(10, 24), 0.35)):
        if taut and rng.random() < 0.7:
            continue
        long = rng.uniform(1, 5)
        ridge = (1 - np.abs(field(rng, scale * long, scale))) ** rng.uniform(2, 7)
        height += rng.uniform(0.3, 1.2) * weight * ridge + weight * 0.5 * field(rng, scale, scale)
    if rng.random() < 0.4:  # stretched: smooth but for a few folds
        height *= np.clip(field(rng, 3, 3) * 1.5 + rng.uniform(-0.2, 0.4), 0.02, 1)
    shade = lit(cv2.GaussianBlur(bent(height, rng, rng.uniform(4, 26)), (0, 0), rng.uniform(0.5, 2)), rng)
    out = 1 + rng.uniform(0.15, 0.4) * shade + rng.uniform(0, 0.25) * field(rng, 4, 4)
    if rng.random() < 0.4:  # netting: its meshes, and spots of dust or of a camouflage print
        out *= 1 + rng.uniform(0.03, 0.18) * rng.standard_normal((SIDE, SIDE)).astype(np.float32)
    if rng.random() < 0.3:
        spots = field(rng, rng.uniform(14, 40), rng.uniform(14, 40))
        out *= 1 + rng.uniform(0.1, 0.5) * (spots > rng.uniform(-0.2, 0.5))
    if rng.random() < 0.35:  # sheen on the folds that face the lamp
        out += rng.uniform(0.2, 1.2) * np.clip(shade - rng.uniform(1.2, 2), 0, None)
    return np.clip(out, 0.05, 4).astype(np.float32)


def cells(rng, count):
    """Nearest of `count` random points for each pixel: its number, and how far the pixel is from it in shares of a cell."""
    seeds = np.full((SIDE, SIDE), 255, np.uint8)
    seeds[rng.integers(0, SIDE, count), rng.integers(0, SIDE, count)] = 0
    far, label = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    return label, far / (SIDE / np.sqrt(count))


def grains(rng):
    """Lumps of a few sizes, each of its own shade with a dark rim, on a heap with hollows; here and there one glints."""
    out = np.ones((SIDE, SIDE), np.float32)
    for count in rng.choice([60, 200, 700, 2500, 9000, 20000], size=int(rng.integers(2, 4)), replace=False):
        label, far = cells(rng, int(count))
        shade = np.exp(rng.normal(0, rng.uniform(0.1, 0.35), int(label.max()) + 1)).astype(np.float32)
        lump = shade[label] * (1 - rng.uniform(0.2, 0.8) * far.clip(0, 1.2))
        out *= lump / lump.mean()
    out *= 1 + rng.uniform(0, 0.2) * rng.standard_normal((SIDE, SIDE)).astype(np.float32)
    out *= 1 + rng.uniform(0, 0.35) * field(rng, rng.uniform(2, 6), rng.uniform(2, 6))
    if rng.random() < 0.4:
        at = rng.random((SIDE, SIDE)) < rng.uniform(0.0005, 0.006)
        out += at * rng.uniform(0.5, 4)
    return np.clip(out, 0.05, 5).astype(np.float32)


def bank(kind, count, seed):
    """uint8 [count, SIDE, SIDE], 64 for a shade of 1: small enough to keep many."""
    rng = np.random.default_rng(seed)
    return np.stack([(kind(rng) * 64).clip(0, 255).astype(np.uint8) for _ in range(count)])

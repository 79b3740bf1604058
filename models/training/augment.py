"""Changes pictures so that the rendered look is not learnt by heart."""
import cv2
import numpy as np

from net import INPUT_HEIGHT as H, INPUT_WIDTH as W

# how much rather a window is laid on a thing of this label: the inverse of how often it occurs, roughly
RARE = np.array([1, 2, 4, 1, 1.5, 1.5, 3, 6])


def placed(image, boxes, rng, window=(W, H), smallest=0.55, largest=1.5):
    """
    Random flip, scale, stretch and shift into a window of the input (or all of it); boxes 0..1 in, window pixels out, slivers dropped.
    Things keep the size they have at the full input; a smaller window only leaves out empty road and wall, which makes steps cheaper.
    """
    h, w = image.shape[:2]
    wide, high = window
    # the scale at which the detector sees it: the whole picture, stretched
    whole = rng.random() < (0.4 if window == (W, H) else 0.2)
    # only the full window can hold near things whole, so only there they are made nearer still
    most = largest if window != (W, H) else 2.2
    scale, fx = (1.0, 1.0) if whole else (rng.uniform(smallest, most), rng.uniform(0.85, 1.18))
    sx, sy = W / w * scale * fx, H / h * scale
    tx, ty = (wide - w * sx) * rng.uniform(0, 1), (high - h * sy) * rng.uniform(0, 1)
    if len(boxes) and not whole:
        # some box's middle lands somewhere in the window, without showing more than needed beyond the picture's edge
        likely = RARE[boxes[:, 0].astype(int)]
        box = boxes[int(rng.choice(len(boxes), p=likely / likely.sum()))]
        tx = rng.uniform(0.15, 0.85) * wide - (box[1] + box[3]) / 2 * w * sx
        ty = rng.uniform(0.15, 0.85) * high - (box[2] + box[4]) / 2 * h * sy
        tx = min(max(tx, min(0, wide - w * sx)), max(0, wide - w * sx))
        ty = min(max(ty, min(0, high - h * sy)), max(0, high - h * sy))
    m = np.array([[sx, 0, tx], [0, sy, ty]], np.float32)
    if rng.random() < 0.5:
        m[0] = (-sx, 0, wide - tx)
    out = cv2.warpAffine(image, m, window, flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=(114, 114, 114))
    if not len(boxes):
        return out, boxes
    b = boxes.copy()
    xs = np.stack((b[:, 1], b[:, 3]), 1) * w * m[0, 0] + m[0, 2]
    ys = np.stack((b[:, 2], b[:, 4]), 1) * h * m[1, 1] + m[1, 2]
    full = np.ptp(xs, 1) * np.ptp(ys, 1)
    xs, ys = xs.clip(0, wide), ys.clip(0, high)
    b[:, 1], b[:, 3], b[:, 2], b[:, 4] = xs.min(1), xs.max(1), ys.min(1), ys.max(1)
    bw, bh = b[:, 3] - b[:, 1], b[:, 4] - b[:, 2]
    return out, b[(bw > 3.5) & (bh > 3.5) & (bw * bh > 0.3 * full)]


def mosaic(parts, rng):
    """Four placed pictures, cut at a random cross."""
    cx, cy = int(rng.uniform(0.3, 0.7) * W), int(rng.uniform(0.3, 0.7) * H)
    out, kept = np.empty((H, W, 3), np.uint8), []
    for (image, b), (x1, y1, x2, y2) in zip(parts, ((0, 0, cx, cy), (cx, 0, W, cy), (0, cy, cx, H), (cx, cy, W, H))):
        out[y1:y2, x1:x2] = image[y1:y2, x1:x2]
        if len(b):
            c = b.copy()
            c[:, (1, 3)], c[:, (2, 4)] = c[:, (1, 3)].clip(x1, x2), c[:, (2, 4)].clip(y1, y2)
            area = (c[:, 3] - c[:, 1]) * (c[:, 4] - c[:, 2])
            full = (b[:, 3] - b[:, 1]) * (b[:, 4] - b[:, 2])
            kept.append(c[(area > 0.35 * full) & (c[:, 3] - c[:, 1] > 3.5) & (c[:, 4] - c[:, 2] > 3.5)])
    return out, np.concatenate(kept) if kept else np.zeros((0, 5), np.float32)


def hazed(x, rng):
    """Fog, rain veil or a dirty lens: colours drawn towards one grey, far (upper) rows more."""
    most = rng.uniform(0.2, 0.7)
    share = np.linspace(most, most * rng.uniform(0.2, 0.9), x.shape[0], dtype=np.float32)[:, None, None]
    return x * (1 - share) + share * rng.uniform(110, 215)


def darkened(x, rng):
    """Night and dusk as a cheap camera shows them: deep shadows, a colour cast, coarse noise."""
    x = 255 * (x.clip(0, 255) / 255) ** rng.uniform(1.1, 2.2) * rng.uniform(0.35, 0.9)
    x = x * np.array([rng.uniform(0.9, 1.25), 1, rng.uniform(0.65, 1.2)], np.float32)
    return x + rng.standard_normal(x.shape[:2] + (1,)).astype(np.float32) * rng.uniform(2, 14)


def weathered(image, rng):
    """Colour, light, blur, noise and compression of cheap cameras."""
    x = image.astype(np.float32)
    if rng.random() < 0.8:
        x = x * rng.uniform(0.6, 1.45) + rng.uniform(-22, 22)
        x *= rng.uniform(0.88, 1.12, 3).astype(np.float32)
    if rng.random() < 0.5:
        grey = x.mean(2, keepdims=True)
        x = grey + (x - grey) * rng.uniform(0.1, 1.5)
    if rng.random() < 0.35:
        x += rng.standard_normal((x.shape[0] // 2, x.shape[1] // 2, 1)).astype(np.float32).repeat(2, 0).repeat(2, 1) * rng.uniform(2, 12)
    if rng.random() < 0.12:
        x = hazed(x, rng)
    if rng.random() < 0.15:
        x = darkened(x, rng)
    x = x.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        k = int(rng.choice((3, 3, 5)))
        x = cv2.GaussianBlur(x, (k, k), 0)
    if rng.random() < 0.4:
        x = cv2.imdecode(cv2.imencode(".jpg", x, (cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(30, 90))))[1], 1)
    return x

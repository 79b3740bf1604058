"""What lies between a rendered crop and a real one: surfaces, real surroundings, light of the night, camera. All draw from `rng` alone."""
import cv2
import numpy as np

from net import CLASSES, SIDE

# colours of what lies in a body and of what is drawn over it, RGB; dark ones are in both, so that colour alone decides little
LOADS = np.array([(107, 74, 46), (122, 90, 58), (89, 69, 51), (138, 115, 85), (116, 112, 106), (43, 41, 38), (30, 30, 31), (52, 50, 48), (156, 143, 122), (185, 168, 136), (74, 64, 56), (200, 195, 185)], np.float32)
CLOTHS = np.array([(47, 143, 74), (31, 122, 61), (38, 64, 47), (60, 75, 52), (28, 60, 102), (34, 36, 38), (48, 50, 48), (122, 122, 114), (162, 154, 134), (196, 189, 168), (107, 47, 42), (99, 196, 141), (58, 61, 64), (70, 80, 60)], np.float32)

# how rough black coal and black nets look: drawn from one range, or a flat dark surface would be a sign of the one or the other
FLAT_TO_ROUGH = (0.06, 0.8)


def patchy(cells, rng):
    """Smooth random field −1..1 of the input's size."""
    return cv2.resize(rng.uniform(-1, 1, (cells, cells)).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)


def laid(texture, larger, rng):
    """A piece of a drawn surface as a lens sees it from near its own height: flattened, turned a little, at a random size, all `larger` times as large."""
    size, flat = rng.uniform(0.25, 1.3) * larger, rng.uniform(1, 3.2)
    angle = rng.uniform(-0.5, 0.5) if rng.random() < 0.7 else rng.uniform(0, 6.3)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    m = np.zeros((2, 3))
    # from a pixel of the crop to one of the texture: rows lie `flat` times closer together
    m[:, :2] = turn @ np.diag([1 / size, flat / size])
    m[:, 2] = rng.uniform(0, 384, 2)
    return cv2.warpAffine(texture, m, (SIDE, SIDE), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REFLECT_101).astype(np.float32) / 64


def blackened(x, filled, tint, dull, rng):
    """The load nearly black, with the renderer's light on it and a surface of its own."""
    near = (x * filled[:, :, None]).mean(2, keepdims=True)
    relief = near / (float(near.sum()) / (float(filled.sum()) + 1) + 1)
    black = (rng.uniform(8, 48) + tint.astype(np.float32)) * (0.5 + 0.5 * relief) * dull[:, :, None]
    return x + filled[:, :, None] * (black - x)


def surfaced(x, filled, state, banks, larger, rng):
    """Creases on covers, grains on loads, in colours of their own."""
    name = CLASSES[state]
    kind = "cloth" if name == "covered" else "grains"
    # what is left in an empty body is little: it mostly stays as the renderer drew it
    if name == "hidden" or rng.random() > (0.4 if name == "empty" else 0.85):
        return x
    shade = laid(banks[kind][int(rng.integers(len(banks[kind])))], larger, rng)
    strength = rng.uniform(0.35, 1.3)
    if name == "open" and rng.random() < 0.5:  # coal: black, its grains a few grey levels at most and some that shine
        dull = np.maximum(0.05, 1 + rng.uniform(*FLAT_TO_ROUGH) * (shade - 1)) + np.clip(shade - rng.uniform(1.5, 2.2), 0, None) * rng.uniform(0, 2)
        if rng.random() < 0.7:  # faces of lumps that mirror the lamp
            dull += (rng.random((SIDE, SIDE), dtype=np.float32) < rng.uniform(0.0005, 0.015)) * rng.uniform(0.5, 5)
        return blackened(x, filled, rng.uniform(-3, 3, 3), dull, rng)
    if name == "covered" and rng.random() < 0.4:  # black and dark green nets are as many as coal: darkness alone says nothing
        dull = np.maximum(0.05, 1 + rng.uniform(*FLAT_TO_ROUGH) * (shade - 1))
        if rng.random() < 0.3:  # torn here and there
            dull += (rng.random((SIDE, SIDE), dtype=np.float32) < rng.uniform(0.0002, 0.003)) * rng.uniform(0.5, 4)
        return blackened(x, filled, rng.uniform((-3, -2, -3), (2, 7, 5)), dull, rng)
    if kind == "grains" and rng.random() < 0.25:  # fine or wet: hardly a grain to be seen
        shade = cv2.GaussianBlur(shade, (0, 0), rng.uniform(1, 4))
    new = x * np.maximum(0.05, 1 + strength * (shade - 1))[:, :, None]
    if rng.random() < 0.5:
        colours = CLOTHS if kind == "cloth" else LOADS
        grey = new.mean(2, keepdims=True)
        colour = colours[int(rng.integers(len(colours)))] * rng.uniform(0.7, 1.3)
        # as bright as the lamp makes it, not as bright as the colour it replaces
        light = (x * filled[:, :, None]).sum() / (3 * filled.sum() + 1) / max(10, float(colour.mean()))
        level = grey / (float((grey[:, :, 0] * filled).sum() / (filled.sum() + 1)) + 1)
        new = colour * level * max(light, 0.25) * rng.uniform(0.6, 1.4)
    return x + filled[:, :, None] * (new - x)


def shaded_inside(x, opening, rng):
    """The inside of an open body lies in the shade of its walls, all of it or up to a hard edge, and has streaks of what ran down."""
    shade = np.full((SIDE, SIDE), rng.uniform(0.12, 0.9), np.float32)
    if rng.random() < 0.6:
        angle, at = rng.uniform(0, 2 * np.pi), rng.uniform(-0.3, 0.3) * SIDE
        ys, xs = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32) - SIDE / 2
        shade = np.where(xs * np.cos(angle) + ys * np.sin(angle) * 3 > at, 1, shade).astype(np.float32)
    if rng.random() < 0.5:
        streaks = cv2.resize(rng.uniform(-1, 1, (3, int(rng.integers(12, 60)))).astype(np.float32), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        shade *= 1 + rng.uniform(0.05, 0.4) * streaks
    return x * (1 + opening * (shade - 1))[:, :, None]


def bundled(x, opening, banks, larger, rng):
    """A cloth drawn back into a heap at one end of an open body: a dark lump with creases over a small part of it."""
    ys, xs = np.where(opening > 0.7)
    if len(ys) < 60:
        return x
    high, wide = np.ptp(ys) + 1, np.ptp(xs) + 1
    end = ys.max() - rng.uniform(0, 0.25) * high if rng.random() < 0.7 else ys.min() + rng.uniform(0, 0.25) * high
    lump = np.zeros((SIDE, SIDE), np.float32)
    for _ in range(int(rng.integers(1, 5))):
        centre = (int(rng.uniform(xs.min(), xs.max())), int(end))
        cv2.ellipse(lump, centre, (int(max(2, wide * rng.uniform(0.1, 0.35))), int(max(2, high * rng.uniform(0.06, 0.2)))), 0, 0, 360, 1, -1)
    lump = cv2.GaussianBlur(lump, (0, 0), 0.7) * opening
    crease = laid(banks["cloth"][int(rng.integers(len(banks["cloth"])))], larger, rng)[:, :, None]
    cloth = CLOTHS[int(rng.integers(len(CLOTHS)))] * rng.uniform(0.2, 0.9) * crease
    return x + lump[:, :, None] * (cloth - x)


def patch(photographs, rng):
    """A random piece of a real picture, float32 [SIDE, SIDE, 3]."""
    image = photographs[int(rng.integers(len(photographs)))]
    h, w = image.shape[:2]
    side = int(min(h, w) * rng.uniform(0.25, 1))
    y, x = int(rng.integers(h - side + 1)), int(rng.integers(w - side + 1))
    return cv2.resize(image[y : y + side, x : x + side], (SIDE, SIDE), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def surrounded(x, opening, photographs, rng):
    """Real pictures shine through everything but the load, or stand in pieces before it: cab, glass and street mean nothing."""
    around = (1 - cv2.dilate(opening, np.ones((5, 5), np.uint8)))[:, :, None]
    if rng.random() < 0.4:
        x = x + around * rng.uniform(0.15, 0.75) * (patch(photographs, rng) - x)
    if rng.random() < 0.25:
        x = x * (1 + around * rng.uniform(0.3, 1) * (patch(photographs, rng) / 110 - 1))
    for _ in range(int(rng.integers(0, 5)) if rng.random() < 0.6 else 0):
        shape = np.zeros((SIDE, SIDE), np.float32)
        centre, axes = tuple(int(v) for v in rng.integers(0, SIDE, 2)), tuple(int(v) for v in rng.integers(6, 70, 2))
        if rng.random() < 0.5:
            cv2.ellipse(shape, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1, -1)
        else:
            cv2.rectangle(shape, (centre[0] - axes[0], centre[1] - axes[1] // 2), (centre[0] + axes[0], centre[1] + axes[1] // 2), 1, -1)
        x = x + around * shape[:, :, None] * (patch(photographs, rng) * rng.uniform(0.3, 1.3) - x)
    return x


def darkened(x, opening, rng):
    """Lamp and flash light the cab; behind it light falls off, and what lies in the body is a few grey levels."""
    rows = np.where(opening.max(1) > 0.5)[0]
    edge = rows[-1] if len(rows) else SIDE * rng.uniform(0.2, 0.5)
    ramp = 1 / (1 + np.exp(-(np.arange(SIDE, dtype=np.float32) - edge - rng.uniform(-10, 40)) / rng.uniform(6, 40)))
    top = rng.uniform(0.03, 0.7)
    return x * (top + (1 - top) * ramp)[:, None, None]


def lamps(x, rng):
    for _ in range(int(rng.integers(1, 4))):
        spot = np.zeros((SIDE, SIDE), np.float32)
        cv2.circle(spot, tuple(int(v) for v in rng.integers(0, SIDE, 2)), int(rng.integers(2, 40)), float(rng.uniform(40, 300)), -1)
        x = x + cv2.GaussianBlur(spot, (0, 0), rng.uniform(2, 18))[:, :, None] * rng.uniform(0.3, 1, 3).astype(np.float32)
    return x


def wired(x, rng):
    """Wires and rails before the lens."""
    for _ in range(int(rng.integers(0, 3))):
        line = np.zeros((SIDE, SIDE), np.float32)
        cv2.line(line, (0, int(rng.integers(SIDE))), (SIDE, int(rng.integers(SIDE))), 1, int(rng.integers(1, 6)))
        line = cv2.GaussianBlur(line, (0, 0), rng.uniform(0.5, 3))[:, :, None] * rng.uniform(0.2, 1)
        x = x + line * (rng.uniform(10, 220, 3).astype(np.float32) - x)
    return x


def stamped(x, larger, rng):
    """The camera's time stamp, in a black bar over its upper edge, as bright by night as by day."""
    high = int(rng.integers(8, 22) * rng.uniform(1, 1 + 1.5 * (larger - 1)))
    if rng.random() < 0.7:
        x[:high] = rng.uniform(0, 25)
    text = "".join(chr(int(c)) for c in rng.integers(33, 90, 30))
    ink = np.zeros((SIDE, SIDE), np.uint8)
    cv2.putText(ink, text, (int(rng.integers(-80, 20)), high - 2), cv2.FONT_HERSHEY_PLAIN, high / 14, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
    return x + ink[:, :, None] / np.float32(255) * (rng.uniform(180, 255) - x)


def noise(rng):
    """Of a sensor, with a spread of 1: fine, or in blotches as sharpening, scaling and compression leave it at night, which must not pass for grains."""
    drawn = rng.standard_normal((SIDE, SIDE, 1 if rng.random() < 0.5 else 3), dtype=np.float32)
    if rng.random() < 0.5:
        drawn = cv2.GaussianBlur(drawn, (0, 0), rng.uniform(0.5, 1.8)).reshape(drawn.shape)
        drawn /= drawn.std() + 1e-6
    return drawn


def faint(x, opening, rng):
    """
    A night at a gate: creases and grains are a few grey levels, over the haze of lamps, and the noise is not much louder than they are. Returns the
    picture and the spread of the noise that leaves them to be seen. Real pictures of nets at night have about as little (measured by hand).
    """
    inside = opening > 0.7
    if inside.sum() < 100:
        return x, 2.0
    y = x.mean(2)
    share = cv2.GaussianBlur(opening, (0, 0), 10) + 1e-3
    detail = cv2.GaussianBlur(y, (0, 0), 1.5) - cv2.GaussianBlur(y * opening, (0, 0), 10) / share
    wanted = float(np.exp(rng.uniform(np.log(1.2), np.log(5))))
    gain = min(1.0, wanted / (float(detail[inside].std()) + 1e-3))
    return x * gain + rng.uniform(0, 30) * (1 + rng.uniform(-0.15, 0.15, 3).astype(np.float32)), rng.uniform(0.2, 1) * wanted


def seen_by_camera(x, opening, larger, faints, rng):
    """Few pixels, colour, light, blur or sharpening, noise, its time stamp and compression; a share of `faints` at night."""
    if rng.random() < 0.35:  # a lorry far away, or a small picture
        side = int(SIDE * rng.uniform(0.22, 0.9))
        x = cv2.resize(cv2.resize(x, (side, int(side * rng.uniform(0.6, 1))), interpolation=cv2.INTER_AREA), (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
    grey = x.mean(2, keepdims=True)
    x = grey + (x - grey) * (rng.uniform(0.1, 0.8) if rng.random() < 0.35 else rng.uniform(0.7, 1.4))
    x = 255 * (x.clip(0, 255) / 255) ** rng.uniform(0.55, 1.5) * rng.uniform(0.6, 1.7)
    x *= (1 + rng.normal(0, 0.08, 3)).astype(np.float32)
    if rng.random() < 0.25:
        x = x * (1 - rng.uniform(0, 0.4)) + rng.uniform(5, 90)
    loud = rng.uniform(0.5, 7)
    if rng.random() < faints:
        x, loud = faint(x, opening, rng)
    if rng.random() < 0.4:
        x = cv2.GaussianBlur(x, (0, 0), rng.uniform(0.4, 1.8))
    elif rng.random() < 0.6:  # cameras at gates sharpen what they see, until edges have rims
        x += (x - cv2.GaussianBlur(x, (0, 0), rng.uniform(0.6, 1.8))) * rng.uniform(0.3, 1.6)
    if rng.random() < 0.6:
        x += noise(rng) * loud
    if rng.random() < 0.2:
        x = stamped(x, larger, rng)
    x = x.clip(0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        x = cv2.imdecode(cv2.imencode(".jpg", x, (cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))))[1], 1)
    return x


def weathered(image, seen, state, banks, photographs, larger, faints, rng):
    """
    uint8 [SIDE, SIDE, 3] as a gate camera might see it; `seen` are the masks of `data.placed`, `banks` those of `textures`, the load is about
    `larger` times as large as in the crop of a whole lorry, and a share of `faints` of all is as faint as at night.
    """
    if rng.random() < 0.08:
        return image
    filled, opening = seen[:, :, 0], np.maximum(seen[:, :, 0], seen[:, :, 1])
    x = surfaced(image.astype(np.float32), filled, state, banks, larger, rng)
    if CLASSES[state] in ("open", "empty"):
        if rng.random() < 0.5:
            # in the shade lies what is not heaped up to the light
            x = shaded_inside(x, opening if CLASSES[state] == "empty" else np.clip(opening - filled, 0, 1), rng)
        if rng.random() < (0.4 if CLASSES[state] == "empty" else 0.1):
            x = bundled(x, opening, banks, larger, rng)
    if photographs:
        x = surrounded(x, opening, photographs, rng)
    x *= 1 + patchy(int(rng.integers(4, 14)), rng)[:, :, None] * rng.uniform(0, 0.3)
    if rng.random() < 0.45:
        x = darkened(x, opening, rng)
        if rng.random() < 0.6:
            x = lamps(x, rng)
    if rng.random() < 0.4:
        x = wired(x, rng)
    return seen_by_camera(x, opening, larger, faints, rng)

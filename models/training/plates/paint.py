"""Paints one plate, flat and clean: text, layout and plan in, picture out."""
import cv2
import numpy as np

from glyphs import GLYPHS, stroke
from plans import ENERGY

PX_PER_MM = 0.55
# RGB of face and ink as photographed in daylight; each varies by ±`spread`
COLOURS = {
    "blue": ((15, 70, 190), (245, 245, 250)), "yellow": ((240, 180, 15), (15, 12, 10)), "green": ((95, 200, 140), (10, 15, 12)), "yellow_green": ((95, 200, 140), (10, 15, 12)),
    "white": ((240, 240, 240), (15, 15, 15)), "black": ((18, 18, 20), (240, 240, 240)),
}
BODY = ((20, 90, 50), (200, 30, 20), (230, 170, 20), (30, 70, 160), (235, 235, 230), (90, 95, 100), (25, 25, 30))
RED = (190, 25, 25)


def spread(colour, rng, by=22):
    return np.clip(np.array(colour, np.float32) + rng.normal(0, by, 3), 0, 255)


def fitted(mask, w, h, rng):
    """A face's glyph in a box of w×h: stretched to fill it, but a thin one (1, J) stays thin."""
    natural = mask.shape[1] * h / mask.shape[0]
    wide = int(round(min(w, natural * 1.35) if natural < 0.6 * w else w * rng.uniform(0.9, 1.0)))
    out = np.zeros((h, w), np.uint8)
    left = (w - wide) // 2
    out[:, left : left + wide] = cv2.resize(mask, (wide, h), interpolation=cv2.INTER_AREA)
    return out


def reproportioned(mask, rng):
    """
    A Chinese character with other proportions: its left, middle and right part, and its upper, middle and lower part, each shrunk or shifted a
    little, smoothly. On plates a radical is often shorter or narrower than in any free face.
    """
    mask = cv2.resize(mask, (60, 64), interpolation=cv2.INTER_AREA)
    h, w = mask.shape
    y, x = np.mgrid[:h, :w].astype(np.float32)

    def across(low, high, share, size):
        """A smooth curve over `size` pixels through three random values, each 1 with the given chance."""
        knots = np.where(rng.random(3) < share, 1.0, rng.uniform(low, high, 3)).astype(np.float32)
        return cv2.resize(knots[None], (size, 1), interpolation=cv2.INTER_LINEAR)[0]

    # and the whole of it is often smaller than the letters beside it
    tall, wide = across(0.62, 1.06, 0.5, w) * rng.uniform(0.76, 1.02), across(0.82, 1.06, 0.5, h) * rng.uniform(0.76, 1.02)
    lift = (1 - tall) * h * rng.uniform(-0.5, 0.3)
    bend = cv2.resize(rng.normal(0, 1.0, (3, 3, 2)).astype(np.float32), (w, h), interpolation=cv2.INTER_CUBIC)
    to_y = h / 2 + (y - h / 2 - lift) / tall + bend[:, :, 0]
    to_x = w / 2 + (x - w / 2) / wide[:, None] + bend[:, :, 1]
    return cv2.remap(mask, to_x, to_y, cv2.INTER_LINEAR)


def letters(text, layout, plan, faces, rng):
    """Ink mask uint8 of the whole face, one of the red characters, and where each stands: [n, 2, 2] left and right middle of its box, pixels."""
    scale = PX_PER_MM
    ink = np.zeros((round(plan.height * scale), round(plan.width * scale)), np.uint8)
    red = np.zeros_like(ink)
    own = layout != "painted" and rng.random() < 0.86
    broad = rng.uniform(7.5, 12.5)
    latin, han = faces.latin[int(rng.integers(len(faces.latin)))], faces.han[int(rng.integers(len(faces.han)))]
    thicken = int(rng.integers(-1, 2))
    boxes, spans = plan.boxes, []
    if layout == "painted":
        # lettered by hand or stencil: even spacing, any size that fits
        w = rng.uniform(40, 56)
        pitch = (plan.width - 20 - w) / max(1, len(text) - 1)
        boxes = [(10 + i * pitch, 25, min(w, pitch * 0.92), 90) for i in range(len(text))]
    for char, (x, y, w, h) in zip(text, boxes):
        dx, dy = rng.normal(0, 0.9, 2)
        wp, hp = max(6, round(w * scale * rng.uniform(0.95, 1.03))), max(8, round(h * scale * rng.uniform(0.96, 1.04)))
        x1, y1 = max(0, round((x + dx) * scale)), max(0, round((y + dy) * scale))
        if char in GLYPHS and own:
            glyph = stroke(char, rng, wp, hp, broad)
        else:
            mask = faces.mask(char, latin if char in GLYPHS else han)
            if char not in GLYPHS:
                # a square character squeezed into a tall box has thin uprights; on plates all strokes are alike
                mask = reproportioned(cv2.dilate(mask, np.ones((1, int(rng.integers(1, 9))), np.uint8)), rng)
            glyph = fitted(mask, wp, hp, rng)
            if thicken:
                glyph = (cv2.dilate if thicken > 0 else cv2.erode)(glyph, np.ones((2, 2), np.uint8))
        spans.append(((x1, y1 + hp / 2), (x1 + wp, y1 + hp / 2)))
        part = ink[y1 : y1 + hp, x1 : x1 + wp]
        np.maximum(part, glyph[: part.shape[0], : part.shape[1]], out=part)
        if char in "警使领":
            red[y1 : y1 + hp, x1 : x1 + wp] = 255
    if plan.dot and layout != "painted" and rng.random() < 0.93:
        centre = (round(plan.dot[0] * scale), round((plan.dot[1] + rng.normal(0, 2)) * scale))
        cv2.circle(ink, centre, max(2, round(rng.uniform(4, 6) * scale)), 255, -1, cv2.LINE_AA)
    return ink, red, np.array(spans, np.float32)


def plate(text, layout, plan, faces, rng):
    """→ uint8 RGB of the flat plate at PX_PER_MM, and where its characters stand (see `letters`)."""
    ink, red, spans = letters(text, layout, plan, faces, rng)
    h, w = ink.shape
    if layout == "painted":
        face = spread(BODY[int(rng.integers(len(BODY)))], rng)
        colour = spread((240, 240, 235) if face.mean() < 130 else (20, 20, 25), rng, 12)
        if face.mean() < 130 and rng.random() < 0.25:
            colour = spread((235, 200, 30), rng)
    else:
        face, colour = (spread(c, rng) for c in COLOURS[layout])
    picture = np.empty((h, w, 3), np.float32)
    picture[:] = face
    if layout == "green":
        # white at the top, green below
        picture += (np.linspace(rng.uniform(0.7, 1), rng.uniform(0, 0.2), h, dtype=np.float32)[:, None, None]) * (np.array([235, 240, 235], np.float32) - picture)
    if layout == "yellow_green":
        picture[:, : int(w * 0.24)] = spread((235, 190, 30), rng)
    share = ink[:, :, None].astype(np.float32) / 255
    if rng.random() < 0.12:
        share *= rng.uniform(0.5, 0.9)  # worn paint
    ink_colour = np.where(red[:, :, None] > 0, np.array(RED, np.float32), colour) if red.any() else colour
    picture += share * (ink_colour - picture)
    picture = picture.clip(0, 255).astype(np.uint8)
    if layout != "painted":
        edge = tuple(int(c) for c in (colour if rng.random() < 0.85 else face))
        inset = int(rng.integers(1, 5))
        cv2.rectangle(picture, (inset, inset), (w - 1 - inset, h - 1 - inset), edge, int(rng.integers(1, 3)), cv2.LINE_AA)
        bolts(picture, rng)
        if plan is ENERGY:
            cv2.circle(picture, (round(151 * PX_PER_MM), h // 2), int(rng.integers(7, 12)), tuple(int(c) for c in colour * 0.5 + 60), int(rng.integers(1, 4)), cv2.LINE_AA)
    return picture, spans


def bolts(picture, rng):
    h, w = picture.shape[:2]
    shade = int(rng.integers(40, 230))
    for fx in (0.27, 0.73):
        for y in (0.08, 0.92):
            if rng.random() < 0.6:
                at = (int(w * (fx + rng.normal(0, 0.02))), int(h * (y + rng.normal(0, 0.015))))
                cv2.circle(picture, at, int(rng.integers(3, 6)), (shade, shade, int(shade * rng.uniform(0.8, 1))), -1, cv2.LINE_AA)

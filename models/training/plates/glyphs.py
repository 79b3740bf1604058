"""
A plate face of our own: letters and digits as centre lines in a box of 45×90, drawn with one broad stroke. The official face (GA 36)
is not free; ours has the same construction (tall, narrow, even stroke, stadium-shaped 0, flag on the 1, open 4), and training shakes it.
"""
import cv2
import numpy as np

from plans import DIGITS, LETTERS


def arc(cx, cy, rx, ry, start, end):
    """Points of an elliptic arc, degrees clockwise from the right (y grows downwards)."""
    a = np.radians(np.linspace(start, end, max(4, int(abs(end - start) / 12))))
    return [(cx + rx * c, cy + ry * s) for c, s in zip(np.cos(a), np.sin(a))]


L, R, T, B, C, M = 6, 39, 6, 84, 22.5, 45
STADIUM = arc(C, 23, 16.5, 17, 180, 360) + arc(C, 67, 16.5, 17, 0, 180) + [(L, 23)]
BOWL = [(L, T), (23, T)] + arc(22, 25, 16.5, 19, 270, 450)
GLYPHS = {
    "0": [STADIUM],
    "1": [[(26, 0), (26, 90)], [(26, 5), (15, 17)]],
    "2": [arc(C, 23, 16.5, 17, 175, 375) + [(34, 42), (L, B), (40, B)]],
    "3": [arc(21.5, 25, 16, 19, 190, 450), arc(21.5, 64, 17.5, 20, 270, 525)],
    "4": [[(26, 0), (5, 62), (44, 62)], [(32, 38), (32, 90)]],
    "5": [[(38, T), (10, T), (8, 43)] + arc(22, 61, 17, 23, 222, 510)],
    "6": [arc(C, 62, 16.5, 22, 0, 360), [(32, 0), (20, 20), (10, 42), (6.5, 60)]],
    "7": [[(4, T), (39, T), (30, 28), (21, 58), (18, 90)]],
    "8": [arc(C, 25, 14.5, 19, 0, 360), arc(C, 64, 16.5, 20, 0, 360)],
    "9": [arc(C, 28, 16.5, 22, 0, 360), [(13, 90), (25, 70), (35, 48), (38.5, 30)]],
    "A": [[(5, 90), (20, 3), (25, 3), (40, 90)], [(11, 63), (34, 63)]],
    "B": [[(7, B), (7, T), (22, T)] + arc(22, 25, 15, 19, 270, 450) + [(7, 44)], [(22, 44)] + arc(22, 64, 17, 20, 270, 450) + [(7, B)]],
    "C": [arc(C, 23, 16.5, 17, 375, 180) + arc(C, 67, 16.5, 17, 180, -15)],
    "D": [[(7, T), (22, T)] + arc(22, 25, 16.5, 19, 270, 360) + arc(22, 65, 16.5, 19, 0, 90) + [(7, B), (7, T)]],
    "E": [[(39, T), (7, T), (7, B), (40, B)], [(7, M), (35, M)]],
    "F": [[(39, T), (7, T), (7, 90)], [(7, 46), (35, 46)]],
    "G": [arc(C, 23, 16.5, 17, 375, 180) + arc(C, 67, 16.5, 17, 180, 0) + [(R, 51), (24, 51)]],
    "H": [[(7, 0), (7, 90)], [(38, 0), (38, 90)], [(7, M), (38, M)]],
    "J": [[(34, 0), (34, 67)] + arc(20, 67, 14, 17, 0, 165)],
    "K": [[(7, 0), (7, 90)], [(38, 0), (9, 52)], [(18, 39), (40, 90)]],
    "L": [[(8, 0), (8, B), (40, B)]],
    "M": [[(6, 90), (6, 3), (C, 58), (39, 3), (39, 90)]],
    "N": [[(7, 90), (7, 3), (38, 87), (38, 0)]],
    "P": [[(7, 90), (7, T), (22, T)] + arc(22, 28, 16.5, 22, 270, 450) + [(7, 50)]],
    "Q": [STADIUM, [(24, 62), (42, 88)]],
    "R": [[(7, 90), (7, T), (22, T)] + arc(22, 27, 16.5, 21, 270, 450) + [(7, 48)], [(21, 48), (40, 90)]],
    "S": [arc(C, 25, 15.5, 19, 350, 90) + arc(C, 64, 16.5, 20, 270, 540)],
    "T": [[(3, T), (42, T)], [(C, T), (C, 90)]],
    "U": [[(L, 0), (L, 67)] + arc(C, 67, 16.5, 17, 180, 0) + [(R, 0)]],
    "V": [[(4, 0), (C, 86), (41, 0)]],
    "W": [[(3, 0), (12, 86), (C, 22), (33, 86), (42, 0)]],
    "X": [[(5, 0), (40, 90)], [(40, 0), (5, 90)]],
    "Y": [[(4, 0), (C, 46), (41, 0)], [(C, 46), (C, 90)]],
    "Z": [[(L, T), (38, T), (L, B), (40, B)]],
}
# makers differ: how deep the M is cut, how high the W rises, a bar on the J, no flag on the 1, how long the G's bar is
VARIANTS = {
    "1": [[[(24, 0), (24, 90)], [(24, 3), (17, 10)]], [[(23, 0), (23, 90)]]],
    "J": [[[(18, T), (34, T), (34, 67)] + arc(20, 67, 14, 17, 0, 165)]],
    "M": [[[(6, 90), (6, 3), (C, 48), (39, 3), (39, 90)]], [[(6, 90), (6, 3), (C, 66), (39, 3), (39, 90)]]],
    "W": [[[(3, 0), (12, 86), (C, 8), (33, 86), (42, 0)]], [[(4, 0), (10, 86), (C, 32), (35, 86), (41, 0)]]],
    "G": [[arc(C, 25, 16.5, 19, 355, 180) + arc(C, 65, 16.5, 19, 180, 0) + [(R, 49), (19, 49)]]],
    "4": [[[(28, 0), (5, 66), (44, 66)], [(33, 50), (33, 90)]]],
    "3": [[[(7, T), (37, T), (20, 38)] + arc(21.5, 62, 17.5, 22, 280, 525)]],
}
# where four strokes share the width they are thinner
THINNER = {"M": 0.8, "W": 0.78, "N": 0.92}
assert set(GLYPHS) == set(LETTERS + DIGITS)


def stroke(char, rng, width_px, height_px, broad):
    """Mask uint8 [height, width] of one glyph; `broad` is the stroke width in units of the 45×90 box. Corners shake by about a unit."""
    mask = np.zeros((height_px, width_px), np.uint8)
    scale = np.array([width_px / 45, height_px / 90])
    broad *= THINNER.get(char, 1)
    wobble = rng.normal(0, 0.7, 2)
    ways = [GLYPHS[char], *VARIANTS.get(char, [])]
    for line in ways[int(rng.integers(len(ways)))]:
        points = np.array(line) + wobble + rng.normal(0, 0.35, (len(line), 2))
        cv2.polylines(mask, [np.round(points * scale * 16).astype(np.int32)], False, 255, max(1, int(round(broad * scale.mean()))), cv2.LINE_AA, 4)
    return mask

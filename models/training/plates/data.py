"""One rendered crop after another, from nothing but seeds."""
import numpy as np

from camera import photographed
from faces import Faces
from net import COLUMNS
from paint import plate
from plans import CHARSET, LAYOUTS, draw

LONGEST = 8


def samples(faces, rng, photos=1):
    """→ `photos` rows (uint8 RGB [32,128,3], text, layout, edges) of one plate; painting costs more than photographing."""
    text, layout, plan = draw(rng)
    flat, spans = plate(text, layout, plan, faces, rng)
    rows = []
    for _ in range(photos):
        image, edges = photographed(flat, spans, plan, rng)
        rows.append((image, text, layout, edges))
    return rows


def target(text):
    """Classes 1.. of the characters, padded with 0 to eight."""
    row = np.zeros(LONGEST, np.int64)
    row[: len(text)] = [CHARSET.index(c) + 1 for c in text]
    return row


def column_target(text, edges, core=0.3):
    """
    What each column of the network should say: the character in the middle of whose box it lies (at least one column each), blank between
    two characters, −1 (no opinion) at a character's rim. The renderer knows where every character stands, so the network need not find out.
    """
    middles = (np.arange(COLUMNS) + 0.5) / COLUMNS
    row = np.zeros(COLUMNS, np.int64)
    for left, right in edges:
        row[(middles > left + 0.1 * (right - left)) & (middles < right - 0.1 * (right - left))] = -1
    for char, (left, right) in zip(text, edges):
        mid, half = (left + right) / 2, (right - left) * core
        inside = np.abs(middles - mid) <= half
        inside[int(np.abs(middles - mid).argmin())] = True
        row[inside] = CHARSET.index(char) + 1
    # always a blank between two characters: the reader takes columns that touch for one character
    for (_, right), (left, _) in zip(edges, edges[1:]):
        between = int(np.abs(middles - (right + left) / 2).argmin())
        if row[between] <= 0:
            row[between] = 0
    return row


def held_out(folders, count, seed=900001):
    """The fixed set that never trains: seeds of training are below 900000."""
    faces, rng = Faces(folders), np.random.default_rng(seed)
    rows = [samples(faces, rng)[0] for _ in range(count)]
    return np.stack([r[0] for r in rows]), [r[1] for r in rows], [LAYOUTS.index(r[2]) for r in rows]

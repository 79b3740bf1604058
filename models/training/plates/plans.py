"""
Which characters a Chinese number plate carries and where they stand, after GA 36-2018 (sizes in millimetres, as remembered from the
standard's figures; the training varies every one of them).
"""
from dataclasses import dataclass

PROVINCES = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新"
SUFFIXES = "学警港澳挂使领应急民航"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # I and O are not used: they read as 1 and 0
DIGITS = "0123456789"
CHARSET = PROVINCES + SUFFIXES + LETTERS + DIGITS  # class 0 of the network is the CTC blank, class 1 the first of these
LAYOUTS = ("blue", "yellow", "green", "yellow_green", "white", "black", "painted")


@dataclass(frozen=True)
class Plan:
    """One arrangement: face size, character boxes (x, y, w, h) in order, dot between second and third (x, y) or None."""
    width: int
    height: int
    boxes: tuple
    dot: tuple | None


def row(start, top, widths, height, gap, wide_after, wide_gap):
    boxes, x = [], start
    for i, w in enumerate(widths):
        boxes.append((x, top, w, height))
        x += w + (wide_gap if i == wide_after else gap)
    return tuple(boxes)


# 440×140: seven characters of 45×90, 12 apart, 34 around the dot
SINGLE = Plan(440, 140, row(15.5, 25, (45,) * 7, 90, 12, 1, 34), (134.5, 70))
# 480×140 (new energy): province 45, the rest 43 wide, 9 apart, 49 around the sign
ENERGY = Plan(480, 140, row(15.5, 25, (45,) + (43,) * 7, 90, 9, 1, 49), None)
# 440×220 (rear of lorries and trailers): 80×60 above, 65×110 below
DOUBLE = Plan(440, 220, ((110, 15, 80, 60), (250, 15, 80, 60)) + row(27.5, 90, (65,) * 5, 110, 15, -1, 0), (220, 45))


def tail(rng, count, letters):
    """`count` characters of the running number, at most `letters` of them letters, as the rule of 2007 has it."""
    chars = [DIGITS[i] for i in rng.integers(0, 10, count)]
    for i in rng.permutation(count)[: int(rng.integers(0, letters + 1))]:
        chars[i] = LETTERS[int(rng.integers(24))]
    return "".join(chars)


def head(rng):
    """Province and city letter; A, the seat of the province, is the commonest letter everywhere."""
    return PROVINCES[int(rng.integers(31))] + ("A" if rng.random() < 0.25 else LETTERS[int(rng.integers(24))])


def draw(rng):
    """→ (text, layout, plan) of a random plate; shares follow what stands in streets, the rare ones raised so that they are learnt."""
    u = rng.random()
    if u < 0.52:
        return head(rng) + tail(rng, 5, 2), "blue", SINGLE
    if u < 0.64:
        text = head(rng)
        return text + LETTERS[int(rng.integers(10))] + tail(rng, 1, 1) + tail(rng, 4, 0), "green", ENERGY
    if u < 0.69:
        return head(rng) + tail(rng, 5, 0) + "DF"[int(rng.integers(2))], "yellow_green", ENERGY
    if u < 0.76:
        return head(rng) + (tail(rng, 4, 1) + "学" if rng.random() < 0.3 else tail(rng, 5, 2)), "yellow", SINGLE
    if u < 0.83:
        return head(rng) + (tail(rng, 4, 1) + "挂" if rng.random() < 0.4 else tail(rng, 5, 2)), "yellow", DOUBLE
    if u < 0.865:
        return (head(rng) + tail(rng, 4, 1) + "警", head(rng) + tail(rng, 3, 0) + "应急", "民航" + tail(rng, 5, 0))[int(rng.integers(3))], "white", SINGLE
    if u < 0.90:
        return ("粤Z" + tail(rng, 4, 2) + "港澳"[int(rng.integers(2))], head(rng) + tail(rng, 4, 0) + "领", "使" + tail(rng, 6, 0), head(rng) + tail(rng, 5, 2))[int(rng.integers(4))], "black", SINGLE
    text = head(rng) + tail(rng, 5, 2)
    return (text if rng.random() < 0.6 else text[int(rng.integers(1, 3)) :]), "painted", SINGLE


def plausible(text):
    """Whether a text is one that a registration office gives out (the grammar above; lone running numbers only on painted ones)."""
    body = text[2:]
    if len(text) in (7, 8) and text[0] in PROVINCES and text[1] in LETTERS:
        return all(c in LETTERS + DIGITS for c in body[:-1]) and sum(c in LETTERS for c in body) <= (2 if len(text) == 8 else 5)
    return len(text) == 7 and (text[0] == "使" or text[:2] == "民航") and all(c in DIGITS for c in text[2:])

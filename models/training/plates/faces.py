"""Free faces that resemble plates or lorry lettering, as glyph masks. Debian packages are named in README.md; a face that is absent is left out."""
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

LATIN = (
    "BebasNeue-Bold.otf", "BebasNeue-Book.otf", "OSP-DIN.ttf", "RobotoCondensed-Bold.ttf", "LiberationSansNarrow-Bold.ttf", "PTN77F.ttf", "RG2014B.ttf", "RG2014C.ttf",
    "osifont.ttf", "routed-gothic-narrow.ttf", "DejaVuSansCondensed-Bold.ttf", "NotoSansCJK-Bold.ttc",
)
HAN = (
    "NotoSansCJK-Bold.ttc", "NotoSansCJK-Medium.ttc", "NotoSansCJK-Regular.ttc", "NotoSansCJK-DemiLight.ttc", "wqy-microhei.ttc", "wqy-zenhei.ttc", "DroidSansFallbackFull.ttf",
    "SmileySans-Oblique.ttf", "LXGWWenKai-Bold.ttf", "LXGWWenKai-Regular.ttf",
)
SC = 2  # index of the simplified Chinese face in Noto's collections
TALL = 120


def found(folders, names):
    by_name = {f: os.path.join(root, f) for folder in folders for root, _, files in os.walk(folder) for f in files}
    return [by_name[n] for n in names if n in by_name]


class Faces:
    """Glyph masks, drawn once each and kept; `mask(char, rng)` picks a face at random."""

    def __init__(self, folders):
        self.latin, self.han = found(folders, LATIN), found(folders, HAN)
        if len(self.latin) < 4 or len(self.han) < 2:
            raise SystemExit(f"too few faces under {folders}: install the packages of README.md")
        self.fonts, self.masks = {}, {}

    def font(self, path):
        if path not in self.fonts:
            self.fonts[path] = ImageFont.truetype(path, TALL, index=SC if "NotoSansCJK" in path else 0)
        return self.fonts[path]

    def mask(self, char, path):
        """uint8 mask cut to the ink, [TALL, w]; w keeps the face's own proportions."""
        if (char, path) not in self.masks:
            image = Image.new("L", (3 * TALL, 3 * TALL))
            ImageDraw.Draw(image).text((TALL, TALL // 2), char, font=self.font(path), fill=255)
            left, top, right, bottom = image.getbbox()
            ink = np.asarray(image)[top:bottom, left:right]
            self.masks[(char, path)] = cv2.resize(ink, (max(8, round(ink.shape[1] * TALL / ink.shape[0])), TALL), interpolation=cv2.INTER_AREA)
        return self.masks[(char, path)]

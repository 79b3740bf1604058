import { randomUUID } from "node:crypto";
import sharp from "sharp";

/** A photo as a phone takes it: noise, so that no two are alike, with its EXIF. `at` is local time with `+08:00`. */
export function takePhoto(at = "2026:11:28 10:00:00", offset = "+08:00"): Promise<Buffer> {
  return sharp({
    create: {
      width: 320,
      height: 240,
      channels: 3,
      background: "#888",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  })
    .composite([{ input: Buffer.from(stampSvg()) }])
    .withExif({
      IFD0: { Make: "Maker", Model: "Phone 1" },
      IFD2: { DateTimeOriginal: at, OffsetTimeOriginal: offset },
      IFD3: {
        GPSLatitudeRef: "N",
        GPSLatitude: "31/1 12/1 0/1",
        GPSLongitudeRef: "E",
        GPSLongitude: "121/1 30/1 0/1",
      },
    })
    .jpeg()
    .toBuffer();
}

const stampSvg = () =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="40"><text y="20" font-size="10">${randomUUID()}</text></svg>`;

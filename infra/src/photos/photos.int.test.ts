import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, describe, expect, test } from "vitest";
import { describePhoto } from "./describe-photo.ts";
import { captureInstant, noExif, readExif } from "./read-exif.ts";

const folder = mkdtempSync(join(tmpdir(), "mingcha-photos-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const write = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
  });
const phoneExif = {
  IFD0: { Make: "Maker", Model: "Phone 1" },
  IFD2: { DateTimeOriginal: "2026:11:28 10:00:00", SubSecTimeOriginal: "12", OffsetTimeOriginal: "+08:00" },
  IFD3: {
    GPSLatitudeRef: "N",
    GPSLatitude: "31/1 12/1 0/1",
    GPSLongitudeRef: "E",
    GPSLongitude: "121/1 30/1 3600/100",
    GPSImgDirection: "9050/100",
    GPSDateStamp: "2026:11:28",
    GPSTimeStamp: "2/1 0/1 1/1",
  },
};
const jpeg = (exif: object = phoneExif) => noise(800, 600).withExif(exif).jpeg().toBuffer();

describe("EXIF", () => {
  test("time with its offset, position, direction and satellite time are read as the phone wrote them", async () => {
    const facts = readExif((await sharp(await jpeg()).metadata()).exif);
    expect(facts).toMatchObject({
      make: "Maker",
      model: "Phone 1",
      localTime: "2026-11-28T10:00:00.120",
      utcOffset: "+08:00",
      gpsAt: "2026-11-28T02:00:01.000Z",
      bearingDeg: 90.5,
    });
    expect(facts.position).toMatchObject({ latitude: 31.2, longitude: 121.51 });
    expect(captureInstant(facts, "+00:00")).toEqual({ at: new Date("2026-11-28T02:00:00.120Z"), by: "exif_offset" });
  });
  test("without an offset the bureau's zone is assumed, and said to be", () => {
    const written = { localTime: "2026-11-28T10:00:00.000", utcOffset: null };
    expect(captureInstant(written, "+08:00")).toEqual({
      at: new Date("2026-11-28T02:00:00Z"),
      by: "exif_zone_assumed",
    });
    expect(captureInstant(noExif, "+08:00")).toEqual({ at: null, by: "none" });
  });
  test("zeros for a position mean no fix, blanks for a time no clock", async () => {
    const exif = {
      IFD2: { DateTimeOriginal: "    :  :     :  :  " },
      IFD3: { GPSLatitudeRef: "N", GPSLatitude: "0/1 0/1 0/1", GPSLongitudeRef: "E", GPSLongitude: "0/1 0/1 0/1" },
    };
    const facts = readExif((await sharp(await jpeg(exif)).metadata()).exif);
    expect(facts).toMatchObject({ position: null, localTime: null });
  });
  test("a block cut anywhere, or with any byte changed, never throws", async () => {
    const block = (await sharp(await jpeg()).metadata()).exif ?? Buffer.alloc(0);
    expect(block.length).toBeGreaterThan(100);
    for (let end = 0; end < block.length; end++) readExif(block.subarray(0, end));
    fc.assert(
      fc.property(fc.nat(block.length - 1), fc.nat(255), (at, value) => {
        const changed = Buffer.from(block);
        changed[at] = value;
        readExif(changed);
      }),
      { numRuns: 2_000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void readExif(bytes)));
  });
});

describe("a photo", () => {
  test("is described with an upright picture to look at that carries no metadata", async () => {
    const turned = await noise(800, 600).withExif(phoneExif).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const photo = await describePhoto(write("turned.jpg", turned));
    if (photo.kind !== "photo") throw new Error(photo.en);
    expect(photo).toMatchObject({ mediaType: "image/jpeg", widthPx: 800, heightPx: 600 });
    expect(photo.view).toMatchObject({ widthPx: 600, heightPx: 800 });
    expect((await sharp(photo.view.bytes).metadata()).exif).toBeUndefined();
  });
  test("is known by its bytes: a PNG called .jpg is a PNG, a text called .jpg is none", async () => {
    const png = await noise(100, 100).png().toBuffer();
    expect(await describePhoto(write("a.jpg", png))).toMatchObject({ kind: "photo", mediaType: "image/png" });
    expect(await describePhoto(write("b.jpg", Buffer.from("#!/bin/sh\necho")))).toMatchObject({ kind: "refused" });
    expect(await describePhoto(write("empty.jpg", Buffer.alloc(0)))).toMatchObject({ kind: "refused" });
  });
  test("cut short is refused wherever it was cut", async () => {
    const whole = await jpeg();
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      const cut = write(`cut-${share}.jpg`, whole.subarray(0, Math.floor(whole.length * share)));
      expect(await describePhoto(cut), String(share)).toMatchObject({ kind: "refused" });
    }
  });
  test("that would unfold to more pixels than any phone has is refused before it is decoded", async () => {
    const bomb = await sharp({
      create: { width: 16_000, height: 15_000, channels: 3, background: "#000" },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await describePhoto(write("bomb.png", bomb))).toMatchObject({ kind: "refused", zh: "照片像素过大" });
  });
  test("of a kind that cannot be opened here is refused with a way out", async () => {
    const head = Buffer.from("0000001866747970686569630000000068656963", "hex");
    const refusal = await describePhoto(write("a.heic", Buffer.concat([head, Buffer.alloc(500)])));
    expect(refusal).toMatchObject({ kind: "refused" });
    expect(JSON.stringify(refusal)).toContain("JPEG");
  });
});

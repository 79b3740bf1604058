import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { AttributeReading } from "@mingcha/models/attributes";
import type { BoxNorm } from "@mingcha/models/scene";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { judgeAttributes } from "./judge-attributes.ts";
import { openStages, type Stages } from "./open-stages.ts";
import { pictureOfStill } from "./picture-of-still.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const data = resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data");
const pictures = join(data, "trucks/classes");
const weights = join(repoRoot, "models/weights");
const isHere = existsSync(pictures) && existsSync(join(data, "models/plate"));
if (!isHere) console.log(`gate pictures are not judged: there is no ${pictures} (MINGCHA_TEST_DATA)`);

/** Plates as the gate's own machine printed them into the pictures' upper edge, checked by eye. */
const plates: Record<string, string> = {
  "0/img_02346.jpg": "晋H71821",
  "1/img_00001.jpg": "晋HA6021",
  "1/img_00008.jpg": "晋HY8527",
  "2/img_00003.jpg": "晋KC1861",
  "3/img_02342.jpg": "晋H93513",
  "3/img_02353.jpg": "晋H71372",
};

describe.skipIf(!isHere)("real lorries at a gate", () => {
  let stages: Stages;
  const read: Record<
    string,
    { byEye: string; cover: AttributeReading; plate: AttributeReading; colour: AttributeReading }
  > = {};

  beforeAll(async () => {
    stages = await openStages([weights, join(data, "models/plate")]);
    const boxes = JSON.parse(await readFile(join(repoRoot, "models/training/cover/gate-boxes.json"), "utf8")) as Record<
      string,
      { byEye: string; boxNorm: BoxNorm }
    >;
    for (const [name, { byEye, boxNorm }] of Object.entries(boxes)) {
      const picture = await pictureOfStill(await readFile(join(pictures, name)));
      const wanted = { truck: ["cover", "plate", "plate_colour"] };
      const [cover, plate, colour] = await judgeAttributes(stages, picture, [{ role: "truck", boxNorm }], wanted);
      if (cover && plate && colour) read[name] = { byEye, cover, plate, colour };
    }
    for (const [name, { byEye, cover, plate }] of Object.entries(read))
      console.log(
        `${name}: ${byEye}; cover ${cover.value} (${cover.confidence?.toFixed(2)}); plate ${plate.plate?.text ?? plate.outcome} (${plate.confidence?.toFixed(2) ?? "–"}), is ${plates[name] ?? "unreadable"}`,
      );
  });
  afterAll(() => stages.close());

  test("every second-stage model of the registry opens", () => {
    expect(stages.problems).toEqual([]);
    expect(stages.sessions.map(({ stage }) => stage.id).sort()).toEqual([
      "plate-colour",
      "plate-finder",
      "plate-reader",
      "truck-cover",
    ]);
  });

  test("cover is told, and told right, of every lorry of which a person can tell it", () => {
    const clear = Object.entries(read).filter(([, { byEye }]) => byEye === "open" || byEye === "covered");
    expect(clear.length).toBe(6);
    const told = clear.filter(([, { cover }]) => cover.value !== null);
    console.log(`cover: told of ${told.length} of ${clear.length} lorries a person can tell`);
    expect(told.filter(([, { byEye, cover }]) => cover.value !== byEye).map(([name]) => name)).toEqual([]);
    expect(told.length).toBe(clear.length);
  });

  test("a load nobody can make out is never called covered", () => {
    const unclear = Object.values(read).filter(({ byEye }) => byEye === "open or unclear");
    expect(unclear.map(({ cover }) => cover.value)).not.toContain("covered");
  });

  test("a plate that is told is the plate that stands there", () => {
    const told = Object.entries(read).filter(([, { plate }]) => plate.value !== null);
    for (const [name, { plate }] of told) expect(plate.value).toBe(plates[name]);
  });

  test("the plate of a lorry is yellow, or its colour is left to a person", () => {
    for (const { colour } of Object.values(read)) expect([null, "yellow"]).toContain(colour.value);
  });
});

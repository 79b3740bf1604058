import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cropQuad, findStage } from "@mingcha/models/attributes";
import { expect, test } from "vitest";
import { isFamily, openStage } from "./open-stage.ts";
import { pictureOfStill } from "./picture-of-still.ts";
import { readPlate } from "./read-plate.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const crops = join(resolve(repoRoot, process.env.MINGCHA_TEST_DATA ?? "../shared/data"), "plates");
const isHere = existsSync(crops);
if (!isHere) console.log(`real plate crops are not read: there is no ${crops} (MINGCHA_TEST_DATA)`);

/** A repaired public LPRNet reads so many of them exactly. */
const bar = 0.894;

test.skipIf(!isHere)(
  "the reader reads more of the 500 real crops exactly than the best public one; what is told without a person is right 98 times of 100",
  async () => {
    const stage = findStage("plate-reader");
    const opened = stage && (await openStage(stage, join(repoRoot, "models/weights", stage.file)));
    if (opened === undefined || "kind" in opened || !isFamily("characters")(opened))
      throw new Error("the reader does not open");
    const names = (await readdir(crops)).filter((name) => name.endsWith(".jpg"));
    let exact = 0;
    let told = 0;
    let toldRight = 0;
    for (const name of names) {
      const picture = await pictureOfStill(await readFile(join(crops, name)));
      const corners = cropQuad(picture, [0, 0, 1, 1], 0, opened.stage.input);
      const reading = await readPlate(opened, picture, { corners, lines: 1 });
      const isExact = reading?.text === name.replace(/\.jpg$/, "");
      if (isExact) exact++;
      if (reading !== null && reading.confidence >= opened.stage.threshold && reading.format === "ok") {
        told++;
        if (isExact) toldRight++;
      }
    }
    await opened.close();
    const share = (n: number, of: number): string => `${((100 * n) / of).toFixed(1)} %`;
    console.log(
      `real crops: ${share(exact, names.length)} exact (the best public reader: ${100 * bar} %); told ${share(told, names.length)}, of those right ${share(toldRight, told)}`,
    );
    expect(names.length).toBe(500);
    expect(exact / names.length).toBeGreaterThan(bar);
    // What is told without a person must be right much more often than what is read.
    expect(toldRight / told).toBeGreaterThan(0.98);
  },
);

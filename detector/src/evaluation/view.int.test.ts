import { findMediaTools } from "@mingcha/infra/media";
import { expect, test } from "vitest";
import { type FrameSet, makeViewCases } from "./view-cases.ts";
import {
  demoCameras,
  demoOthers,
  judgeViews,
  readFootage,
  readGreyFrames,
  unsureShare,
  wrongShare,
} from "./view-report.ts";

const tools = await findMediaTools();
const options = { rounds: 1, seed: 77, inLights: ["plain", "dusk", "night", "rain"] };
const dataFolder = process.env.MINGCHA_TEST_DATA ?? "../shared/data";

/**
 * The thresholds were set on other seeds; there 1 in 100 was wrong and 12 in 100 unsure. The bounds leave room for chance over the hundred and more
 * pictures here: 1 % of 120 is above 4 % once in a hundred draws.
 */
function hold(cameras: readonly FrameSet[], others: readonly FrameSet[]): void {
  const judged = judgeViews(makeViewCases(cameras, others, options));
  expect(wrongShare(judged)).toBeLessThanOrEqual(0.04);
  expect(unsureShare(judged)).toBeLessThanOrEqual(0.25);
  const passing = judged.filter(({ kind, light }) => kind === "people and traffic" && light === "plain");
  expect(passing.map(({ verdict }) => verdict)).toEqual(passing.map(() => "same"));
  const nudged = judged.filter(({ kind, light }) => kind === "shifted 2–7 %" && light === "plain");
  expect(nudged.map(({ verdict }) => verdict)).toEqual(nudged.map(() => "moved"));
  const covered = judged.filter(({ truth }) => truth === "blocked").map(({ visibility }) => visibility.verdict);
  expect(covered).toEqual(covered.map(() => "blind"));
}

test("rendered cameras that stay, move and are covered are told apart by day, dusk, night and in rain", {
  timeout: 600_000,
}, async () => {
  const sets: FrameSet[] = [];
  for (const file of demoOthers) sets.push(await readGreyFrames(tools, file));
  hold(sets.slice(0, demoCameras.length), sets);
});

test("so are real ones", { timeout: 600_000 }, async (context) => {
  const footage = await readFootage(tools, dataFolder);
  if (footage === undefined) {
    console.log(`skipped: no footage in ${dataFolder} (MINGCHA_TEST_DATA)`);
    return context.skip();
  }
  hold(footage.cameras, footage.others);
});

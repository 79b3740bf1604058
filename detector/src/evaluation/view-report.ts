import { stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { decodeLooks, type MediaTools, probe } from "@mingcha/infra/media";
import { compareViews, describeView, measureVisibility, viewSize } from "@mingcha/models/view";
import { BadUse, runCommand } from "../cli/fail.ts";
import { openTools, readConfig } from "../cli/open-detector.ts";
import { parseArguments } from "../cli/parse-arguments.ts";
import { printTable } from "../cli/print-table.ts";
import { type FrameSet, type GreyFrame, lights, makeViewCases, type ViewCase } from "./view-cases.ts";

const demo = (name: string): string => fileURLToPath(new URL(`../../../models/demo/${name}/clip.mp4`, import.meta.url));
/** Rendered cameras that stand still, and one that flies. */
export const demoCameras = ["shop-cross-door", "site-gate", "stall"].map(demo);
export const demoOthers = [...demoCameras, demo("drone-pass")];

/** Real ones below a data folder: those that stand still, and further ones to be confused with (hand-held and hovering among them). */
const footageCameras = ["ahm_vehicle_counting.mp4", "kwiver_motion.mp4", "otc_cars_truck.mp4"];
const footageOthers = ["mapillary_5s.mp4", "intel_car_detection.mp4", "intel_person_bicycle_car_reenc.mp4"];

/** Frames are read at this size: five times a thumbnail, so that motion of 0.2 % is one pixel. */
const frameSize = { width: 640, height: 360 };

/** One frame a second of a clip, grey, 40 at most. */
export async function readGreyFrames(tools: MediaTools, file: string): Promise<FrameSet> {
  const probed = await probe(tools, file);
  if (probed.kind === "refused") throw new BadUse(`${file}: ${probed.text.en}`);
  const { demuxer, isPhoto } = probed.media;
  const frames: GreyFrame[] = [];
  const plan = {
    ...{ file, demuxer, isPhoto, everyMs: 1_000, firstMs: 0, keyframesOnly: false },
    ...{ ...frameSize, place: { x: 0, y: 0, ...frameSize }, pad: 0, pixelFormat: "rgb24" as const },
  };
  const decoded = await decodeLooks(tools, plan, async (rgb) => {
    if (frames.length >= 40) return;
    const grey = new Uint8Array(rgb.length / 3);
    // ITU-R BT.601 luma.
    for (let i = 0; i < grey.length; i++)
      grey[i] =
        0.299 * (rgb[3 * i] as number) + 0.587 * (rgb[3 * i + 1] as number) + 0.114 * (rgb[3 * i + 2] as number);
    frames.push({ grey, ...frameSize });
  });
  if (decoded.kind === "refused") throw new BadUse(`${file}: ${decoded.text.en}`);
  const name = basename(file).startsWith("clip.") ? basename(dirname(file)) : basename(file);
  return { name, frames };
}

/** Real footage of a data folder; undefined where there is none. */
export async function readFootage(
  tools: MediaTools,
  folder: string,
): Promise<{ cameras: FrameSet[]; others: FrameSet[] } | undefined> {
  const at = (name: string): string => join(folder, "footage", name);
  const isThere = await stat(at(footageCameras[0] as string)).catch(() => undefined);
  if (isThere === undefined) return undefined;
  const read = async (names: readonly string[]): Promise<FrameSet[]> => {
    const sets: FrameSet[] = [];
    for (const name of names) sets.push(await readGreyFrames(tools, at(name)));
    return sets;
  };
  const cameras = await read(footageCameras);
  return { cameras, others: [...cameras, ...(await read(footageOthers))] };
}

const verdicts = ["same", "moved", "blocked", "unsure"] as const;
export type JudgedView = Pick<ViewCase, "clip" | "kind" | "light" | "truth"> & {
  verdict: (typeof verdicts)[number];
  visibility: ReturnType<typeof measureVisibility>;
};

/** Compares every case with its reference, as the detector does. */
export function judgeViews(cases: Iterable<ViewCase>): JudgedView[] {
  const { width, height } = viewSize;
  return [...cases].map(({ clip, kind, light, truth, reference, now }) => ({
    ...{ clip, kind, light, truth },
    verdict: compareViews(describeView(reference, width, height), describeView(now, width, height)).verdict,
    visibility: measureVisibility(now, width, height, measureVisibility(reference, width, height)),
  }));
}

/** Wrong: said with certainty and false. "unsure" is not wrong, but helps nobody. */
export const wrongShare = (judged: readonly JudgedView[]): number =>
  judged.filter(({ truth, verdict }) => verdict !== truth && verdict !== "unsure").length / Math.max(1, judged.length);
export const unsureShare = (judged: readonly JudgedView[]): number =>
  judged.filter(({ verdict }) => verdict === "unsure").length / Math.max(1, judged.length);

/** Confusion by what happened, and by light. */
export function viewTable(judged: readonly JudgedView[]): string[][] {
  const row = (name: string, part: readonly JudgedView[]): string[] => [
    name,
    part[0]?.truth ?? "",
    ...verdicts.map((verdict) => String(part.filter((one) => one.verdict === verdict).length)),
  ];
  const kinds = [...new Set(judged.map(({ kind }) => kind))];
  const lightsSeen = [...new Set(judged.map(({ light }) => light))].filter((light) => light !== "–");
  return [
    ["what happened", "truth", ...verdicts],
    ...kinds.map((kind) =>
      row(
        kind,
        judged.filter((one) => one.kind === kind),
      ),
    ),
    ...lightsSeen.flatMap((light) =>
      (["same", "moved"] as const).map((truth) =>
        row(
          `  in ${light} light`,
          judged.filter((one) => one.light === light && one.truth === truth),
        ),
      ),
    ),
  ];
}

/** What visibility says in each light of an unchanged view, and under each cover. */
export function visibilityTable(judged: readonly JudgedView[]): string[][] {
  const names = [
    ...Object.keys(lights),
    ...new Set(judged.filter(({ truth }) => truth === "blocked").map(({ kind }) => kind)),
  ];
  const middle = (values: number[]): string => (values.sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(3);
  return [
    ["light or cover", "lightness", "contrast", "sharpness", "clear", "low", "blind", "reasons"],
    ...names.map((name) => {
      const part = judged
        .filter(({ light, kind }) => (light === name && kind === "people and traffic") || kind === name)
        .map(({ visibility }) => visibility);
      const count = (verdict: string): string => String(part.filter((one) => one.verdict === verdict).length);
      const reasons = [...new Set(part.flatMap(({ reason }) => reason ?? []))].join(", ");
      return [
        name,
        middle(part.map(({ lightness }) => lightness)),
        middle(part.map(({ contrast }) => contrast)),
        middle(part.map(({ sharpness }) => sharpness)),
        ...[count("clear"), count("low"), count("blind")],
        reasons,
      ];
    }),
  ];
}

const usage = "npx tsx detector/src/evaluation/view-report.ts [--data DIR] [--rounds N] [--seed N]";

if (process.argv[1] === fileURLToPath(import.meta.url))
  await runCommand(async () => {
    const { values } = parseArguments(
      { data: { type: "string" }, rounds: { type: "string", default: "1" }, seed: { type: "string", default: "1" } },
      usage,
    );
    const options = { rounds: Number(values.rounds), seed: Number(values.seed) };
    if (!Number.isInteger(options.rounds) || !Number.isInteger(options.seed)) throw new BadUse(`Usage: ${usage}`);
    const tools = await openTools(readConfig());
    const rendered: FrameSet[] = [];
    for (const file of demoOthers) rendered.push(await readGreyFrames(tools, file));
    const real = values.data === undefined ? undefined : await readFootage(tools, values.data);
    if (values.data !== undefined && real === undefined) throw new BadUse(`${values.data} holds no footage folder`);
    const cameras = [...rendered.slice(0, demoCameras.length), ...(real?.cameras ?? [])];
    const judged = judgeViews(makeViewCases(cameras, [...rendered, ...(real?.others ?? [])], options));
    printTable(viewTable(judged));
    process.stdout.write("\n");
    printTable(visibilityTable(judged));
    const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
    process.stdout.write(
      `\n${judged.length} pictures of ${cameras.length} cameras: ${percent(wrongShare(judged))} wrong, ${percent(unsureShare(judged))} unsure\n`,
    );
    return 0;
  });

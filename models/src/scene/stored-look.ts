import { z } from "zod";
import { type Detection, type Look, type LookView, missingReasons, viewVerdicts, visibilityVerdicts } from "./look.ts";
import { roleSchema } from "./role.ts";

/** Scores are kept in ten-thousandths. */
export const scoreScale = 10_000;
/** Box edges are kept in hundred-thousandths of the picture: 0.04 px of 4K. */
export const boxScale = 100_000;

const poseSchema = z.object({
  longitude: z.number().exactOptional(),
  latitude: z.number().exactOptional(),
  heightM: z.number().exactOptional(),
  yawDeg: z.number().exactOptional(),
  pitchDeg: z.number().exactOptional(),
  rollDeg: z.number().exactOptional(),
});

/**
 * A look as it is kept: integers only, about 35 bytes a detection as JSON.
 * `t` capture time in ms since 1970 UTC, `o` ms in the clip, `l` labels used, `r` the role of each label,
 * `d` six integers a detection: index into `l`, score, x, y, width, height. `v` what was seen of the view, where it was checked: verdict
 * and visibility. `c` 1 where the detections were carried over from the look before. `m` instead of these where the look is missing.
 */
export const storedLookSchema = z.union([
  z.strictObject({
    t: z.int(),
    o: z.int(),
    l: z.array(z.string()),
    r: z.array(roleSchema.nullable()),
    d: z.array(z.int()),
    v: z.tuple([z.enum(viewVerdicts), z.enum(visibilityVerdicts)]).exactOptional(),
    c: z.literal(1).exactOptional(),
    p: poseSchema.exactOptional(),
  }),
  z.strictObject({ t: z.int(), o: z.int(), m: z.enum(missingReasons), p: poseSchema.exactOptional() }),
]);
export type StoredLook = z.infer<typeof storedLookSchema>;

export function encodeLook(look: Look): StoredLook {
  const pose = look.pose === undefined ? {} : { p: look.pose };
  const time = { t: Math.round(look.capturedAtMs), o: Math.round(look.offsetMs) };
  if (look.status === "missing") return { ...time, m: look.reason, ...pose };
  const l: string[] = [];
  const r: (Detection["role"] | null)[] = [];
  const d: number[] = [];
  for (const { label, role, score, boxNorm } of look.detections) {
    let index = l.findIndex((known, i) => known === label && r[i] === role);
    if (index < 0) {
      index = l.push(label) - 1;
      r.push(role);
    }
    d.push(index, Math.round(score * scoreScale), ...boxNorm.map((edge) => Math.round(edge * boxScale)));
  }
  const v =
    look.view === undefined
      ? {}
      : { v: [look.view.verdict, look.view.visibility] as [LookView["verdict"], LookView["visibility"]] };
  const c = look.carried === true ? { c: 1 as const } : {};
  return { ...time, l, r, d, ...v, ...c, ...pose };
}

const shareAt = (d: readonly number[], at: number): number => (d[at] ?? 0) / boxScale;

export function decodeLook(stored: StoredLook): Look {
  const time = { capturedAtMs: stored.t, offsetMs: stored.o, ...(stored.p === undefined ? {} : { pose: stored.p }) };
  if ("m" in stored) return { ...time, status: "missing", reason: stored.m };
  const { d, l, r } = stored;
  const detections: Detection[] = [];
  for (let i = 0; i + 5 < d.length; i += 6) {
    const index = d[i] ?? 0;
    detections.push({
      label: l[index] ?? "",
      role: r[index] ?? null,
      score: (d[i + 1] ?? 0) / scoreScale,
      boxNorm: [shareAt(d, i + 2), shareAt(d, i + 3), shareAt(d, i + 4), shareAt(d, i + 5)],
    });
  }
  const view = stored.v === undefined ? {} : { view: { verdict: stored.v[0], visibility: stored.v[1] } };
  return { ...time, status: "seen", detections, ...view, ...(stored.c === 1 ? { carried: true } : {}) };
}

const isRoundScore = (score: number): boolean => Math.round(score * scoreScale) / scoreScale === score;
const isRoundEdge = (edge: number): boolean => Math.round(edge * boxScale) / boxScale === edge;

/** Whether a look says nothing that its stored form would not. */
const isRound = (look: Look): boolean =>
  Number.isInteger(look.capturedAtMs) &&
  Number.isInteger(look.offsetMs) &&
  (look.status === "missing" ||
    look.detections.every(({ score, boxNorm }) => isRoundScore(score) && boxNorm.every(isRoundEdge)));

/** A look as every evaluation sees it: rounded the way it is kept, so that a replay from storage gives the same flags bit for bit. */
export const roundLook = (look: Look): Look => (isRound(look) ? look : decodeLook(encodeLook(look)));

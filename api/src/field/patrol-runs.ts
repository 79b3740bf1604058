import type { ClipModel, SourceModel } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { fieldSettings, noFixReasons, type PlacedLook, type Run, runsOf } from "@mingcha/models/field";
import type { PatrolRun, PatrolRuns } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import { findViolation } from "@mingcha/models/violations";
import type { Deps } from "../deps.ts";
import { loadCarriers } from "./load-clip.ts";
import { placeMoments, placePictures } from "./place-clip-looks.ts";
import { aboutAt, loadSnapRegister } from "./snap-register.ts";
import { trackLines } from "./track-lines.ts";

type Clip = ClipModel & { source: SourceModel };
const dayMs = 86_400_000;
/** Looks that are drawn; more of them are chosen evenly, which is said. */
const looksMax = 1_500;

async function runsBetween({ db, profile }: Pick<Deps, "db" | "profile">, from: Date, to: Date, sourceId?: string) {
  const clips = await db.clip.findMany({
    where: {
      startedAt: { gte: from, lt: to },
      deletedAt: null,
      source: { kind: "patrol" },
      ...(sourceId === undefined ? {} : { sourceId }),
    },
    include: { source: true },
    orderBy: { startedAt: "asc" },
  });
  return runsOf(
    clips.map((clip) => {
      const fromMs = clip.startedAt.getTime();
      return { id: clip.id, sourceId: clip.sourceId, fromMs, toMs: fromMs + clip.durationMs, clip };
    }),
    profile.timezone,
  );
}
type LoadedRun = Run<{ id: string; sourceId: string; fromMs: number; toMs: number; clip: Clip }>;

/** Runs of patrol cars on a day of the bureau; without one, the day of the newest recording. */
export async function listRuns(
  deps: Pick<Deps, "db" | "profile" | "now">,
  day: string | undefined,
): Promise<PatrolRuns> {
  const { db, profile } = deps;
  const newest = await db.clip.findFirst({
    where: { source: { kind: "patrol" }, deletedAt: null },
    orderBy: { startedAt: "desc" },
    select: { startedAt: true },
  });
  const wanted = day ?? localDay(newest?.startedAt ?? deps.now(), profile.timezone);
  // a day and what it may lie off UTC, with the runs that began before it
  const middle = Date.parse(`${wanted}T12:00:00Z`);
  const runs = await runsBetween(deps, new Date(middle - 2 * dayMs), new Date(middle + 2 * dayMs));
  const items: PatrolRuns["items"] = [];
  for (const run of runs.filter((one) => one.day === wanted)) items.push(await headOf(deps, run));
  return { day: wanted, items };
}

async function headOf(
  { db, profile }: Pick<Deps, "db" | "profile">,
  run: LoadedRun,
): Promise<PatrolRuns["items"][number]> {
  const [first] = run.clips;
  if (first === undefined) throw new Error("a run without a recording");
  const span = { fromMs: run.fromMs, toMs: run.toMs, uncertaintyMs: first.clip.startUncertaintyMs };
  return {
    id: first.id,
    sourceName: first.clip.source.name || run.sourceId,
    timezone: first.clip.source.timezone || profile.timezone,
    from: new Date(run.fromMs).toISOString(),
    to: new Date(run.toMs).toISOString(),
    clips: run.clips.length,
    carriers: (await loadCarriers(db, run.sourceId, span)).map(({ name }) => name),
  };
}

/** One run: its way, where each look was taken and how surely, and what was flagged on it. */
export async function viewRun(deps: Pick<Deps, "db" | "profile" | "mapBase">, clipId: string): Promise<PatrolRun> {
  const { db } = deps;
  const asked = await db.clip.findUnique({ where: { id: clipId }, include: { source: { select: { kind: true } } } });
  if (asked === null || asked.source.kind !== "patrol")
    throw new AppError("NOT_FOUND", {}, { detail: `run ${clipId}` });
  const at = asked.startedAt.getTime();
  const runs = await runsBetween(deps, new Date(at - 2 * dayMs), new Date(at + 2 * dayMs), asked.sourceId);
  const run = runs.find(({ clips }) => clips.some(({ id }) => id === clipId));
  if (run === undefined) throw new AppError("NOT_FOUND", {}, { detail: `run ${clipId}` });
  const { clips: _count, ...head } = await headOf(deps, run);
  const placed: { clipId: string; place: PlacedLook }[] = [];
  const track: [number, number][][] = [];
  for (const { clip } of run.clips) {
    const [looks, points] = await Promise.all([
      db.look.findMany({ where: { clipId: clip.id }, select: { offsetMs: true }, orderBy: { offsetMs: "asc" } }),
      db.telemetryPoint.findMany({
        where: { clipId: clip.id },
        select: { offsetMs: true, longitude: true, latitude: true },
        orderBy: { offsetMs: "asc" },
      }),
    ]);
    track.push(...trackLines(points, fieldSettings.gapMaxMs));
    const places = await placeMoments(
      db,
      clip,
      looks.map(({ offsetMs }) => offsetMs),
    );
    placed.push(...places.map((place) => ({ clipId: clip.id, place })));
  }
  const known = placed.flatMap(({ clipId: of, place }) => (place.kind === "placed" ? [{ clipId: of, place }] : []));
  const step = Math.max(1, Math.ceil(known.length / looksMax));
  const shown = known.filter((_, nth) => nth % step === 0);
  const errors = known.map(({ place }) => place.errorM).sort((a, b) => a - b);
  return {
    ...head,
    clips: run.clips.map(({ clip }) => ({
      id: clip.id,
      fileName: clip.fileName,
      startedAt: clip.startedAt.toISOString(),
      durationMs: clip.durationMs,
    })),
    track,
    looks: shown.map(({ clipId: of, place }) => ({
      clipId: of,
      offsetMs: place.offsetMs,
      at: { longitude: place.longitude, latitude: place.latitude },
      errorM: Math.round(place.errorM * 10) / 10,
    })),
    counts: { looks: placed.length, placed: known.length, shown: shown.length },
    without: Object.entries(noFixReasons).flatMap(([code, why]) => {
      const looks = placed.filter(({ place }) => place.kind === "no_fix" && place.because === code).length;
      return looks === 0 ? [] : [{ why, looks }];
    }),
    errorMedianM: errors.length === 0 ? null : Math.round((errors[errors.length >> 1] ?? 0) * 10) / 10,
    flags: await viewFlags(deps, run),
  };
}

async function viewFlags(deps: Pick<Deps, "db" | "mapBase">, run: LoadedRun): Promise<PatrolRun["flags"]> {
  const { db } = deps;
  const flags = await db.flag.findMany({
    where: { evidence: { some: { clipId: { in: run.clips.map(({ id }) => id) } } } },
    include: { evidence: { orderBy: { capturedAt: "asc" } }, clue: { select: { id: true } } },
    orderBy: { from: "asc" },
  });
  const moments: { flag: (typeof flags)[number]; look: PlacedLook | null }[] = [];
  for (const flag of flags) {
    const found = await placePictures(db, flag.evidence);
    moments.push({ flag, look: found?.look ?? null });
  }
  const register = await loadSnapRegister(
    deps,
    moments.flatMap(({ look }) => (look?.kind === "placed" ? [look] : [])),
  );
  return moments.map(({ flag, look }) => ({
    clueId: flag.clue?.id ?? null,
    violation: findViolation(flag.violation)?.title ?? { zh: flag.violation, en: flag.violation },
    at: flag.from.toISOString(),
    place: flag.place,
    about: look?.kind === "placed" ? aboutAt(look, register) : null,
    why: look?.kind === "no_fix" ? noFixReasons[look.because] : null,
  }));
}

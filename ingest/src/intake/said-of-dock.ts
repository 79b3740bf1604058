import type { ClipModel, DatabaseOrTransaction, DockFileModel, IntakeModel } from "@mingcha/infra/db";
import { type Said, saidSchema } from "@mingcha/models/dock";
import { distanceM } from "@mingcha/models/geo";
import { localToUtc } from "../time/local-to-utc.ts";
import { limits } from "./compare-telemetry.ts";
import type { PlacedEntry } from "./place-on-clip.ts";
import { type TelemetryCheck, telemetryChecksSchema } from "./telemetry-check.ts";

type Reader = Pick<DatabaseOrTransaction, "dockFile">;

/** Key of the intake that is made of a dock's file; one that was refused and came otherwise makes another. */
export const dockDedupeKey = ({ id, attempt }: Pick<DockFileModel, "id" | "attempt">): string =>
  attempt === 1 ? `dock:${id}` : `dock:${id}:${attempt}`;

/** Folder of the object: docks may put one between flight and file, and names are one's own in it alone. */
export const folderOf = ({ objectKey }: Pick<DockFileModel, "objectKey">): string =>
  objectKey.slice(0, objectKey.lastIndexOf("/"));

/** Group of the intakes that may belong to one recording. */
export const dockGroup = (file: Pick<DockFileModel, "objectKey">): string => `dock:${folderOf(file)}`;

/** The row of a dock's file of which an intake was made. */
export function dockFileOf(db: Reader, { via, dedupeKey }: IntakeModel): Promise<DockFileModel | null> {
  const [, id = ""] = dedupeKey.split(":");
  return via === "dock" ? db.dockFile.findUnique({ where: { id } }) : Promise.resolve(null);
}

/** What the dock's message said of a file; null: it came another way, or without a message. */
export async function saidOfDock(db: Reader, intake: IntakeModel): Promise<Said | null> {
  const file = await dockFileOf(db, intake);
  return file?.said == null ? null : saidSchema.parse(file.said);
}

export async function saidOfClip(
  db: Pick<DatabaseOrTransaction, "dockFile" | "intake">,
  { intakeId }: Pick<ClipModel, "intakeId">,
): Promise<Said | null> {
  const intake = intakeId === null ? null : await db.intake.findUnique({ where: { id: intakeId } });
  return intake === null ? null : saidOfDock(db, intake);
}

/** Checks of this file: made anew when more is known of the clip. */
export const isOfMessage = (code: TelemetryCheck["code"]): boolean => code.startsWith("message_");

/** Adds to a clip what was found of a file beside its own; what stands there already is not said twice. Gives what was new. */
export async function addChecks(
  tx: Pick<DatabaseOrTransaction, "clip" | "$queryRaw">,
  clipId: string,
  checks: readonly TelemetryCheck[],
): Promise<TelemetryCheck[]> {
  if (checks.length === 0) return [];
  // held until the end of the transaction: whoever else adds to it waits
  const [row] = await tx.$queryRaw<{ checks: unknown }[]>`
    select telemetry_checks as checks from clip where id = ${clipId}::uuid for update`;
  const earlier = telemetryChecksSchema.parse(row?.checks ?? []);
  const fresh = checks.filter(({ en }) => !earlier.some((check) => check.en === en));
  if (fresh.length > 0)
    await tx.clip.update({ where: { id: clipId }, data: { telemetryChecks: [...earlier, ...fresh] } });
  return fresh;
}

/** A message is written when a recording ends or begins, in whole seconds, by a clock that may be off by one (house rule). */
const messageTimeMs = 60_000;

interface ClipTimes {
  readonly startedAt: Date;
  readonly startUncertaintyMs: number;
  readonly durationMs: number;
}

/**
 * Compares a dock's word with the recording's own: the stated place with the nearest point of the track, the stated time with when it was taken.
 * The recording counts; what disagrees is told.
 */
export function compareSaid(
  said: Said,
  points: readonly PlacedEntry[],
  clip: ClipTimes,
  timezone: string,
): TelemetryCheck[] {
  return [...comparePlace(said, points), ...compareTime(said, clip, timezone)];
}

function comparePlace({ longitude, latitude }: Said, points: readonly PlacedEntry[]): TelemetryCheck[] {
  if (longitude === null || latitude === null) return [];
  const distances = points.flatMap((point) =>
    point.longitude === null || point.latitude === null
      ? []
      : [distanceM({ longitude, latitude }, { longitude: point.longitude, latitude: point.latitude })],
  );
  if (distances.length === 0)
    return [
      {
        code: "message_not_compared",
        zh: "机场通知中写有拍摄位置，录像自身没有位置，无法核对；通知不作定位依据",
        en: "the dock's message states a position and the recording none: it could not be checked, and a message places nothing",
      },
    ];
  const nearest = distances.reduce((a, b) => Math.min(a, b));
  if (nearest <= limits.placeM) return [];
  const metres = nearest.toFixed(0);
  return [
    {
      code: "message_place_differs",
      zh: `机场通知中的拍摄位置距录像自身轨迹 ${metres} 米（限 ${limits.placeM} 米）；以录像为准`,
      en: `the position in the dock's message lies ${metres} m from the recording's own track (limit ${limits.placeM} m); the recording counts`,
    },
  ];
}

function compareTime({ createdText }: Said, clip: ClipTimes, timezone: string): TelemetryCheck[] {
  if (createdText === null) return [];
  const saidMs = readTime(createdText, timezone);
  if (saidMs === null)
    return [
      {
        code: "message_not_compared",
        zh: "机场通知中的拍摄时间无法读取",
        en: "the time in the dock's message cannot be read",
      },
    ];
  const fromMs = clip.startedAt.getTime();
  const apartMs = Math.max(fromMs - saidMs, saidMs - (fromMs + clip.durationMs), 0);
  if (apartMs <= messageTimeMs + clip.startUncertaintyMs) return [];
  const minutes = (apartMs / 60_000).toFixed(1);
  const isZoned = hasZone(createdText);
  return [
    {
      code: "message_time_differs",
      zh: `机场通知中的拍摄时间与录像相差 ${minutes} 分钟${isZoned ? "" : "（通知未写时区，按来源所在时区理解）"}；以录像为准`,
      en: `the time in the dock's message differs from the recording's by ${minutes} minutes${isZoned ? "" : " (the message names no zone: read in that of the source)"}; the recording counts`,
    },
  ];
}

const hasZone = (text: string): boolean => /(Z|[+-]\d{2}:?\d{2})$/.test(text);

function readTime(text: string, timezone: string): number | null {
  if (hasZone(text)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? null : ms;
  }
  const parts = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2})$/.exec(text);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const ms = localToUtc({ year, month, day, hour, minute, second, millisecond: 0 }, timezone);
  return Number.isNaN(ms) ? null : ms;
}

import type { ClipModel, DatabaseOrTransaction, DockFileModel, IntakeModel } from "@mingcha/infra/db";
import {
  type Claim,
  claimLimits,
  compareClaims,
  hasZone,
  isDated,
  type OwnClip,
  type Said,
  saidSchema,
  timeApart,
  timeVerdict,
} from "@mingcha/models/dock";
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

/** What messages said of a clip: of the file that it was made of, and of those that brought the same recording again. */
export async function saidOfClip(
  db: Pick<DatabaseOrTransaction, "dockFile" | "intake">,
  { id }: Pick<ClipModel, "id">,
): Promise<Said[]> {
  const intakes = await db.intake.findMany({ where: { clipId: id, via: "dock" }, select: { id: true } });
  const files = await db.dockFile.findMany({
    where: { intakeId: { in: intakes.map((intake) => intake.id) } },
    orderBy: { foundAt: "asc" },
  });
  return files.flatMap(({ said }) => (said === null ? [] : [saidSchema.parse(said)]));
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

interface ClipTimes {
  readonly startedAt: Date;
  readonly startMethod: string;
  readonly startUncertaintyMs: number;
  readonly durationMs: number;
}

/**
 * Compares a dock's word with the recording's own: place, height and direction with the nearest point of the track, the stated time with when it was
 * taken. The recording counts; what disagrees is told.
 */
export function compareSaid(
  said: Said,
  points: readonly PlacedEntry[],
  { startedAt, startMethod, startUncertaintyMs, durationMs }: ClipTimes,
  timezone: string,
): TelemetryCheck[] {
  const clip = {
    fromMs: startedAt.getTime(),
    durationMs,
    uncertaintyMs: startUncertaintyMs,
    startMethod,
    timezone,
    altitudeType: null,
    points,
  };
  return compareClaims(said, { sizeBytes: null, sha256: null, clip }).flatMap((claim) =>
    claim.what === "time" ? timeCheck(claim.said, clip) : checkOf(claim),
  );
}

/** What a claim that does not agree is told as; of what only one side says nothing is told but of place and time. */
function checkOf(claim: Exclude<Claim, { what: "time" }>): TelemetryCheck[] {
  const { what, verdict } = claim;
  if (verdict === "agrees") return [];
  if (what === "place") return [claim.own === null ? placeOpen : placeDiffers(claim.own.apartM)];
  if (verdict === "open" || claim.own === null) return [];
  if (what === "relative") return [heightDiffers(claim.said, claim.own)];
  if (what === "yaw") return [yawDiffers(claim.said, claim.own)];
  return [];
}

const placeOpen: TelemetryCheck = {
  code: "message_not_compared",
  zh: "机场通知中写有拍摄位置，录像自身没有位置，无法核对；通知不作定位依据",
  en: "the dock's message states a position and the recording none: it could not be checked, and a message places nothing",
};

function placeDiffers(apartM: number): TelemetryCheck {
  const { placeM } = claimLimits;
  const metres = apartM.toFixed(0);
  return {
    code: "message_place_differs",
    zh: `机场通知中的拍摄位置距录像自身轨迹 ${metres} 米（限 ${placeM} 米）；以录像为准`,
    en: `the position in the dock's message lies ${metres} m from the recording's own track (limit ${placeM} m); the recording counts`,
  };
}

/** A recording that does not say when it was taken is entered under its arrival: what contradicts that is told as well, what does not proves nothing. */
function timeCheck(text: string, clip: OwnClip): TelemetryCheck[] {
  const { apartMs } = timeApart(text, clip);
  if (apartMs === null) return [timeUnread];
  const verdict = timeVerdict({ apartMs }, clip);
  if (verdict === "differs") return [timeDiffers(apartMs, text, isDated(clip))];
  if (!isDated(clip)) return [timeNotStated];
  return verdict === "open" ? [timeUnsure(clip.uncertaintyMs)] : [];
}

const timeUnread: TelemetryCheck = {
  code: "message_not_compared",
  zh: "机场通知中的拍摄时间无法读取",
  en: "the time in the dock's message cannot be read",
};

const timeNotStated: TelemetryCheck = {
  code: "message_not_compared",
  zh: "机场通知中写有拍摄时间，录像自身没有，只知道何时到达，无法核对；通知不作定时依据",
  en: "the dock's message states a time and the recording none, only its arrival is known: it could not be checked, and a message dates nothing",
};

const timeUnsure = (uncertaintyMs: number): TelemetryCheck => ({
  code: "message_not_compared",
  zh: `录像自身的开始时间误差达 ±${minutesOf(uncertaintyMs)} 分钟，机场通知中的拍摄时间无法核对`,
  en: `the recording's own start is sure within ±${minutesOf(uncertaintyMs)} minutes only: the time in the dock's message could not be checked`,
});

const minutesOf = (ms: number): string => (ms / 60_000).toFixed(1);

function timeDiffers(apartMs: number, text: string, isOwn: boolean): TelemetryCheck {
  const minutes = minutesOf(apartMs);
  const isZoned = hasZone(text);
  const zone = isZoned
    ? { zh: "", en: "" }
    : {
        zh: "（通知未写时区，按来源所在时区理解）",
        en: " (the message names no zone: read in that of the source)",
      };
  return {
    code: "message_time_differs",
    zh: isOwn
      ? `机场通知中的拍摄时间与录像相差 ${minutes} 分钟${zone.zh}；以录像为准`
      : `录像自身没有拍摄时间，按到达时间计，机场通知中的拍摄时间与之相差 ${minutes} 分钟${zone.zh}；通知不作定时依据`,
    en: isOwn
      ? `the time in the dock's message differs from the recording's by ${minutes} minutes${zone.en}; the recording counts`
      : `the recording states no time and stands under its arrival, from which the time in the dock's message differs by ${minutes} minutes${zone.en}; a message dates nothing`,
  };
}

function heightDiffers(
  saidM: number,
  { least, most }: { readonly least: number; readonly most: number },
): TelemetryCheck {
  const own = [least, most].map((value) => value.toFixed(1));
  return {
    code: "message_height_differs",
    zh: `机场通知中的离起飞点高度 ${saidM.toFixed(1)} 米，录像自身为 ${own.join("–")} 米（限 ${claimLimits.heightM} 米）；以录像为准`,
    en: `the height above take-off in the dock's message is ${saidM.toFixed(1)} m, the recording's own ${own.join("–")} m (limit ${claimLimits.heightM} m); the recording counts`,
  };
}

function yawDiffers(saidDeg: number, own: { readonly deg: number; readonly apartDeg: number }): TelemetryCheck {
  return {
    code: "message_yaw_differs",
    zh: `机场通知中的云台方向 ${saidDeg.toFixed(1)}°，与录像中最接近的 ${own.deg.toFixed(1)}° 相差 ${own.apartDeg.toFixed(1)}°（限 ${claimLimits.yawDeg}°）；以录像为准`,
    en: `the gimbal's direction in the dock's message is ${saidDeg.toFixed(1)}°, ${own.apartDeg.toFixed(1)}° from the nearest of the recording, ${own.deg.toFixed(1)}° (limit ${claimLimits.yawDeg}°); the recording counts`,
  };
}

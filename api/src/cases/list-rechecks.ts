import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { EvidenceItem } from "@mingcha/models/documents";
import type { LoadedClue } from "../clues/load-clue.ts";
import { type LookPicture, lookPictureSchema } from "../clues/look-picture.ts";
import { lookStateOf, ordersGiven } from "../clues/orders-given.ts";
import type { LoadedCase } from "./load-case.ts";
import { storedAt } from "./on-site-facts.ts";
import { originOf, type Remarks } from "./origin-of.ts";

/** The first look after the time allowed by an order to correct. */
export interface Recheck {
  readonly at: Date;
  readonly correctBy: Date;
  readonly state: ReturnType<typeof lookStateOf>;
  readonly offsetMs: number;
  readonly clip: {
    readonly id: string;
    readonly fileName: string;
    readonly sha256: string;
    readonly sizeBytes: bigint;
    readonly startedAt: Date;
    readonly durationMs: number;
  };
  readonly picture: LookPicture | null;
}

/** What was looked at again, one for each order that was given and looked after, oldest first. */
export async function listRechecks(db: DatabaseOrTransaction, clue: LoadedClue): Promise<Recheck[]> {
  const orders = ordersGiven(clue).filter(({ lookSha256 }) => lookSha256 !== null);
  const ids = orders.flatMap(({ lookClipId }) => lookClipId ?? []);
  const clips = ids.length === 0 ? [] : await db.clip.findMany({ where: { id: { in: ids } } });
  return orders.flatMap((order) => {
    const clip = clips.find(({ id, sha256 }) => id === order.lookClipId && sha256 === order.lookSha256);
    if (clip === undefined || order.lookedAt === null) return [];
    return {
      at: order.lookedAt,
      correctBy: order.correctBy,
      state: lookStateOf(order),
      offsetMs: order.lookOffsetMs ?? 0,
      clip,
      picture: lookPictureSchema.nullable().catch(null).parse(order.lookPicture),
    };
  });
}

/**
 * The looking again as the list of evidence names it: the original once, then the frame. It was made after the reviews, so the paper says that
 * none has passed it (行政处罚法 41(2)): a person has looked at it, and the case does not stand on it alone.
 */
export function recheckItems(
  { clue: { flag } }: LoadedCase,
  rechecks: readonly Recheck[],
  { known, remarks }: { known: ReadonlySet<string>; remarks: Remarks },
): Omit<EvidenceItem, "no">[] {
  const { source } = flag;
  const common = {
    origin: "recheck" as const,
    kind: "electronic_data" as const,
    sourceName: source.name,
    deviceId: source.deviceId,
    proves: "责令改正期满后是否改正",
    storedAt,
  };
  const listed = new Set(known);
  return rechecks.flatMap(({ clip, picture, at }) => {
    const isNew = !listed.has(clip.sha256);
    listed.add(clip.sha256);
    const { method, remark } = originOf(clip, remarks);
    const original = {
      ...common,
      remark,
      name: `复查原始视频 ${clip.fileName}`,
      madeBy: source.name,
      method: `${method}；责令改正期满后形成，未经技术、法制审核`,
      capturedAt: clip.startedAt.toISOString(),
      durationS: clip.durationMs / 1_000,
      sizeBytes: Number(clip.sizeBytes),
      sha256: clip.sha256,
      parentSha256: null,
      picture: false,
    };
    const frame = {
      ...common,
      remark: null,
      name: "复查画面（责令改正期满后）",
      madeBy: "明察系统自动截取",
      method: "自原始视频截取，未作增强处理；未经技术、法制审核，是否改正由承办人认定",
      capturedAt: at.toISOString(),
      durationS: null,
      sizeBytes: picture?.sizeBytes ?? null,
      sha256: picture?.sha256 ?? null,
      parentSha256: clip.sha256,
      picture: true,
    };
    return [...(isNew ? [original] : []), ...(picture === null ? [] : [frame])];
  });
}

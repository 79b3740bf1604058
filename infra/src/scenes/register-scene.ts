import { createHash } from "node:crypto";
import { AppError } from "@mingcha/models";
import { toWgs84 } from "@mingcha/models/geo";
import type { Scene } from "@mingcha/models/scene";
import { readScene } from "@mingcha/models/violations";
import { appendCustody, type CustodyEntry, canonicalJson } from "../custody/index.ts";
import type { Database, DatabaseOrTransaction, Prisma } from "../db/index.ts";

export interface RegisteredScene {
  readonly sourceId: string;
  readonly sceneId: string;
  readonly version: number;
  readonly sha256: string;
  /** False: this document was already a version of its source and nothing was written. */
  readonly created: boolean;
}

export interface RegisterSceneOptions {
  /**
   * From which capture time on a new version applies; now if left out. The first version of a source applies to
   * everything it ever recorded, whatever is given here: before it there is no other.
   */
  readonly validFrom?: Date;
  /** The version that the document was drawn on, 0 for none; left out by whoever does not replace what somebody saw. */
  readonly baseVersion?: number;
  /** Who brought it: the person who drew it, or the process that found it beside footage. */
  readonly actor: CustodyEntry["actor"];
}

const beginning = new Date(0);

/**
 * Makes sure that a scene document is a version of its source, and that the source exists. The same document as the newest is
 * that version; another one is the next version, also one that a person goes back to. Its SHA-256 is taken over the canonical JSON of the parsed document, so white
 * space, key order and left-out defaults make no difference.
 * @throws BAD_INPUT with one sentence naming the path that does not fit; STALE where it was drawn on a version that is no longer the newest.
 */
export async function registerScene(
  db: Database,
  document: unknown,
  options: RegisterSceneOptions,
): Promise<RegisteredScene> {
  const parsed = readScene(document);
  if (parsed.kind === "bad") throw new AppError("BAD_INPUT", { reason: `${parsed.text.zh} / ${parsed.text.en}` });
  return db.$transaction((transaction) => registerIn(transaction, parsed.scene, options));
}

async function registerIn(
  transaction: DatabaseOrTransaction,
  scene: Scene,
  options: RegisterSceneOptions,
): Promise<RegisteredScene> {
  const sourceId = scene.source.id;
  const sha256 = createHash("sha256").update(canonicalJson(scene)).digest("hex");
  // One registrar per source: version numbers have no gaps and no doubles.
  await transaction.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`scene:${sourceId}`}, 0))`;
  const last = await transaction.scene.findFirst({ where: { sourceId }, orderBy: { version: "desc" } });
  const same = await transaction.scene.findFirst({ where: { sourceId, sha256 }, orderBy: { version: "desc" } });
  // A file beside footage that says what an older version said brings nothing back; a person who draws it again does.
  if (same && (same.id === last?.id || options.actor.kind !== "person"))
    return { sourceId, sceneId: same.id, version: same.version, sha256, created: false };
  if (options.baseVersion !== undefined && options.baseVersion !== (last?.version ?? 0)) throw new AppError("STALE");

  await transaction.source.upsert({
    where: { id: sourceId },
    create: { id: sourceId, kind: scene.source.kind, place: placeOf(scene), ...describe(scene) },
    update: describe(scene),
  });
  const row = await transaction.scene.create({
    data: {
      sourceId,
      version: (last?.version ?? 0) + 1,
      document: scene as unknown as Prisma.InputJsonValue,
      sha256,
      validFrom: last ? (options.validFrom ?? new Date()) : beginning,
      createdBy: options.actor.kind === "person" ? options.actor.id : null,
    },
  });
  await appendCustody(transaction, {
    action: "scene.registered",
    subject: `source:${sourceId}`,
    actor: options.actor,
    detail: { sceneId: row.id, version: row.version, sha256, validFrom: row.validFrom.toISOString() },
  });
  return { sourceId, sceneId: row.id, version: row.version, sha256, created: true };
}

/** What a scene says of its source, its position in WGS-84; silence changes nothing. The document keeps what was typed. */
function describe({ source }: Scene) {
  const { longitude, latitude, crs = "wgs84" } = source;
  return {
    name: source.name || source.id,
    timezone: source.timezone,
    ...(longitude !== undefined && latitude !== undefined
      ? toWgs84({ longitude, latitude }, crs)
      : { ...(longitude === undefined ? {} : { longitude }), ...(latitude === undefined ? {} : { latitude }) }),
  };
}

const placeOf = (scene: Scene): string =>
  scene.zones.find((zone) => zone.place !== undefined)?.place ?? (scene.source.name || scene.source.id);

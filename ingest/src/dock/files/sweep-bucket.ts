import type { DockFileModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { dockFileReasons, dockLimits, openFileStates, prefixOf, readKey } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import { noteOverwritten } from "./settle-file.ts";

type Listed = UploadBucket["list"] extends (prefix: string) => AsyncIterable<infer T> ? T : never;

const keysAtOnce = 500;

/** Looks through what lies in the bucket: a message that was lost loses no file. @param unnoticedMs age at which an object needs none. */
export async function sweepBucket(deps: DockDeps, unnoticedMs: number = dockLimits.unnoticedMs): Promise<void> {
  const { db, bucket } = deps;
  if (bucket === null) return;
  const docks = await db.dock.findMany({ where: { enabled: true, sourceId: { not: null } }, select: { sn: true } });
  for (const { sn } of docks) {
    let batch: Listed[] = [];
    for await (const object of bucket.list(prefixOf(sn))) {
      batch.push(object);
      if (batch.length < keysAtOnce) continue;
      await sweepBatch(deps, sn, batch, unnoticedMs);
      batch = [];
    }
    await sweepBatch(deps, sn, batch, unnoticedMs);
  }
}

async function sweepBatch(deps: DockDeps, sn: string, objects: readonly Listed[], unnoticedMs: number): Promise<void> {
  const { db, now } = deps;
  const rows = await db.dockFile.findMany({ where: { objectKey: { in: objects.map(({ key }) => key) } } });
  const known = new Map(rows.map((row) => [row.objectKey, row]));
  let room = dockLimits.openFilesMax - (await db.dockFile.count({ where: { sn, state: { in: [...openFileStates] } } }));
  for (const object of objects) {
    const row = known.get(object.key);
    if (row !== undefined) await compare(deps, row, object);
    else if (now().getTime() - object.changedAt.getTime() >= unnoticedMs && room > 0) {
      await find(deps, sn, object);
      room -= 1;
    }
  }
}

/** An object of which no message came. */
async function find({ db, now }: DockDeps, sn: string, { key, etag, sizeBytes }: Listed): Promise<void> {
  const read = readKey(key, sn);
  const at = now();
  const bad = dockFileReasons.bad_key;
  await db.$transaction(async (tx) => {
    await tx.dockFile.createMany({
      data: {
        sn,
        objectKey: key,
        etag,
        sizeBytes: BigInt(sizeBytes),
        foundBy: "sweep",
        foundAt: at,
        stateAt: at,
        ...(typeof read === "string"
          ? { name: key, state: "mismatch", reasonCode: "bad_key", reasonZh: bad.zh, reasonEn: bad.en }
          : { name: read.name, flightId: read.flightId }),
      },
      skipDuplicates: true,
    });
    if (typeof read === "string") return;
    await tx.dockFlight.upsert({
      where: { sn_flightId: { sn, flightId: read.flightId } },
      create: { sn, flightId: read.flightId, firstSeenAt: at, lastSeenAt: at },
      update: { lastSeenAt: at },
    });
  });
}

/** An object whose row is there: what was missing has come; what was taken may have been written again. */
async function compare(deps: DockDeps, row: DockFileModel, { etag, sizeBytes }: Listed): Promise<void> {
  const { db, now } = deps;
  if (row.state === "missing") {
    await db.dockFile.updateMany({
      where: { id: row.id, state: "missing" },
      data: {
        state: "noticed",
        stateAt: now(),
        lookedAt: null,
        etag,
        sizeBytes: BigInt(sizeBytes),
        reasonCode: null,
        reasonZh: null,
        reasonEn: null,
      },
    });
    return;
  }
  if (row.state !== "taken" || row.removedAt === null) return;
  if (row.etag !== etag) await noteOverwritten(deps, row);
  // the same bytes once more: removed once more
  else await db.dockFile.updateMany({ where: { id: row.id }, data: { removedAt: null } });
}

import type { DockFileModel, DockModel } from "@mingcha/infra/db";
import type { UploadBucket } from "@mingcha/infra/dock";
import { comesBack, dockFileReasons, dockLimits, mayLieBeside, prefixOf, readKey } from "@mingcha/models/dock";
import type { DockDeps } from "../dock-deps.ts";
import { inTurn } from "../in-turn.ts";
import { noteInCustody } from "./move-file.ts";
import { noteLater } from "./note-later.ts";
import { roomFor } from "./room-for.ts";
import { takeUp } from "./take-up.ts";

type Listed = UploadBucket["list"] extends (prefix: string) => AsyncIterable<infer T> ? T : never;
type SweptDock = Pick<DockModel, "sn" | "sourceId">;

const keysAtOnce = 500;

/** Looks through what lies in the bucket: a message that was lost loses no file. @param unnoticedMs age at which an object needs none. */
export async function sweepBucket(deps: DockDeps, unnoticedMs: number = dockLimits.unnoticedMs): Promise<void> {
  const { db, bucket } = deps;
  if (bucket === null) return;
  const docks = await db.dock.findMany({
    where: { enabled: true, sourceId: { not: null } },
    select: { sn: true, sourceId: true },
  });
  await inTurn(docks.map((dock) => () => sweepDock(deps, bucket, dock, unnoticedMs)));
}

async function sweepDock(deps: DockDeps, bucket: UploadBucket, dock: SweptDock, unnoticedMs: number): Promise<void> {
  const { sn } = dock;
  let batch: Listed[] = [];
  let objects = 0;
  for await (const object of bucket.list(prefixOf(sn))) {
    objects += 1;
    if (objects > dockLimits.sweepObjectsMax) {
      deps.log.warn({ sn, objects: dockLimits.sweepObjectsMax }, "a dock's prefix holds more than is looked through");
      break;
    }
    batch.push(object);
    if (batch.length < keysAtOnce) continue;
    await sweepBatch(deps, dock, batch, unnoticedMs);
    batch = [];
  }
  await sweepBatch(deps, dock, batch, unnoticedMs);
}

async function sweepBatch(
  deps: DockDeps,
  dock: SweptDock,
  objects: readonly Listed[],
  unnoticedMs: number,
): Promise<void> {
  const { db, now, log } = deps;
  const { sn } = dock;
  const rows = await db.dockFile.findMany({ where: { objectKey: { in: objects.map(({ key }) => key) } } });
  const known = new Map(rows.map((row) => [row.objectKey, row]));
  let room = await roomFor(deps, sn);
  for (const object of objects) {
    const row = known.get(object.key);
    if (row !== undefined) await compare(deps, row, object);
    else if (now().getTime() - object.changedAt.getTime() >= unnoticedMs && room > 0) {
      await find(deps, dock, object);
      room -= 1;
      if (room === 0) log.warn({ sn }, "too many files of a dock are not taken in; the sweep takes up no more");
    }
  }
}

/** An object of which no message came. */
async function find(
  { db, now, log }: DockDeps,
  { sn, sourceId }: SweptDock,
  { key, etag, sizeBytes }: Listed,
): Promise<void> {
  const read = readKey(key, sn);
  const at = now();
  const bad = dockFileReasons.bad_key;
  await db.$transaction(async (tx) => {
    const [file] = await tx.dockFile.createManyAndReturn({
      data: {
        sn,
        sourceId,
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
    if (typeof read === "string") {
      if (file === undefined) return;
      await noteInCustody(tx, file, "dock.file_set_aside", { state: "mismatch", reasonCode: "bad_key" });
      return log.warn({ sn, dockFileId: file.id }, "an object of a dock has a key against the rules");
    }
    await tx.dockFlight.upsert({
      where: { sn_flightId: { sn, flightId: read.flightId } },
      create: { sn, flightId: read.flightId, firstSeenAt: at, lastSeenAt: at },
      update: { lastSeenAt: at },
    });
  });
}

/** An object whose row is there: what was given up has come, or comes otherwise; what was taken or overwritten may have been written again. */
async function compare(deps: DockDeps, row: DockFileModel, object: Listed): Promise<void> {
  const { db, now } = deps;
  const as = comesBack(row, object.etag);
  if (as !== null) return db.$transaction((tx) => takeUp(tx, row, as === "as_new" ? object : null, now()));
  if (row.etag !== object.etag && mayLieBeside(row)) return noteLater(deps, row, object.etag);
  // the same bytes once more: removed once more
  if (row.state === "taken" && row.etag === object.etag)
    await db.dockFile.updateMany({ where: { id: row.id, removedAt: { not: null } }, data: { removedAt: null } });
}

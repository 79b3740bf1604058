import { buffer } from "node:stream/consumers";
import { type LoadedPicture, loadPictureFacts, lockObjects, lockSource } from "@mingcha/infra/retention";
import { renderPicture } from "@mingcha/infra/stills";
import { isDue, retentionOf, smallPictureRetention } from "@mingcha/models/retention";
import type { RetentionDeps } from "./retention-deps.ts";
import { type Deleted, lockClues, writeCertificate } from "./write-certificate.ts";

/** Wide enough to tell a stall from a lorry; a face or a plate of the original is a few pixels then (house rule). */
const smallWidthPx = 160;

/**
 * Marks those pictures of a source as deleted whose record is long closed and that nothing holds, each with its certificate. Of the wide view of an
 * act a small picture stays for a while (domain D.7). @returns how many.
 */
export async function deletePictures(deps: RetentionDeps, sourceId: string, ids: readonly string[]): Promise<number> {
  const now = deps.now();
  const small = await makeSmall(deps, ids);
  return deps.db.$transaction(
    async (tx) => {
      await lockSource(tx, sourceId);
      const pictures = await tx.evidence.findMany({
        where: { id: { in: [...ids] }, deletedAt: null },
        include: { flag: { select: { sourceId: true } } },
        orderBy: { capturedAt: "asc" },
      });
      const kept = [...small.values()].map(({ sha256 }) => sha256);
      await lockObjects(tx, [...pictures.map(({ sha256 }) => sha256), ...kept]);
      const before = await loadPictureFacts(tx, sourceId, pictures);
      await lockClues(
        tx,
        before.flatMap(({ clueIds }) => clueIds),
      );
      const due = (await loadPictureFacts(tx, sourceId, pictures))
        .map(({ picture, facts }) => ({ picture, retention: retentionOf(facts, deps.settings, now.getTime()) }))
        .filter(({ retention }) => isDue(retention, now.getTime()));
      for (const { picture } of due) {
        const made = small.get(picture.id);
        // another picture of the same bytes may have gone in between
        if (made !== undefined && (await deps.store.find(made.sha256)) === null) await deps.store.putBytes(made.bytes);
        await tx.evidence.update({
          where: { id: picture.id },
          data: { deletedAt: now, ...(made === undefined ? {} : { smallSha256: made.sha256 }) },
        });
      }
      for (const { picture, retention } of due)
        await writeCertificate(tx, deps, describe(picture, "picture", picture), retention);
      return due.length;
    },
    { timeout: 60_000 },
  );
}

/** The same for small pictures whose own time is over. */
export async function deleteSmallPictures(
  deps: RetentionDeps,
  sourceId: string,
  ids: readonly string[],
): Promise<number> {
  const now = deps.now();
  return deps.db.$transaction(
    async (tx) => {
      await lockSource(tx, sourceId);
      const pictures = await tx.evidence.findMany({
        where: { id: { in: [...ids] }, deletedAt: { not: null }, smallSha256: { not: null } },
        include: { flag: { select: { sourceId: true } } },
      });
      await lockObjects(
        tx,
        pictures.flatMap(({ smallSha256 }) => smallSha256 ?? []),
      );
      const before = await loadPictureFacts(tx, sourceId, pictures);
      await lockClues(
        tx,
        before.flatMap(({ clueIds }) => clueIds),
      );
      const due = (await loadPictureFacts(tx, sourceId, pictures))
        .map(({ picture, act, facts }) => ({
          picture,
          retention: smallPictureRetention(act, facts.legalHolds, deps.settings, now.getTime()),
        }))
        .filter(({ retention }) => isDue(retention, now.getTime()));
      for (const { picture } of due)
        await tx.evidence.update({ where: { id: picture.id }, data: { smallSha256: null } });
      for (const { picture, retention } of due) {
        const sha256 = picture.smallSha256 ?? "";
        const sizeBytes = (await deps.store.find(sha256))?.sizeBytes ?? 0;
        await writeCertificate(tx, deps, describe(picture, "small_picture", { sha256, sizeBytes }), retention);
      }
      return due.length;
    },
    { timeout: 60_000 },
  );
}

function describe(
  picture: LoadedPicture,
  kind: "picture" | "small_picture",
  { sha256, sizeBytes }: { sha256: string; sizeBytes: number },
): Deleted {
  return {
    kind,
    clipId: picture.clipId,
    evidenceId: picture.id,
    flagId: picture.flagId,
    sourceId: picture.flag.sourceId,
    name: picture.kind,
    sha256,
    sizeBytes: BigInt(sizeBytes),
    capturedFrom: picture.capturedAt,
    capturedTo: picture.capturedAt,
    receivedAt: picture.createdAt,
  };
}

type Small = { sha256: string; bytes: Buffer };

/** Small pictures of wide views, stored before anything is decided: one that is needed after all is bytes that nothing names. */
async function makeSmall({ db, store, log }: RetentionDeps, ids: readonly string[]): Promise<Map<string, Small>> {
  const wide = await db.evidence.findMany({ where: { id: { in: [...ids] }, kind: "wide", deletedAt: null } });
  const made = new Map<string, Small>();
  for (const { id, sha256 } of wide)
    try {
      const { bytes } = await renderPicture(
        await buffer(await store.read(sha256)),
        { zones: [] },
        undefined,
        smallWidthPx,
      );
      made.set(id, { sha256: (await store.putBytes(bytes)).sha256, bytes });
    } catch (error) {
      // a picture that cannot be read has no small one; its time is over all the same
      log.warn({ err: error, evidenceId: id }, "no small picture could be made");
    }
  return made;
}

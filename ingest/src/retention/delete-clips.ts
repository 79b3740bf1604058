import { loadClipFacts, lockObjects, lockSource } from "@mingcha/infra/retention";
import { isDue, retentionOf } from "@mingcha/models/retention";
import type { RetentionDeps } from "./retention-deps.ts";
import { lockClues, writeCertificate } from "./write-certificate.ts";

/** Analysed, or let go by a person after that had failed. */
const settled = {
  OR: [{ state: "DETECTED" as const }, { state: "QUARANTINED" as const, letGoAt: { not: null } }],
};

/**
 * Marks those clips of a source as deleted whose time is over and that nothing holds, each with its certificate, in one transaction. Everything is
 * asked again under the locks that a new flag, a decision and a hold take too: each of them comes before, and holds, or after, and finds it gone.
 * What a camera saw stays as numbers (looks, occupancy): figures rest on them and they show nobody. The flight's path goes with the film.
 * @returns how many.
 */
export async function deleteClips(deps: RetentionDeps, sourceId: string, ids: readonly string[]): Promise<number> {
  const now = deps.now();
  return deps.db.$transaction(
    async (tx) => {
      await lockSource(tx, sourceId);
      const clips = await tx.clip.findMany({
        where: { id: { in: [...ids] }, sourceId, deletedAt: null, ...settled },
        orderBy: { startedAt: "asc" },
      });
      await lockObjects(
        tx,
        clips.map(({ sha256 }) => sha256),
      );
      const before = await loadClipFacts(tx, sourceId, clips, now);
      await lockClues(
        tx,
        before.flatMap(({ clueIds }) => clueIds),
      );
      const judged = (await loadClipFacts(tx, sourceId, clips, now)).map(({ clip, facts }) => ({
        clip,
        retention: retentionOf(facts, deps.settings, now.getTime()),
      }));
      const due = judged.filter(({ retention }) => isDue(retention, now.getTime()));
      if (due.length === 0) return 0;
      const dueIds = due.map(({ clip }) => clip.id);
      const { count } = await tx.clip.updateMany({
        where: { id: { in: dueIds }, deletedAt: null, ...settled },
        data: { deletedAt: now },
      });
      if (count !== due.length) throw new Error("a clip changed while it was being deleted; the next turn asks again");
      await tx.telemetryPoint.deleteMany({ where: { clipId: { in: dueIds } } });
      for (const { clip, retention } of due)
        await writeCertificate(
          tx,
          deps,
          {
            kind: "clip",
            clipId: clip.id,
            sourceId,
            name: clip.fileName,
            sha256: clip.sha256,
            sizeBytes: clip.sizeBytes,
            capturedFrom: clip.startedAt,
            capturedTo: new Date(clip.startedAt.getTime() + clip.durationMs),
            receivedAt: clip.receivedAt,
          },
          retention,
        );
      return due.length;
    },
    { timeout: 60_000 },
  );
}

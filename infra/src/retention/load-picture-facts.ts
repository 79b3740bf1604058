import type { ActFacts, KeptFacts } from "@mingcha/models/retention";
import type { DatabaseOrTransaction, Prisma } from "../db/index.ts";
import { loadActsOf } from "./load-acts.ts";
import { loadHolds } from "./load-holds.ts";

export type LoadedPicture = Prisma.EvidenceGetPayload<{ include: { flag: { select: { sourceId: true } } } }>;

export interface PictureFacts {
  readonly picture: LoadedPicture;
  readonly facts: KeptFacts;
  readonly act: ActFacts;
  readonly clueIds: readonly string[];
}

/** Everything that says how long pictures cut from recordings of one source stay: the act they were cut of, and legal holds. */
export async function loadPictureFacts(
  tx: DatabaseOrTransaction,
  sourceId: string,
  pictures: readonly LoadedPicture[],
): Promise<PictureFacts[]> {
  const acts = await loadActsOf(tx, [...new Set(pictures.map(({ flagId }) => flagId))]);
  const holds = await loadHolds(
    tx,
    sourceId,
    acts.flatMap(({ clueIds }) => clueIds),
  );
  const clips = await tx.clip.findMany({
    where: { id: { in: [...new Set(pictures.map(({ clipId }) => clipId))] } },
    select: { id: true, startUncertaintyMs: true },
  });
  const uncertaintyOf = new Map(clips.map(({ id, startUncertaintyMs }) => [id, startUncertaintyMs]));
  return pictures.flatMap((picture) => {
    const act = acts.find(({ facts }) => facts.flagId === picture.flagId);
    if (act === undefined) return [];
    const atMs = picture.capturedAt.getTime();
    return {
      picture,
      act: act.facts,
      clueIds: act.clueIds,
      facts: {
        capturedToMs: atMs,
        receivedMs: picture.createdAt.getTime(),
        looked: "done",
        acts: [act.facts],
        samplesWaiting: [],
        legalHolds: holds.filter((hold) =>
          hold.covers({
            fromMs: atMs,
            toMs: atMs,
            uncertaintyMs: uncertaintyOf.get(picture.clipId) ?? 0,
            clueIds: act.clueIds,
          }),
        ),
      },
    };
  });
}

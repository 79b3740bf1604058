import { parseScene, type Scene } from "@mingcha/models/scene";
import type { DatabaseOrTransaction } from "../db/index.ts";

type Zone = Scene["zones"][number];

interface Moment {
  readonly sourceId: string;
  readonly capturedAt: Date;
  /** When the original came in: before it nobody can have been shown anything of it. */
  readonly receivedAt: Date;
}

/**
 * What a picture has to hide: the privacy zones of every scene version that was ever in force for its capture since its original came in.
 * A version entered later with an earlier start adds zones and takes none away: once private stays private (a house rule, the safer reading
 * of PIPL 34 and PSV 22). One that starts after the capture says nothing of it.
 */
export async function masksAt(
  db: DatabaseOrTransaction,
  { sourceId, capturedAt, receivedAt }: Moment,
): Promise<Zone[]> {
  const versions = await db.scene.findMany({
    where: { sourceId, validFrom: { lte: capturedAt } },
    orderBy: { version: "asc" },
  });
  const zones = inForceSince(versions, receivedAt).flatMap(({ document }) => {
    const parsed = parseScene(document);
    // never unmasked because of a scene that cannot be read
    if (parsed.kind === "bad") throw new Error(`scene of ${sourceId}: ${parsed.text.en}`);
    return parsed.scene.zones.filter(({ kind }) => kind === "privacy");
  });
  return [...new Map(zones.map((zone) => [JSON.stringify(zone.polygon), zone])).values()];
}

/** Versions that were in force for one capture at some time since `from`; `versions` all start before it, oldest version first. */
function inForceSince<Version extends { readonly validFrom: Date; readonly createdAt: Date }>(
  versions: readonly Version[],
  from: Date,
): Version[] {
  const found: Version[] = [];
  let current: Version | undefined;
  for (const version of versions) {
    // the latest start is in force, of two with one start the newer version
    if (current !== undefined && version.validFrom < current.validFrom) continue;
    if (version.createdAt <= from) found.length = 0;
    found.push(version);
    current = version;
  }
  return found;
}

import type { DrawsView } from "@mingcha/models/http";
import { localDay } from "@mingcha/models/profile";
import type { Deps } from "../deps.ts";
import { drawnValue, keyHash } from "./draw.ts";

/** Every draw of a day. Its key is shown once the day is over: before, it would tell what will be drawn. */
export async function listDraws({ db, profile, now }: Deps, day: string): Promise<DrawsView> {
  const [stored, rows] = await Promise.all([
    db.drawKey.findUnique({ where: { day } }),
    db.secondLook.findMany({ where: { day }, orderBy: [{ drawnAt: "asc" }, { id: "asc" }] }),
  ]);
  const isOver = day < localDay(now(), profile.timezone);
  return {
    day,
    keySha256: stored === null ? null : keyHash(stored.key),
    keyHex: stored === null || !isOver ? null : Buffer.from(stored.key).toString("hex"),
    formula: 'HMAC-SHA-256(key, "kind:clueId:round"); first 48 bits / 2^48 < rate',
    draws: rows.map(({ clueId, kind: stated, round, drawnAt, value, rate, drawn }) => {
      const kind = stated === "discard" ? "discard" : "merged";
      const again = stored === null ? null : drawnValue(stored.key, { kind, clueId, round });
      return {
        clueId,
        kind,
        round,
        at: drawnAt.toISOString(),
        value,
        rate,
        drawn,
        agrees: again === value && drawn === value < rate,
      };
    }),
  };
}

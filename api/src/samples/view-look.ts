import type { DatabaseOrTransaction } from "@mingcha/infra/db";
import type { SampleView } from "@mingcha/models/http";
import { parseScene, type Scene } from "@mingcha/models/scene";
import { findViolation } from "@mingcha/models/violations";

/** The scene in force at an instant; null: none that can be read. */
export async function sceneAt(db: DatabaseOrTransaction, sourceId: string, at: Date): Promise<Scene | null> {
  const row = await db.scene.findFirst({
    where: { sourceId, validFrom: { lte: at } },
    orderBy: [{ validFrom: "desc" }, { version: "desc" }],
  });
  const parsed = row === null ? undefined : parseScene(row.document);
  return parsed?.kind === "ok" ? parsed.scene : null;
}

/** What the rules of a scene look for, each violation with each of its zones once. */
export function optionsOf(scene: Pick<Scene, "rules">): SampleView["options"] {
  const options = new Map<string, SampleView["options"][number]>();
  for (const rule of scene.rules)
    for (const zoneId of rule.zones)
      options.set(`${rule.violation} ${zoneId}`, {
        violation: rule.violation,
        title: findViolation(rule.violation)?.title ?? { zh: rule.violation, en: rule.violation },
        zoneId,
      });
  return [...options.values()];
}

/** The zones that options name; where nothing is looked for is not drawn. */
export function zonesOf(scene: Scene, named: ReadonlySet<string>): SampleView["zones"] {
  return scene.zones
    .filter(({ id }) => named.has(id))
    .map(({ id, kind, polygon }) => ({ id, kind, polygon: polygon.map(([x, y]): [number, number] => [x, y]) }));
}

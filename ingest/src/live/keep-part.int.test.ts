import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { StreamPolicy } from "@mingcha/models/streams";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorld, findToolsForTest, type World } from "../testing/create-world.ts";
import { keepPart } from "./keep-part.ts";

const tools = await findToolsForTest();

describe.runIf(tools)("with little room on the disk", () => {
  let world: World;
  beforeAll(async () => {
    if (tools) world = await createWorld(tools);
    for (const id of ["skip", "keep"])
      await world.deps.db.source.create({ data: { id, name: id, kind: "fixed", place: "p" } });
  });
  afterAll(() => world?.close());

  const part = async (policy: StreamPolicy, name: string, lowFreeBytes: number) => {
    const file = join(world.data, `${name}.mp4`);
    writeFileSync(file, "part");
    const start = { atMs: Date.parse("2026-05-01T00:00:00Z"), method: "arrival", uncertaintyMs: 1_500, deviceMs: null };
    const sourceId = policy === "skip-stale" ? "skip" : "keep";
    const kept = await keepPart(
      { ...world.deps, lowFreeBytes },
      { sourceId, policy, run: "r" },
      { file, start: start as never, lengthMs: 10_000 },
    );
    return { kept, isThere: existsSync(file) };
  };

  test("a source that may leave out parts leaves them out, each counted with the cause; one that never drops keeps its own", async () => {
    const low = Number.MAX_SAFE_INTEGER;
    expect(await part("skip-stale", "a", low)).toEqual({ kept: "dropped", isThere: false });
    expect(await part("skip-stale", "b", low)).toEqual({ kept: "dropped", isThere: false });
    expect(await part("never-drop", "c", low)).toEqual({ kept: "kept", isThere: true });
    expect(await part("skip-stale", "d", 0)).toEqual({ kept: "kept", isThere: true });
    expect(await world.deps.db.streamDrop.findMany()).toMatchObject([
      { sourceId: "skip", cause: "low_disk", clips: 2, lengthMs: 20_000n },
    ]);
    expect(await world.deps.db.intake.count()).toBe(2);
  });
});

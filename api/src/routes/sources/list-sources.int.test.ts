import type { SourceView } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../../testing/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

test("a source says why its rules rest and since when, as of its newest state; one that works says nothing", async () => {
  await api.seedClue({ sourceId: "turned-cam" });
  await api.seedClue({ sourceId: "working-cam" });
  const { sceneId } = await api.deps.db.flag.findFirstOrThrow({ where: { sourceId: "turned-cam" } });
  const since = new Date("2026-11-20T02:00:00Z");
  const at = (minute: number) => new Date(since.getTime() + minute * 60_000);
  const state = (sourceId: string, minute: number, suspended: string | null) => ({
    sourceId,
    through: at(minute),
    sceneId,
    format: 1,
    state: {},
    suspended,
    suspendedSince: suspended === null ? null : since,
  });
  await api.deps.db.watchState.createMany({
    data: [
      state("turned-cam", 1, null),
      state("turned-cam", 3, "view_moved"),
      state("working-cam", 1, "low_visibility"),
      state("working-cam", 3, null),
    ],
  });
  const monitor = await api.signIn("monitor", ["monitor"]);
  const { items } = (await monitor.call("GET", "/api/sources")).json() as { items: SourceView[] };
  const of = (id: string) => items.find((item) => item.id === id)?.suspended;
  expect(of("turned-cam")).toEqual({ reason: "view_moved", since: since.toISOString() });
  expect(of("working-cam")).toBeNull();
});

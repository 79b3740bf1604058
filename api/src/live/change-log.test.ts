import { expect, test } from "vitest";
import { createChangeLog } from "./change-log.ts";

const change = (n: number) => ({ kind: "source", sourceId: `cam-${n}` }) as const;

test("a stream goes on with exactly what came after the last it was told", () => {
  const log = createChangeLog(() => "a");
  const [first] = [1, 2, 3].map((n) => log.add(change(n)));
  expect(log.since(first?.id ?? "")?.map(({ id }) => id)).toEqual(["a.2", "a.3"]);
  expect(log.since(log.lastId())).toEqual([]);
});

test("nothing is gone on from another process, after a gap, from what is no longer kept, or from nonsense", () => {
  let run = 0;
  const log = createChangeLog(() => `r${++run}`);
  const first = log.add(change(0));
  for (let n = 1; n <= 500; n++) log.add(change(n));
  expect(log.since(first.id)).toHaveLength(500);
  log.add(change(501));
  expect(log.since(first.id)).toBeNull();
  for (const id of ["", "other.3", "r1.9999", "r1.x", "r1"]) expect(log.since(id), id).toBeNull();
  const last = log.lastId();
  log.forget();
  expect(log.since(last)).toBeNull();
  expect(log.since(log.lastId())).toEqual([]);
});

import { setTimeout as sleep } from "node:timers/promises";
import type { ClockOffset } from "@mingcha/models/streams";
import { expect, test } from "vitest";
import type { Receiving } from "../live-kind.ts";
import { readPassing } from "./read-passing.ts";

const offset = (atMs: number): ClockOffset => ({ method: "rtcp", atMs, offsetMs: 1, uncertaintyMs: 1, scaleMs: 0 });
const connection = (heard: () => ClockOffset | null) => ({ clockOffset: heard }) as Receiving;
const never = new AbortController().signal;

test("what a person asks for is the device's next word, not its last", async () => {
  let heard = offset(1_000);
  const asking = readPassing(
    { receiving: () => connection(() => heard), newerThanMs: 2_000, isAwaited: true },
    "rtcp",
    never,
  );
  await sleep(300);
  heard = offset(2_500);
  expect(await asking).toEqual({ kind: "measured", offset: heard });
});

test("one that stays silent is not compared by what it said before; a stop ends the waiting", async () => {
  const receiving = () => connection(() => offset(1_000));
  const old = { receiving, newerThanMs: 2_000, isAwaited: false };
  expect(await readPassing(old, "rtcp", never)).toEqual({ kind: "failed", reason: "nothing_new" });
  const stopping = new AbortController();
  const waiting = readPassing({ ...old, isAwaited: true }, "rtcp", stopping.signal);
  stopping.abort();
  expect(await waiting).toMatchObject({ kind: "failed" });
  expect(await readPassing({ ...old, receiving: () => null }, "rtcp", never)).toMatchObject({
    reason: "not_connected",
  });
  expect(await readPassing(old, "http", never)).toMatchObject({ reason: "tells_nothing" });
});

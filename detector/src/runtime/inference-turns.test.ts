import { expect, test } from "vitest";
import { createTurns } from "./inference-turns.ts";

/** Takes a turn and notes when it came. */
function taker(turns: ReturnType<typeof createTurns>) {
  const came: string[] = [];
  const releases = new Map<string, () => void>();
  return {
    came,
    ask: (name: string, isSuspect = false) => {
      void turns.take(isSuspect).then((release) => {
        came.push(name);
        releases.set(name, release);
      });
    },
    release: (name: string) => releases.get(name)?.(),
    settle: () => new Promise(setImmediate),
  };
}

test("so many at once, the others in the order they came", async () => {
  const turns = createTurns(2);
  const { ask, came, release, settle } = taker(turns);
  for (const name of ["a", "b", "c", "d"]) ask(name);
  await settle();
  expect(came).toEqual(["a", "b"]);
  release("b");
  release("b");
  await settle();
  expect(came).toEqual(["a", "b", "c"]);
  expect(turns.inHand()).toBe(2);
});

test("while one is suspected only one at a time, suspects first, until each has had its turn alone", async () => {
  const turns = createTurns(3);
  const { ask, came, release, settle } = taker(turns);
  for (const name of ["a", "b"]) ask(name);
  await settle();
  turns.suspect(1);
  turns.suspect(1);
  release("a");
  release("b");
  ask("c");
  ask("a again", true);
  ask("b again", true);
  await settle();
  expect(came.slice(2)).toEqual(["c"]);
  release("c");
  await settle();
  expect(came.slice(3)).toEqual(["a again"]);
  release("a again");
  turns.suspect(-1);
  await settle();
  expect(came.slice(4)).toEqual(["b again"]);
});

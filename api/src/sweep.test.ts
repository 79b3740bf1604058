import { expect, test } from "vitest";
import { sweepOnce } from "./sweep.ts";

test("a step that fails is named in the log and does not keep later steps from being taken", async () => {
  const taken: string[] = [];
  const failed: unknown[] = [];
  const step = (name: string, fails = false) => ({
    name,
    run: async () => {
      if (fails) throw new Error("database away");
      taken.push(name);
    },
  });
  await sweepOnce([step("first"), step("second", true), step("third")], {
    error: (fields: unknown) => void failed.push(fields),
  });
  expect(taken).toEqual(["first", "third"]);
  expect(failed).toMatchObject([{ step: "second" }]);
});

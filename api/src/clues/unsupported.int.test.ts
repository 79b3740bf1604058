import { unsupportedText } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

test("a record whose act later footage does not bear out tells its reviewer so; its facts stay as they were", async () => {
  const reviewer = await api.signIn("reviewer", ["technical_reviewer"]);
  const id = await api.seedClue();
  const view = async () => (await reviewer.call("GET", `/api/clues/${id}`)).json<ClueDetail>();
  const before = await view();
  expect(before.flag.unsupported).toBeNull();
  const flag = { where: { id: before.flag.id }, data: { unsupportedAt: new Date() } };
  await api.deps.db.flag.update(flag);
  expect(await view()).toMatchObject({
    flag: { ...before.flag, unsupported: unsupportedText },
    from: before.from,
    to: before.to,
    dwellS: before.dwellS,
  });
});

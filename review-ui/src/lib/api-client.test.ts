import { okSchema } from "@mingcha/models/http";
import { afterEach, expect, test, vi } from "vitest";
import { getJson, sendJson } from "./api-client.ts";
import type { ApiError } from "./api-error.ts";

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown) {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => Response.json(body, { status }));
  vi.stubGlobal("fetch", fetch);
  return fetch;
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error as ApiError,
  );

test("every changing request carries the header, a reading one does not", async () => {
  const fetch = answer(200, { ok: true });
  await sendJson("POST", "/api/x", okSchema, { a: 1 });
  await sendJson("DELETE", "/api/x", okSchema);
  await getJson("/api/x", okSchema);
  const headers = fetch.mock.calls.map(([, init]) => (init.headers as Record<string, string>)["x-mingcha"]);
  expect(headers).toEqual(["1", "1", undefined]);
});

test("empty query values are left out", async () => {
  const fetch = answer(200, { ok: true });
  await getJson("/api/x", okSchema, { q: "", state: "A,B", cursor: undefined });
  expect(fetch.mock.calls[0]?.[0]).toBe("/api/x?state=A%2CB");
});

test("the server's own sentence reaches the person", async () => {
  answer(422, { code: "GUARD_REFUSED", zh: "不可以", en: "No", requestId: "r-1" });
  const error = await failureOf(getJson("/api/x", okSchema));
  expect(error).toMatchObject({ kind: "server", status: 422, code: "GUARD_REFUSED", zh: "不可以", requestId: "r-1" });
});

test("an answer outside the contract is an error, not a page full of holes", async () => {
  answer(200, { ok: "yes" });
  expect((await failureOf(getJson("/api/x", okSchema)))?.kind).toBe("contract");
});

test("no answer at all says so", async () => {
  vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("network")));
  expect((await failureOf(getJson("/api/x", okSchema)))?.kind).toBe("offline");
});

import { conflictingDuties, dutyCodes } from "@mingcha/models";
import fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoPeople } from "./people/seed-demo.ts";
import { registerAccess } from "./plugins/access.ts";
import { createTestApi, type TestApi } from "./testing/test-api.ts";

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

type Operation = { "x-access"?: "anyone" | "signed_in" | string[]; parameters?: { name: string; in: string }[] };
const sampleId = "00000000-0000-4000-8000-000000000000";

function operations(): { method: string; url: string; access: NonNullable<Operation["x-access"]> }[] {
  const document = api.app.swagger() as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      url: path.replaceAll(/\{\w+\}/g, sampleId),
      access: operation["x-access"] ?? ("undeclared" as never),
    })),
  );
}

test("every route declares who may call it", () => {
  const all = operations();
  expect(all.length).toBeGreaterThan(15);
  expect(all.filter(({ access }) => (access as string) === "undeclared")).toEqual([]);
});

test("a route that does not say who may call it keeps the server from starting", () => {
  const bare = fastify() as unknown as TestApi["app"];
  registerAccess(bare, api.deps);
  expect(() => bare.get("/api/undeclared", async () => "")).toThrow(/does not say who may call it/);
});

test("every route refuses callers without a session, and every duty that is not named", async () => {
  const callers = await Promise.all(
    dutyCodes.map(async (duty) => ({ duty, ...(await api.signIn(`role-${duty}`, [duty])) })),
  );
  const wrong: string[] = [];
  for (const { method, url, access } of operations()) {
    if (access === "anyone") continue;
    const stranger = await api.app.inject({ method: method as "GET", url, headers: { "x-mingcha": "1" } });
    if (stranger.statusCode !== 401) wrong.push(`${method} ${url} answered a stranger with ${stranger.statusCode}`);
    for (const caller of callers) {
      const { statusCode } = await caller.call(
        method as "GET",
        url,
        method === "GET" || method === "DELETE" ? undefined : {},
      );
      const allowed = access === "signed_in" || access.includes(caller.duty);
      if (allowed === (statusCode === 403)) wrong.push(`${method} ${url} answered ${caller.duty} with ${statusCode}`);
      if (statusCode >= 500) wrong.push(`${method} ${url} broke for ${caller.duty}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("a changing request from another site, or without our own header, is refused", async () => {
  const person = await api.signIn("csrf", ["monitor"]);
  const cookies = { mingcha_sid: person.token };
  const body = { method: "POST" as const, url: "/api/sources", cookies, payload: { scene: {} } };
  expect((await api.app.inject(body)).json()).toMatchObject({ code: "WRONG_ORIGIN" });
  expect(
    (await api.app.inject({ ...body, headers: { "x-mingcha": "1", origin: "https://elsewhere.example" } })).json(),
  ).toMatchObject({ code: "WRONG_ORIGIN" });
});

test("signing in works with the right password only, and a closed session stays closed", async () => {
  await api.signIn("someone", ["monitor"]);
  const signIn = (password: string) =>
    api.app.inject({
      method: "POST",
      url: "/api/session",
      headers: { "x-mingcha": "1" },
      payload: { login: "someone", password },
    });
  expect((await signIn("wrong")).json()).toMatchObject({ code: "WRONG_LOGIN" });
  const good = await signIn("test password");
  expect(good.statusCode).toBe(200);
  const cookie = good.cookies.find((item) => item.name === "mingcha_sid");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const cookies = { mingcha_sid: cookie?.value ?? "" };
  expect((await api.app.inject({ url: "/api/status", cookies })).statusCode).toBe(200);
  await api.app.inject({ method: "DELETE", url: "/api/session", cookies, headers: { "x-mingcha": "1" } });
  expect((await api.app.inject({ url: "/api/status", cookies })).statusCode).toBe(401);
});

test("a disabled person is out at once", async () => {
  const person = await api.signIn("leaver", ["monitor"]);
  expect((await person.call("GET", "/api/status")).statusCode).toBe(200);
  await api.deps.db.person.update({ where: { id: person.person.id }, data: { disabledAt: new Date() } });
  expect((await person.call("GET", "/api/status")).statusCode).toBe(401);
});

test("no demo account unites duties that the law keeps apart", () => {
  for (const person of demoPeople) expect(conflictingDuties(person.duties), person.login).toEqual([]);
});

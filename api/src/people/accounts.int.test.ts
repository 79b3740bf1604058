import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApi, type TestApi } from "../testing/test-api.ts";

type Caller = Awaited<ReturnType<TestApi["signIn"]>>;
let api: TestApi;
let admin: Caller;
let auditor: Caller;

beforeAll(async () => {
  api = await createTestApi();
  admin = await api.signIn("admin", ["administrator"]);
  auditor = await api.signIn("auditor", ["auditor"]);
});
afterAll(() => api.close());

const post = (url: string, payload: object, token = "") =>
  api.app.inject({
    method: "POST",
    url,
    headers: { "x-mingcha": "1" },
    cookies: { mingcha_sid: token },
    payload,
  });
const signIn = (login: string, password: string) => post("/api/session", { login, password });
const tokenOf = (answer: Awaited<ReturnType<typeof signIn>>) => answer.cookies[0]?.value ?? "";
const accountOf = async (id: string) =>
  (await admin.call("GET", "/api/people/accounts")).json().items.find((item: { id: string }) => item.id === id);
const newAccount = (login: string, over: object = {}) =>
  admin.call("POST", "/api/people", {
    login,
    name: "新审核员",
    duties: ["technical_reviewer"],
    certificate: { number: "沪-0001", validFrom: "2026-01-01", validTo: "2099-12-31" },
    ...over,
  });
const ownPassword = "four quiet street lamps";

test("an account comes with a password that is shown once, opens nothing but its own change, and is no use afterwards", async () => {
  const created = await newAccount("fresh");
  expect(created.statusCode).toBe(200);
  const { id, password } = created.json();
  expect(password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
  expect(JSON.stringify(await accountOf(id))).not.toContain(password);

  const first = await signIn("fresh", password);
  expect(first.json()).toMatchObject({ mustChangePassword: true, person: { login: "fresh" } });
  const token = tokenOf(first);
  const cookies = { mingcha_sid: token };
  expect((await api.app.inject({ url: "/api/clues", cookies })).json()).toMatchObject({
    code: "PASSWORD_CHANGE_NEEDED",
  });
  const change = (current: string, next: string) => post("/api/session/password", { current, next }, token);
  for (const bad of [password, "fresh fresh fresh", "aaaaaaaaaaaaaaaa"])
    expect((await change(password, bad)).json(), bad).toMatchObject({ code: "WEAK_PASSWORD" });
  expect((await change("not the one", ownPassword)).json()).toMatchObject({ code: "WRONG_PASSWORD" });
  expect((await change(password, ownPassword)).statusCode).toBe(200);
  expect((await api.app.inject({ url: "/api/clues", cookies })).statusCode).toBe(200);
  expect((await signIn("fresh", password)).json()).toMatchObject({ code: "WRONG_LOGIN" });
  expect((await signIn("fresh", ownPassword)).json()).toMatchObject({ mustChangePassword: false });
});

test("a password that was reset ends every session and must be changed again", async () => {
  const { id, password } = (await newAccount("forgetful")).json();
  const token = tokenOf(await signIn("forgetful", password));
  await post("/api/session/password", { current: password, next: ownPassword }, token);
  const reset = await admin.call("POST", `/api/people/${id}/password`);
  expect(reset.json()).toMatchObject({ login: "forgetful" });
  expect((await api.app.inject({ url: "/api/status", cookies: { mingcha_sid: token } })).statusCode).toBe(401);
  expect((await signIn("forgetful", ownPassword)).statusCode).toBe(401);
  expect((await signIn("forgetful", reset.json().password)).json()).toMatchObject({ mustChangePassword: true });
});

test("duties that the law keeps apart are never united, with the sentence that says which", async () => {
  const mixed = await newAccount("mixed", { duties: ["administrator", "legal_reviewer"] });
  expect(mixed.json()).toMatchObject({ code: "BAD_INPUT" });
  expect(mixed.json().zh).toContain("系统管理员与法制审核员不得由同一人担任");
  const { id } = (await newAccount("single")).json();
  const later = await admin.call("PATCH", `/api/people/${id}`, {
    version: 1,
    duties: ["technical_reviewer", "pilot"],
  });
  expect(later.json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await accountOf(id)).duties).toEqual(["technical_reviewer"]);
});

test("a login exists once, and a district only if the profile has it", async () => {
  expect((await newAccount("twice")).statusCode).toBe(200);
  expect((await newAccount("twice")).json()).toMatchObject({ code: "BAD_INPUT" });
  const nowhere = await newAccount("nowhere", { districts: ["nowhere"] });
  expect(nowhere.json()).toMatchObject({ code: "BAD_INPUT" });
  expect(nowhere.json().zh).toContain("陆家嘴街道");
});

test("disabling an account ends its sessions at once; a page drawn before another change is refused", async () => {
  const leaver = await api.signIn("leaver", ["monitor"]);
  const { id } = leaver.person;
  expect((await leaver.call("GET", "/api/status")).statusCode).toBe(200);
  expect((await admin.call("PATCH", `/api/people/${id}`, { version: 1, disabled: true })).statusCode).toBe(200);
  expect((await leaver.call("GET", "/api/status")).statusCode).toBe(401);
  expect((await signIn("leaver", "test password")).json()).toMatchObject({ code: "WRONG_LOGIN" });
  const stale = await admin.call("PATCH", `/api/people/${id}`, { version: 1, name: "别名" });
  expect([stale.statusCode, stale.json().code]).toEqual([409, "STALE"]);
  expect((await admin.call("PATCH", `/api/people/${id}`, { version: 2, disabled: false })).statusCode).toBe(200);
  expect((await signIn("leaver", "test password")).statusCode).toBe(200);
});

test("an administrator changes nothing of what the own account may do, and only the own name", async () => {
  const { id } = admin.person;
  const change = (body: object) => admin.call("PATCH", `/api/people/${id}`, { version: 1, ...body });
  for (const body of [{ duties: ["administrator", "monitor"] }, { districts: ["huamu"] }, { disabled: true }])
    expect((await change(body)).json()).toMatchObject({ code: "OWN_ACCOUNT" });
  expect((await admin.call("POST", `/api/people/${id}/password`)).json()).toMatchObject({ code: "OWN_ACCOUNT" });
  const certificate = { number: "x", validFrom: "2026-01-01", validTo: "2027-01-01" };
  expect((await admin.call("POST", `/api/people/${id}/certificates`, certificate)).json()).toMatchObject({
    code: "OWN_ACCOUNT",
  });
  expect((await change({ name: "管理员甲" })).statusCode).toBe(200);
});

test("two administrators who disable one another at once leave one", async () => {
  const lone = await createTestApi();
  try {
    const [one, two] = [await lone.signIn("one", ["administrator"]), await lone.signIn("two", ["administrator"])];
    const answers = await Promise.all([
      one.call("PATCH", `/api/people/${two.person.id}`, { version: 1, disabled: true }),
      two.call("PATCH", `/api/people/${one.person.id}`, { version: 1, disabled: true }),
    ]);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1);
    expect(await lone.deps.db.person.count({ where: { disabledAt: null } })).toBe(1);
  } finally {
    await lone.close();
  }
});

test("certificates are a history: the newest term counts, a wrong entry is withdrawn with a reason and stays to be seen", async () => {
  const { id } = (await newAccount("certified", { certificate: undefined })).json();
  expect((await accountOf(id)).qualification).toEqual({ state: "none", until: null });
  const add = (validFrom: string, validTo: string) =>
    admin.call("POST", `/api/people/${id}/certificates`, { number: "沪-77", validFrom, validTo });
  expect((await add("2027-01-01", "2026-01-01")).json()).toMatchObject({ code: "BAD_INPUT" });
  await add("2020-01-01", "2022-12-31");
  expect((await accountOf(id)).qualification.state).toBe("lapsed");
  const entered = (await add("2023-01-01", "2099-12-31")).json().id;
  expect((await accountOf(id)).qualification).toEqual({ state: "valid", until: "2099-12-31" });
  const withdraw = (reason: string) =>
    admin.call("POST", `/api/people/${id}/certificates/${entered}/withdraw`, { reason });
  expect((await withdraw(" ")).json()).toMatchObject({ code: "BAD_INPUT" });
  expect((await withdraw("号码录错")).statusCode).toBe(200);
  expect((await withdraw("号码录错")).json()).toMatchObject({ code: "STALE" });
  const account = await accountOf(id);
  expect(account.qualification.state).toBe("lapsed");
  expect(account.certificates).toHaveLength(2);
  expect(account.certificates[0].withdrawn).toMatchObject({ by: "管理员甲", reason: "号码录错" });
  await expect(
    api.deps.db.certificate.update({ where: { id: entered }, data: { validTo: new Date("2030-01-01") } }),
  ).rejects.toThrow(/only be withdrawn/);
  await expect(api.deps.db.certificate.delete({ where: { id: entered } })).rejects.toThrow(/append-only/);
});

test("every change of an account is in the custody log, without passwords, names or numbers", async () => {
  const { id, password } = (await newAccount("logged")).json();
  await admin.call("PATCH", `/api/people/${id}`, { version: 1, districts: ["huamu"], name: "改名者" });
  await admin.call("POST", `/api/people/${id}/certificates`, {
    number: "沪-4711",
    validFrom: "2026-01-01",
    validTo: "2027-01-01",
  });
  await admin.call("POST", `/api/people/${id}/password`);
  await admin.call("PATCH", `/api/people/${id}`, { version: 3, disabled: true });
  const { items } = (await auditor.call("GET", `/api/custody?subject=person:${id}`)).json();
  expect(items.map(({ action }: { action: string }) => action).sort()).toEqual([
    "certificate.entered",
    "person.changed",
    "person.created",
    "person.disabled",
    "person.password_reset",
  ]);
  const rows = await api.deps.db.custody.findMany({ where: { subject: `person:${id}` } });
  const text = rows.map(({ body }) => Buffer.from(body).toString("utf8")).join();
  for (const secret of [password, "新审核员", "改名者", "沪-4711"]) expect(text).not.toContain(secret);
  expect((await auditor.call("POST", "/api/custody/check")).json()).toMatchObject({ intact: true });
});

test("a person sees the own sessions and ends the others, and nobody else's", async () => {
  const mine = await api.signIn("two-desks", ["monitor"]);
  const other = tokenOf(await signIn("two-desks", "test password"));
  const { items } = (await mine.call("GET", "/api/sessions")).json();
  expect(items.map(({ current }: { current: boolean }) => current).sort()).toEqual([false, true]);
  expect((await mine.call("DELETE", "/api/sessions/others")).json()).toEqual({ ended: 1 });
  expect((await api.app.inject({ url: "/api/status", cookies: { mingcha_sid: other } })).statusCode).toBe(401);
  expect((await mine.call("GET", "/api/status")).statusCode).toBe(200);
  expect((await admin.call("GET", "/api/status")).statusCode).toBe(200);
});

import type { PersonView } from "@mingcha/models/http";
import { okSchema } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { StepUpDialog } from "../app/step-up-dialog.tsx";
import { startI18n } from "../i18n/i18n.ts";
import { setupDom } from "../testing/setup-dom.ts";
import { sendJson } from "./api-client.ts";
import type { ApiError } from "./api-error.ts";

vi.setConfig({ testTimeout: 60_000 });

const person: PersonView = {
  id: "00000000-0000-4000-8000-000000000001",
  login: "li",
  name: "李技审",
  badgeNo: null,
  duties: ["technical_reviewer"],
  districts: [],
};
const refusal = (code: string, status: number, zh: string) =>
  Response.json({ code, zh, en: code, requestId: "r" }, { status });
/** Whether the window is open on the server, and what was sent, in order. */
let open: boolean;
let sent: { path: string; body: unknown }[];

beforeEach(() => {
  setupDom();
  startI18n();
  open = false;
  sent = [];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const body = init.body === undefined ? undefined : JSON.parse(String(init.body));
    sent.push({ path, body });
    if (path !== "/api/session/step-up")
      return open ? Response.json({ ok: true }) : refusal("STEP_UP_NEEDED", 403, "须确认");
    if (body.password === "gone") return refusal("NOT_SIGNED_IN", 401, "未登录");
    if (body.password !== "right") return refusal("WRONG_PASSWORD", 403, "密码不正确。还可以再试 4 次");
    open = true;
    return Response.json({ until: "2026-11-28T08:00:00.000Z" });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <StepUpDialog person={person} />
      </App>
    </QueryClientProvider>,
  );
const verdict = { event: "tech_pass", version: 3, note: "写好的话" };
const field = () => screen.findByLabelText("密码") as Promise<HTMLInputElement>;
const type = async (password: string) => {
  const input = await field();
  fireEvent.change(input, { target: { value: password } });
  const form = input.closest("form");
  if (form) fireEvent.submit(form);
};

test("a refused step is asked for once and then sent again as it was, by Enter alone", async () => {
  show();
  const result = sendJson("POST", "/api/clues/1/events", okSchema, verdict);
  await type("right");
  expect(await result).toEqual({ ok: true });
  expect(sent.map(({ path }) => path)).toEqual(["/api/clues/1/events", "/api/session/step-up", "/api/clues/1/events"]);
  expect(sent[2]?.body).toEqual(sent[0]?.body);
  await waitFor(() => expect(screen.queryByLabelText("密码")).toBeNull());
});

test("a wrong password leaves the question open, with the server's sentence and the field empty", async () => {
  show();
  const result = sendJson("POST", "/api/clues/1/events", okSchema, verdict);
  await type("wrong");
  await screen.findByText("密码不正确。还可以再试 4 次");
  await waitFor(async () => expect((await field()).value).toBe(""));
  await type("right");
  expect(await result).toEqual({ ok: true });
});

test("whoever cancels gets the refusal, and nothing is sent again", async () => {
  show();
  const failure = sendJson("POST", "/api/clues/1/events", okSchema, verdict).catch((error: ApiError) => error.code);
  await field();
  fireEvent.click(screen.getByRole("button", { name: /取 ?消|Cancel/ }));
  expect(await failure).toBe("STEP_UP_NEEDED");
  expect(sent).toHaveLength(1);
});

test("a session that ended over it ends the question too", async () => {
  show();
  const failure = sendJson("POST", "/api/clues/1/events", okSchema, verdict).catch((error: ApiError) => error.code);
  await type("gone");
  expect(await failure).toBe("STEP_UP_NEEDED");
});

test("two requests that wait at once are answered by one question", async () => {
  show();
  const both = Promise.all([
    sendJson("POST", "/api/clues/1/events", okSchema, verdict),
    sendJson("POST", "/api/clues/2/events", okSchema, verdict),
  ]);
  await type("right");
  expect(await both).toEqual([{ ok: true }, { ok: true }]);
  expect(sent.filter(({ path }) => path === "/api/session/step-up")).toHaveLength(1);
});

test("a question that disappears with its page lets nobody wait for ever", async () => {
  const { unmount } = show();
  const failure = sendJson("POST", "/api/clues/1/events", okSchema, verdict).catch((error: ApiError) => error.code);
  await field();
  unmount();
  expect(await failure).toBe("STEP_UP_NEEDED");
});

test("other refusals ask nobody for a password", async () => {
  show();
  vi.stubGlobal("fetch", async () => refusal("GUARD_REFUSED", 422, "不可以"));
  expect(await sendJson("POST", "/api/x", okSchema).catch((error: ApiError) => error.code)).toBe("GUARD_REFUSED");
  expect(screen.queryByLabelText("密码")).toBeNull();
});

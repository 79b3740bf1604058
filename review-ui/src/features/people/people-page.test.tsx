import type { AccountView, PersonView, RecusalView } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { PersonProvider } from "../../session/person.tsx";
import { setupDom } from "../../testing/setup-dom.ts";
import { everyAccount, filterAccounts, needsCertificate } from "./account-filter.ts";
import { PeoplePage } from "./people-page.tsx";

vi.setConfig({ testTimeout: 60_000 });

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const account = (n: number, over: Partial<AccountView> = {}): AccountView => ({
  id: id(n),
  login: `login${n}`,
  name: `人员${n}`,
  badgeNo: null,
  duties: ["technical_reviewer"],
  districts: [],
  version: 4,
  demo: false,
  disabledAt: null,
  mustChangePassword: false,
  createdAt: "2026-11-01T00:00:00.000Z",
  lastSeenAt: null,
  certificates: [],
  qualification: { state: "valid", until: "2027-12-31" },
  ...over,
});
const admin: PersonView = {
  id: id(1),
  login: "admin",
  name: "管理员",
  badgeNo: null,
  duties: ["administrator"],
  districts: [],
};
const recusal: RecusalView = {
  id: id(50),
  person: { id: id(2), name: "李技审" },
  clueId: id(60),
  place: "示例路12号",
  kind: "requested",
  reasonCode: "relative",
  note: "表亲",
  createdBy: "郑承办",
  createdAt: "2026-11-20T02:00:00.000Z",
  binds: false,
  decisions: [],
  mayDecide: true,
};

let items: AccountView[];
let recusals: RecusalView[];
let answers: Record<string, () => Response>;
const sent: { method: string; path: string; body: unknown }[] = [];

beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  recusals = [];
  answers = {};
  items = [
    account(1, {
      login: "admin",
      name: "管理员",
      duties: ["administrator"],
      qualification: { state: "none", until: null },
    }),
    account(2, {
      name: "李技审",
      districts: ["huamu"],
      qualification: { state: "expiring", until: "2026-12-15" },
      certificates: [
        {
          id: id(70),
          kind: "enforcement",
          number: "沪-1",
          validFrom: "2024-01-01",
          validTo: "2026-12-15",
          createdBy: "管理员",
          createdAt: "2026-01-01T00:00:00.000Z",
          withdrawn: null,
        },
      ],
    }),
    account(3, { name: "周法审", duties: ["legal_reviewer"], disabledAt: "2026-11-02T00:00:00.000Z" }),
  ];
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    const method = init.method ?? "GET";
    if (method === "GET") {
      if (path.startsWith("/api/people/accounts")) return Response.json({ items });
      if (path.startsWith("/api/recusals")) return Response.json({ items: recusals });
      if (path.startsWith("/api/sources")) return Response.json({ items: [] });
      const districts = [
        { id: "huamu", name: { zh: "花木街道", en: "Huamu" } },
        { id: "lujiazui", name: { zh: "陆家嘴街道", en: "Lujiazui" } },
      ];
      const bureau = { id: "pudong", nameZh: "局", nameEn: "Bureau", demo: true, districts };
      return Response.json({ person: admin, mustChangePassword: false, bureau });
    }
    sent.push({ method, path, body: init.body === undefined ? undefined : JSON.parse(String(init.body)) });
    return answers[`${method} ${path}`]?.() ?? Response.json({ ok: true });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const openPage = (person = admin, path = "/people") =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <PersonProvider value={person}>
          <MemoryRouter initialEntries={[path]}>
            <PeoplePage />
          </MemoryRouter>
        </PersonProvider>
      </App>
    </QueryClientProvider>,
  );

test("people are listed with duties, districts and how long their certificate lasts; those about to end are counted", async () => {
  openPage();
  const row = within(await screen.findByRole("button", { name: /李技审/ }));
  expect(row.getByText("技术审核员")).toBeTruthy();
  await row.findByText("花木街道");
  expect(row.getByText(/将到期 至 2026-12-15/)).toBeTruthy();
  expect(screen.getByText("执法证将到期 1")).toBeTruthy();
  fireEvent.click(screen.getByText("已停用 1"));
  await waitFor(() => expect(screen.queryByRole("button", { name: /李技审/ })).toBeNull());
  expect(screen.getByRole("button", { name: /周法审/ })).toBeTruthy();
});

test("an account needs a certificate only where its duties do, and not once it is disabled", () => {
  expect(items.map(needsCertificate)).toEqual([false, true, false]);
  const here = filterAccounts(items, { ...everyAccount, district: "lujiazui" }).map(({ name }) => name);
  expect(here).toEqual(["管理员", "周法审"]);
});

test("only what was changed is sent, with the version the page was drawn from", async () => {
  openPage(admin, `/people?id=${id(2)}`);
  fireEvent.click(await screen.findByRole("checkbox", { name: "陆家嘴街道" }));
  fireEvent.click(screen.getByRole("button", { name: "保 存" }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    method: "PATCH",
    path: `/api/people/${id(2)}`,
    body: { version: 4, districts: ["huamu", "lujiazui"] },
  });
});

test("duties that may not go together cannot be ticked and say with which", async () => {
  openPage(admin, `/people?id=${id(2)}`);
  const administrator = await screen.findByRole("checkbox", { name: "系统管理员" });
  expect(administrator).toHaveProperty("disabled", true);
  expect(administrator.closest("span[title]")?.getAttribute("title")).toContain("技术审核员");
});

test("the own account offers nothing of what it may do", async () => {
  openPage(admin, `/people?id=${id(1)}`);
  await screen.findByText(/这是您本人的账号/);
  expect(screen.getByRole("checkbox", { name: "监控中心值班员" })).toHaveProperty("disabled", true);
  expect(screen.getByRole("button", { name: "停用账号" })).toHaveProperty("disabled", true);
  expect(screen.queryByRole("button", { name: "登记证件" })).toBeNull();
});

test("a new account shows its password once, until it is noted", async () => {
  answers["POST /api/people"] = () => Response.json({ id: id(9), login: "new.tech", password: "k7mp-x3rt-aa22-bb33" });
  openPage();
  fireEvent.click(await screen.findByRole("button", { name: /新建账号/ }));
  const dialog = within(await screen.findByRole("dialog"));
  const submit = dialog.getByRole("button", { name: "新建账号" });
  fireEvent.change(dialog.getByLabelText("用户名"), { target: { value: "new.tech" } });
  fireEvent.change(dialog.getByLabelText("姓名"), { target: { value: "新人" } });
  expect(submit).toHaveProperty("disabled", true);
  fireEvent.click(dialog.getByRole("checkbox", { name: "技术审核员" }));
  fireEvent.click(dialog.getByRole("checkbox", { name: "花木街道" }));
  fireEvent.click(submit);
  await screen.findByText("k7mp-x3rt-aa22-bb33");
  expect(sent[0]?.body).toEqual({
    login: "new.tech",
    name: "新人",
    duties: ["technical_reviewer"],
    districts: ["huamu"],
  });
  fireEvent.click(screen.getByRole("button", { name: "已记下，关闭" }));
  await waitFor(() => expect(screen.queryByText("k7mp-x3rt-aa22-bb33")).toBeNull());
});

test("a refusal of the server is shown in its own words", async () => {
  answers[`PATCH /api/people/${id(2)}`] = () =>
    Response.json({ code: "STALE", zh: "该记录已被他人处理。", en: "Stale", requestId: "r" }, { status: 409 });
  openPage(admin, `/people?id=${id(2)}`);
  fireEvent.change(await screen.findByLabelText("姓名"), { target: { value: "改名" } });
  fireEvent.click(screen.getByRole("button", { name: "保 存" }));
  await screen.findByText("该记录已被他人处理。");
});

test("the head sees what is to be decided, and a recusal that is not needed is refused with words only", async () => {
  recusals = [recusal];
  const head: PersonView = { ...admin, id: id(8), duties: ["head"] };
  openPage(head);
  fireEvent.click((await screen.findAllByRole("button", { name: "决 定" }))[0] as HTMLElement);
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.click(dialog.getByLabelText("不必回避"));
  const decide = dialog.getByRole("button", { name: "决 定" });
  expect(decide).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/说明/), { target: { value: "远亲，无往来" } });
  fireEvent.click(decide);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: `/api/recusals/${recusal.id}/decision`,
    body: { result: "refused", decided: 0, note: "远亲，无往来" },
  });
});

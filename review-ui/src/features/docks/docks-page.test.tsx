import { dockFileStateCodes } from "@mingcha/models/dock";
import type { DockClaims, DockDetail, DockFileView, DocksView, PersonView } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { PersonProvider } from "../../session/person.tsx";
import { setupDom } from "../../testing/setup-dom.ts";
import { DocksPage } from "./docks-page.tsx";

const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
const at = "2026-11-28T02:31:00.000Z";
const sn = "7CTDM3A00B1234";
const counts = (more: Partial<DockDetail["files"]>): DockDetail["files"] => ({
  ...(Object.fromEntries(dockFileStateCodes.map((state) => [state, 0])) as DockDetail["files"]),
  ...more,
});
const file = (nth: number, more: Partial<DockFileView>): DockFileView => ({
  id: id(nth),
  name: `DJI_000${nth}.mp4`,
  source: { id: "drone-1", name: "一号无人机", district: "lujiazui" },
  version: 1,
  state: "taken",
  stateAt: at,
  reason: null,
  foundBy: "notice",
  foundAt: at,
  notices: 1,
  sizeBytes: 48_000_000,
  sha256: null,
  isPositioning: false,
  isDuplicate: false,
  flightId: null,
  checks: [],
  hasClaims: false,
  awaits: false,
  admissible: null,
  admitted: null,
  closed: null,
  ...more,
});
const missing = file(1, {
  state: "missing",
  awaits: true,
  version: 4,
  reason: { zh: "对象始终没有到", en: "the object never came" },
});
const closed = file(2, {
  state: "mismatch",
  version: 3,
  reason: { zh: "文件为空", en: "it is empty" },
  closed: { by: "钱值班", at, cause: "not_needed", reason: "试飞" },
});
const row = {
  sn,
  name: "世纪大道机场",
  source: { id: "drone-1", name: "一号无人机", district: "lujiazui", timezone: "Asia/Shanghai" },
  aircraftSn: null,
  enabled: true,
  version: 1,
  heard: "lately" as const,
  since: at,
  lastMessageAt: at,
  messages: 7,
  boundAt: null,
  credentials: null,
  files: counts({ missing: 1, mismatch: 1, taken: 1 }),
  awaiting: 1,
  closed: 1,
};
const flight: DockDetail["flights"][number] = {
  flightId: "f1",
  expected: 3,
  progress: null,
  firstSeenAt: at,
  lastSeenAt: at,
  files: [missing, closed, file(3, {})],
  more: 0,
  openMore: 0,
  counts: row.files,
  awaiting: 1,
  closed: 1,
  uploaded: 2,
  announced: 0,
  arrived: 2,
  missing: 1,
  unnamed: 0,
  unfit: 1,
  beyond: 0,
  fewer: 0,
};
const detail: DockDetail = {
  ...row,
  binding: null,
  topologyAircraftSn: null,
  clock: null,
  osd: [],
  flights: [flight],
  flightsOpenMore: 0,
  strays: [],
  straysMore: 0,
  straysOpenMore: 0,
  issued: [],
  drops: [],
};
const list: DocksView = { link: { state: "connected", since: at, reason: null }, items: [row] };

const startMs = Date.parse("2026-11-20T02:40:00Z");
const claims: DockClaims = {
  timezone: "Asia/Shanghai",
  claims: [
    { what: "relative", said: 90, own: { least: 40, most: 41 }, verdict: "differs" },
    { what: "absolute", said: 61, own: null, verdict: "open" },
    {
      what: "time",
      said: "2026-11-20 10:40:10",
      own: { fromMs: startMs, toMs: startMs + 42_000, apartMs: 0 },
      verdict: "agrees",
    },
  ],
};
let claimsAsked = 0;
const sent: { path: string; body: unknown }[] = [];
let shown = { list, detail };
let answer: () => Response;
beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  claimsAsked = 0;
  shown = { list, detail };
  answer = () => Response.json({ version: 5 });
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (init?.method === "POST") {
      sent.push({ path, body: JSON.parse(String(init.body)) });
      return answer();
    }
    if (path.endsWith("/claims")) {
      claimsAsked += 1;
      return Response.json(claims);
    }
    if (path.startsWith(`/api/docks/${sn}`)) return Response.json(shown.detail);
    return Response.json(path.startsWith("/api/docks") ? shown.list : { items: [], districts: [] });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = (more: Partial<PersonView> = {}) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <App>
        <MemoryRouter>
          <PersonProvider
            value={{
              id: id(9),
              login: "monitor",
              name: "钱值班",
              badgeNo: null,
              districts: [],
              duties: ["monitor"],
              ...more,
            }}
          >
            <DocksPage />
          </PersonProvider>
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
const rowOf = async (name: string) => {
  const found = (await screen.findByText(name)).closest("li");
  if (found === null) throw new Error(`no row of ${name}`);
  return within(found);
};

test("a file that never came is closed with a cause and words, from the version that was read; the dialog says that nothing is lost by it", async () => {
  open();
  fireEvent.click((await rowOf(missing.name)).getByRole("button", { name: "关 闭" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/以后文件到了并且相符，照常入库/)).toBeTruthy();
  const confirm = dialog.getByRole("button", { name: "关 闭" });
  expect(confirm).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/说明/), { target: { value: "存储卡上已没有" } });
  expect(confirm).toHaveProperty("disabled", true);
  fireEvent.mouseDown(dialog.getByLabelText("原因"));
  fireEvent.click(await screen.findByTitle("机场和存储卡上均已没有，无法取得"));
  fireEvent.click(confirm);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({
    path: `/api/docks/${sn}/files/${missing.id}/decisions`,
    body: { step: "close", cause: "lost", version: 4, reason: "存储卡上已没有" },
  });
});

test("a refusal stands in the dialog in the server's own words, and what was typed stays", async () => {
  answer = () =>
    Response.json({ code: "STALE", zh: "页面已过期，请刷新。", en: "stale", requestId: "r" }, { status: 409 });
  open();
  fireEvent.click((await rowOf(closed.name)).getByRole("button", { name: "重新打开" }));
  const dialog = within(await screen.findByRole("dialog"));
  fireEvent.change(dialog.getByLabelText(/说明/), { target: { value: "机场找回了" } });
  fireEvent.click(dialog.getByRole("button", { name: "重新打开" }));
  expect(await dialog.findByText(/页面已过期/)).toBeTruthy();
  expect(dialog.getByLabelText(/说明/)).toHaveProperty("value", "机场找回了");
  expect(sent[0]?.body).toEqual({ step: "reopen", version: 3, reason: "机场找回了" });
});

test("a closed file is out of the count and folded, with who closed it, when and why", async () => {
  open();
  expect(await screen.findByText("1 个文件待处理")).toBeTruthy();
  const folded = (await screen.findByText("已关闭 1 个文件")).closest("details");
  expect(folded?.open).toBe(false);
  expect(folded?.textContent).toMatch(/已关闭：不需要（预览、试飞、误拍）；试飞（钱值班，2026-11-28 10:31:00）/);
  expect(folded?.textContent).not.toContain(missing.name);
  cleanup();
  shown = { list: { ...list, items: [{ ...row, awaiting: 0 }] }, detail };
  open();
  await screen.findByText("已关闭 1 个文件");
  expect(screen.queryByText(/待处理/)).toBeNull();
});

test("what is not in is counted by name; where the dock's own numbers say otherwise than its files, that is said", async () => {
  open();
  expect(await screen.findByText(/已到 2 · 未到 1/)).toBeTruthy();
  expect(screen.getByText(/还差 1 个文件/)).toBeTruthy();
  expect(screen.getByText("机场自报应到 3 · 自报已传 2")).toBeTruthy();
  expect(screen.queryByText(/此前报过|多 \d+ 个/)).toBeNull();
  cleanup();
  const odd = { ...flight, missing: 0, unnamed: 0, expected: 3, fewer: 5, beyond: 2 };
  shown = { list, detail: { ...detail, flights: [odd] } };
  open();
  expect(await screen.findByText(/此前报过应到 8 个，最近改报 3 个/)).toBeTruthy();
  expect(screen.getByText(/多 2 个：同一任务可能飞了不止一次/)).toBeTruthy();
  expect(screen.queryByText(/还差/)).toBeNull();
});

test("what the message said stands beside what the file says, each for itself, and is asked for only when it is opened", async () => {
  shown = {
    list,
    detail: { ...detail, flights: [{ ...flight, files: [file(3, { hasClaims: true }), file(4, {})] }] },
  };
  open();
  const inRow = await rowOf("DJI_0003.mp4");
  expect((await rowOf("DJI_0004.mp4")).queryByText("机场通知所称与文件自身")).toBeNull();
  expect(claimsAsked).toBe(0);
  const folded = inRow.getByText("机场通知所称与文件自身").closest("details");
  if (folded === null) throw new Error("not folded");
  folded.open = true;
  fireEvent(folded, new Event("toggle"));
  const line = async (name: string) => (await inRow.findByText(name)).closest("tr")?.textContent;
  expect(await line("离起飞点高度")).toBe("离起飞点高度90.0 米40.0 – 41.0 米不符");
  expect(await line("绝对高度")).toBe("绝对高度61.0 米没有未核对");
  expect(await line("拍摄时间")).toBe(
    "拍摄时间2026-11-20 10:40:10（未写时区）2026-11-20 10:40:00 – 10:40:42 +08:00相符",
  );
});

test.each([
  ["lately", "2026-11-28 10:31 收到消息", /两分钟以后才看得出来/],
  ["silent", "2026-11-28 10:31 之后没有消息", /电源和网络/],
  ["unknown", "现况不明，2026-11-28 10:31 收到过消息", /不能说明机场的情况/],
] as const)("of a dock that is %s it is said when it was last heard, to the minute, and not that it is there", async (heard, text, hint) => {
  shown = { list: { ...list, items: [{ ...row, heard }] }, detail: { ...detail, heard } };
  open();
  const [badge] = await screen.findAllByText(text);
  expect(badge?.title).toMatch(hint);
  expect(screen.queryByText(/在线/)).toBeNull();
});

test("a file that does not agree is taken in by a monitor's words, as the object that is shown; the dialog says what stays marked", async () => {
  const misfit = file(5, {
    state: "mismatch",
    awaits: true,
    version: 2,
    admissible: "0f343b",
    reason: { zh: "大小不符", en: "size" },
  });
  shown = { list, detail: { ...detail, flights: [{ ...flight, files: [misfit, missing] }] } };
  open();
  expect((await rowOf(missing.name)).queryByRole("button", { name: "照原样入库" })).toBeNull();
  fireEvent.click((await rowOf(misfit.name)).getByRole("button", { name: "照原样入库" }));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/永久标在录像上/)).toBeTruthy();
  expect(dialog.getByText("对象 0f343b")).toBeTruthy();
  const confirm = dialog.getByRole("button", { name: "照原样入库" });
  expect(confirm).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/说明/), { target: { value: "机场重传过" } });
  fireEvent.click(confirm);
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]?.body).toEqual({ step: "admit", etag: "0f343b", version: 2, reason: "机场重传过" });
  cleanup();
  open({ duties: ["technical_reviewer"] });
  expect((await rowOf(misfit.name)).queryByRole("button", { name: "照原样入库" })).toBeNull();
  expect((await rowOf(misfit.name)).getByRole("button", { name: "关 闭" })).toBeTruthy();
});

test("what was taken in on somebody's word stands open with its mark, not folded among the clean ones", async () => {
  const marked = file(5, { admitted: { zh: "与机场通知不符：……决定照原样入库", en: "does not agree" } });
  shown = { list, detail: { ...detail, flights: [{ ...flight, files: [marked] }] } };
  open();
  const row = await rowOf(marked.name);
  expect(row.getByText(/与机场通知不符/)).toBeTruthy();
  expect(screen.queryByText(/已入库 1 个文件/)).toBeNull();
});

test("what awaits a person and is not listed is told, flights and objects of none", async () => {
  const stray = file(5, { state: "mismatch", awaits: true });
  shown = { list, detail: { ...detail, flightsOpenMore: 7, strays: [stray], straysMore: 9, straysOpenMore: 4 } };
  open();
  expect(await screen.findByText(/另有 7 次飞行还有待处理的文件/)).toBeTruthy();
  expect(screen.getByText(/另有 9 个文件未列出/)).toBeTruthy();
  expect(screen.getByText(/另有 4 个待处理的文件未列出/)).toBeTruthy();
});

test("a file of another source than the dock has by now is marked with it, and its own district's people are offered the step", async () => {
  const far = { ...missing, source: { id: "drone-2", name: "二号无人机", district: "zhangjiang" } };
  shown = { list, detail: { ...detail, flights: [{ ...flight, files: [far, closed] }] } };
  open({ districts: ["zhangjiang"] });
  const row = await rowOf(far.name);
  expect(row.getByText(/属于来源「二号无人机」/)).toBeTruthy();
  expect(row.getByRole("button", { name: "关 闭" })).toBeTruthy();
  const own = await rowOf(closed.name);
  expect(own.queryByText(/属于来源/)).toBeNull();
  expect(own.queryByRole("button")).toBeNull();
});

test.each<[string, Partial<PersonView>]>([
  ["an administrator", { duties: ["administrator"] }],
  ["an auditor", { duties: ["auditor"] }],
  ["somebody of another district", { districts: ["zhangjiang"] }],
])("%s sees what was closed and is offered no step", async (_, person) => {
  open(person);
  const rows = [await rowOf(missing.name), await rowOf(closed.name)];
  for (const one of rows) expect(one.queryByRole("button")).toBeNull();
});

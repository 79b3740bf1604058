import type { SecondLooksView } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { PersonProvider } from "../../session/person.tsx";
import { setupDom } from "../../testing/setup-dom.ts";
import { SecondLooksPage } from "./second-looks-page.tsx";

const id = (nth: number) => `00000000-0000-4000-8000-00000000000${nth}`;
const clue = {
  id: id(1),
  state: "DISCARDED",
  violation: "CROSS_DOOR",
  violationTitle: { zh: "跨门经营", en: "Cross door" },
  sourceId: "cam",
  sourceName: "一号机",
  sourceKind: "fixed",
  place: "示例路12号",
  timezone: "Asia/Shanghai",
  from: "2026-11-20T01:00:00Z",
  to: "2026-11-20T01:01:00Z",
  ended: true,
  dwellS: 60,
  score: 0.8,
  intervals: [],
  pictureId: null,
  evidenceMode: "DIRECT",
  barred: null,
  takenBy: null,
  dueAt: "2026-11-25T01:00:00Z",
  createdAt: "2026-11-20T01:02:00Z",
  version: 2,
  round: 1,
  corrected: [],
  priority: {
    level: "NORMAL",
    reason: { zh: "按期限依次办理", en: "by due time and arrival" },
    manual: false,
    note: null,
  },
  caseId: null,
} as const;
const look = {
  id: id(2),
  kind: "discard",
  result: null,
  of: "钱值班",
  by: null,
  drawnAt: "2026-11-20T02:00:00Z",
  dueAt: "2026-11-25T15:59:59Z",
  overdue: true,
  barred: null,
  reasonCode: "light",
  clue,
} as const;
const view: SecondLooksView = {
  waiting: [look as never, { ...look, id: id(3), barred: { zh: "本人的决定须由另一人复核", en: "own" } } as never],
  given: [],
  sampling: {
    discardRate: 0.05,
    leastDiscardRate: 0.01,
    mergedRate: 0.1,
    workingDays: 3,
    overdue: 1,
    window: 200,
    minLooks: 20,
    maxDisagreement: 0.05,
  },
  merged: [
    {
      violation: "CROSS_DOOR",
      violationTitle: { zh: "跨门经营", en: "Cross door" },
      approval: { document: "批准文件", approvedOn: "2023-01-01", verified: false },
      looked: 40,
      disagreed: 3,
      rate: 0.075,
      fallback: { id: id(4), since: "2026-11-20T02:00:00Z", zh: "最近 40 次复核中 3 次不同意", en: "3 of 40" },
      lifted: [],
    },
  ],
  mayLift: true,
};

const sent: { path: string; body: unknown }[] = [];
beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  vi.stubGlobal("fetch", async (path: string, init?: RequestInit) => {
    if (init?.method !== "POST") return Response.json(view);
    sent.push({ path, body: JSON.parse(String(init.body)) });
    return Response.json({ ok: true });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <MemoryRouter>
          <PersonProvider
            value={{ id: id(9), login: "head", name: "冯局长", badgeNo: null, districts: [], duties: ["head"] }}
          >
            <SecondLooksPage />
          </PersonProvider>
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );

test("what waits says whose decision it was and why, what is overdue stops discards, and who may not look is told", async () => {
  open();
  expect(await screen.findAllByText("原决定：钱值班")).toHaveLength(2);
  expect(screen.getAllByText("阴影、反光、雨水")).toHaveLength(2);
  expect(screen.getByText(/有 1 条剔除超期未复核/)).toBeTruthy();
  expect(screen.getByText("本人的决定须由另一人复核")).toBeTruthy();
  expect(screen.getAllByRole("link").map((link) => link.textContent)).toEqual(["打开复核", "查看"]);
});

test("a fall-back shows its date, reason and rate, and is lifted with words alone", async () => {
  open();
  await screen.findByText("3 / 40 次（7.5 %）");
  expect(screen.getByText(/起分别审核/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /解\s?除/ }));
  const words = await screen.findByLabelText("理由");
  const confirm = () => screen.getAllByRole("button", { name: /解\s?除/ }).at(-1) as HTMLButtonElement;
  expect(confirm().disabled).toBe(true);
  fireEvent.change(words, { target: { value: "已培训，已更新门线" } });
  fireEvent.click(confirm());
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toEqual({ path: `/api/merged-fallbacks/${id(4)}/lift`, body: { reason: "已培训，已更新门线" } });
});

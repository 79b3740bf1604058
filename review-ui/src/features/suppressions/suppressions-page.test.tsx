import type { RejectedFlagView, SuppressionOffer, SuppressionsView, SuppressionView } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import { App } from "antd";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { setupDom } from "../../testing/setup-dom.ts";
import { SuppressionsPage } from "./suppressions-page.tsx";

// Dialogs take long to draw where the machine is busy; nothing here asks how long.
vi.setConfig({ testTimeout: 60_000 });

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const flag = (n: number): RejectedFlagView => ({
  flagId: id(n),
  clueId: id(100 + n),
  boxNorm: [0.2, 0.3, 0.1, 0.1],
  pictureId: id(200 + n),
  widthPx: 1280,
  heightPx: 720,
  from: `2026-11-0${n}T01:00:00.000Z`,
  to: `2026-11-0${n}T01:01:00.000Z`,
  score: 0.7,
  state: n === 3 ? "DISCARDED" : "REJECTED",
  reasonCode: "wrong_object",
  rejectedBy: n === 3 ? "钱值班" : "李技审",
  rejectedAt: `2026-11-0${n}T02:00:00.000Z`,
});
const place = {
  sourceId: "cam-1",
  sourceName: "一号机",
  sourceKind: "fixed",
  timezone: "Asia/Shanghai",
  place: "示例路1号",
  violation: "STALL",
  violationTitle: { zh: "占道设摊", en: "Stall" },
  ruleKey: "STALL/z1/0",
  zoneId: "z1",
  boxNorm: [0.2, 0.3, 0.1, 0.1] as [number, number, number, number],
};
const offer: SuppressionOffer = {
  ...place,
  key: "0123456789abcdef",
  flags: [flag(1), flag(2), flag(3)],
  proposedUntil: inDays(30),
  latestUntil: inDays(90),
  barred: null,
};
const standing: SuppressionView = {
  ...place,
  id: id(50),
  place: "示例路2号",
  flags: [flag(1), flag(2), flag(3)],
  reason: "固定招牌",
  approvedBy: "冯局长",
  approvedAt: "2026-11-10T02:00:00.000Z",
  validFrom: "2026-11-10T02:00:00.000Z",
  validUntil: "2026-12-10T15:59:59.000Z",
  revoked: null,
  suppressedActs: 42,
  latestActs: [{ from: "2026-11-12T02:00:00.000Z", to: "2026-11-12T02:05:00.000Z" }],
};

let shown: SuppressionsView;
let answer: () => Response;
const sent: { path: string; body: unknown }[] = [];

beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  shown = { offers: [offer], active: [], ended: [], endedTotal: 0, mayRevoke: true };
  answer = () => Response.json({ id: id(60), validUntil: inDays(30) });
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (init.method === "GET") return Response.json(shown);
    sent.push({ path, body: JSON.parse(String(init.body)) });
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const openPage = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <MemoryRouter>
          <SuppressionsPage />
        </MemoryRouter>
      </App>
    </QueryClientProvider>,
  );
const openDialog = async () => {
  fireEvent.click(await screen.findByRole("button", { name: "批准抑制" }));
  return within(await screen.findByRole("dialog"));
};
const approveIn = (dialog: ReturnType<typeof within>) => dialog.getByRole("button", { name: "批准抑制", hidden: true });

test("every rejection of an offer is shown with its picture, its box, who rejected it and how", async () => {
  const { container } = openPage();
  await screen.findByText("被驳回 3 次：");
  const pictures = [...container.querySelectorAll(".suppression-flags img")].map((item) => item.getAttribute("src"));
  expect(pictures).toEqual(offer.flags.map((item) => `/api/evidence/${item.pictureId}/media`));
  expect(container.querySelectorAll(".suppression-flags .boxed-line")).toHaveLength(3);
  expect(screen.getAllByText(/李技审/)).toHaveLength(2);
  expect(screen.getByText(/已作噪声剔除 · 识别错误/)).toBeTruthy();
});

test("a person who may not approve sees why and no button", async () => {
  shown = { ...shown, offers: [{ ...offer, barred: { zh: "由机关负责人批准", en: "Approved by: head" } }] };
  openPage();
  await screen.findByText("由机关负责人批准");
  expect(screen.queryByRole("button", { name: "批准抑制" })).toBeNull();
});

test("an approval needs a reason, and carries the offer, the end of the last day where the camera stands, and the reason", async () => {
  openPage();
  const dialog = await openDialog();
  expect(approveIn(dialog)).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/理由/), { target: { value: "   " } });
  expect(approveIn(dialog)).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/理由/), { target: { value: " 固定招牌 " } });
  fireEvent.click(approveIn(dialog));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    path: "/api/suppressions",
    body: { offerKey: offer.key, reason: "固定招牌", validUntil: expect.stringMatching(/T15:59:59\.000Z$/) },
  });
});

test("a refusal leaves the dialog open with the server's sentence", async () => {
  answer = () =>
    Response.json(
      { code: "OFFER_TAKEN", zh: "该抑制建议已由冯局长批准。", en: "Taken", requestId: "r" },
      { status: 409 },
    );
  openPage();
  const dialog = await openDialog();
  fireEvent.change(dialog.getByLabelText(/理由/), { target: { value: "固定招牌" } });
  fireEvent.click(approveIn(dialog));
  await screen.findByText("该抑制建议已由冯局长批准。");
  expect(dialog.getByLabelText(/理由/)).toHaveProperty("value", "固定招牌");
});

test("one in force shows its term, who approved it and why, and how much it has suppressed; revoking needs a reason", async () => {
  shown = { ...shown, offers: [], active: [standing] };
  answer = () => Response.json({ ok: true });
  openPage();
  await screen.findByText("42 次");
  for (const text of ["固定招牌", /冯局长/, /2026-11-10 10:00:00 – 2026-12-10 23:59:59/, /2026-11-12 10:00:00/])
    expect(screen.getAllByText(text).length).toBeGreaterThan(0);
  fireEvent.click(screen.getByRole("button", { name: "撤 销" }));
  const dialog = within(await screen.findByRole("dialog"));
  const revoke = dialog.getByRole("button", { name: "撤 销" });
  expect(revoke).toHaveProperty("disabled", true);
  fireEvent.change(dialog.getByLabelText(/理由/), { target: { value: "镜头已调整" } });
  fireEvent.click(revoke);
  await waitFor(() =>
    expect(sent).toEqual([{ path: `/api/suppressions/${standing.id}/revoke`, body: { reason: "镜头已调整" } }]),
  );
});

test("nobody without the duty is offered to revoke, and ended ones say how they ended", async () => {
  shown = {
    offers: [],
    active: [standing],
    ended: [
      { ...standing, id: id(51) },
      { ...standing, id: id(52), revoked: { by: "陈监督", at: "2026-11-11T02:00:00.000Z", reason: "批准有误" } },
    ],
    endedTotal: 2,
    mayRevoke: false,
  };
  openPage();
  await screen.findByText("批准有误");
  expect(screen.queryByRole("button", { name: /撤 ?销/ })).toBeNull();
  expect(screen.getByText("已到期")).toBeTruthy();
  expect(screen.getByText("已撤销")).toBeTruthy();
});

import type { ClueDetail, SightingView } from "@mingcha/models/http";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startI18n } from "../../../i18n/i18n.ts";
import { setupDom } from "../../../testing/setup-dom.ts";
import { Sightings } from "./sightings.tsx";

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const picture = (n: number, kind: "wide" | "close"): SightingView["evidence"][number] => ({
  id: id(n),
  kind,
  capturedAt: "2026-11-20T01:25:10.000Z",
  sha256: String(n).padStart(64, "a"),
  parentSha256: String(n).padStart(64, "b"),
  mediaType: "image/jpeg",
  sizeBytes: 1,
  widthPx: 1280,
  heightPx: 720,
  clipId: id(90),
  offsetMs: 0,
  cropNorm: null,
});
const drone: SightingView = {
  clueId: id(2),
  sourceId: "drone-1",
  sourceName: "巡查航次",
  sourceKind: "drone",
  deviceId: "DJI-77",
  timezone: "Asia/Shanghai",
  from: "2026-11-20T01:25:00.000Z",
  to: "2026-11-20T01:26:00.000Z",
  ended: true,
  dwellS: 60,
  score: 0.6,
  evidenceMode: "CLUE_ONLY",
  boxNorm: [0.1, 0.1, 0.2, 0.2],
  evidence: [picture(11, "wide"), picture(12, "close")],
};
const clue = {
  id: id(1),
  timezone: "Asia/Shanghai",
  violationTitle: { zh: "占道设摊", en: "Stall" },
  joined: { items: [drone], total: 3, from: "2026-11-20T01:00:00.000Z", to: "2026-11-20T01:26:00.000Z" },
  mergedInto: null,
  perhapsSame: [],
} as unknown as ClueDetail;
const nothing = { items: [], total: 0, from: clue.joined.from, to: clue.joined.to };

const show = (over: Partial<ClueDetail> = {}) =>
  render(
    <MemoryRouter>
      <Sightings clue={{ ...clue, ...over }} />
    </MemoryRouter>,
  );

beforeEach(() => {
  setupDom();
  startI18n();
});
afterEach(cleanup);

test("a joined drone is shown with its kind, device, own times, pictures and the hashes of pictures and originals", () => {
  const { container } = show();
  for (const text of ["无人机", "巡查航次", "DJI-77", /2026-11-20 09:25:00 – 09:26:00 \+08:00/])
    expect(screen.getByText(text)).toBeTruthy();
  const copied = [...container.querySelectorAll(".copyable")].map((item) => item.getAttribute("title"));
  expect(copied).toEqual(drone.evidence.flatMap((item) => [item.sha256, item.parentSha256]));
  expect(container.querySelectorAll("img")).toHaveLength(2);
});

test("the span over all sources stands apart from the times of each, and what is not listed is counted", () => {
  show();
  expect(screen.getByText("2026-11-20 09:00:00 – 09:26:00 +08:00")).toBeTruthy();
  expect(screen.getByText("另有 2 次未列出。")).toBeTruthy();
});

test("the box is drawn where it belongs: on whole views, not on a close-up", () => {
  const { container } = show();
  expect(container.querySelectorAll(".boxed-line")).toHaveLength(1);
});

test("a joined sighting leads to its record; a record alone shows nothing", () => {
  show({ joined: nothing, mergedInto: { clueId: id(7), sourceName: "一号机", state: "TECH_REVIEW" } });
  expect(screen.getByRole("link", { name: "一号机" }).getAttribute("href")).toBe(`/clues/${id(7)}`);
  cleanup();
  expect(show({ joined: nothing }).container.textContent).toBe("");
});

test("records that may show the same vehicle are named with their state and lead there, with how a duplicate is ended", () => {
  show({ joined: nothing, perhapsSame: [{ clueId: id(8), sourceName: "路口二号", state: "REJECTED" }] });
  expect(screen.getByRole("link", { name: "路口二号" }).getAttribute("href")).toBe(`/clues/${id(8)}`);
  for (const text of [/可能是同一车辆/, "审核未通过", /同一行为已在办理/]) expect(screen.getByText(text)).toBeTruthy();
});

import type { PlacedFlag } from "@mingcha/models/http";
import { cleanup, render, screen } from "@testing-library/react";
import { MemoryRouter } from "react-router";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setLanguage, startI18n } from "../../i18n/i18n.ts";
import { CutNote } from "./cut-note.tsx";
import { PlacedCard } from "./placed-card.tsx";
import { placedMarks } from "./placed-marks.tsx";

const warning = { zh: "离地高度取自起飞点高度", en: "Height above ground is taken from the take-off point" };
const flag: PlacedFlag = {
  clueId: "00000000-0000-4000-8000-000000000001",
  sourceId: "drone-1",
  violationTitle: { zh: "占道", en: "Stall" },
  statedPlace: "示例路",
  longitude: 121.5,
  latitude: 31.2,
  ellipse: { longM: 9, shortM: 4, bearingDeg: 30, radius95M: 8 },
  heightFrom: "take_off",
  warnings: [warning],
  from: "2026-11-28T02:31:00.000Z",
  open: true,
};
const pass = () => undefined;

beforeEach(startI18n);
afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** What the card and the mark say of a flag. */
function said(one: PlacedFlag): { card: string; title: string } {
  const marks = placedMarks({ single: [one], groups: [], inHand: null, onPick: pass, onList: pass, onZoom: pass });
  render(
    <MemoryRouter>
      <PlacedCard
        flags={[one]}
        inHand={null}
        timezoneOf={() => "Asia/Shanghai"}
        onPick={pass}
        onZoom={pass}
        onClose={pass}
      />
      {marks.map(({ id, node }) => (
        <div key={id}>{node}</div>
      ))}
    </MemoryRouter>,
  );
  const card = screen.getByRole("region").textContent ?? "";
  const title = document.querySelector(".mark-placed")?.getAttribute("title") ?? "";
  cleanup();
  return { card, title };
}

test("over the take-off height card and mark claim 95 % only where the ground is level with take-off, and say what that rests on", () => {
  for (const [language, radius] of [
    ["zh-CN", "±8.0 米（起飞点与地面同高时 95%）"],
    ["en", "±8.0 m (95% where the ground is level with take-off)"],
  ] as const) {
    setLanguage(language);
    const { card, title } = said(flag);
    for (const text of [card, title]) {
      expect(text).toContain(radius);
      expect(text).toContain(language === "en" ? warning.en : warning.zh);
    }
  }
});

test("a measured height claims 95 % without more, and a place stored without its height's source says that it is not known", () => {
  for (const heightFrom of ["laser", "elevation"] as const)
    expect(said({ ...flag, heightFrom, warnings: [] }).card).toContain("±8.0 米（95%）");
  expect(said({ ...flag, heightFrom: null, warnings: [] }).card).toContain("±8.0 米（95%，未存离地高度的来源）");
});

test("that the map leaves older flags out is told in words, with the drones' names", () => {
  render(<CutNote cut={[{ sourceId: "drone-1", sourceName: "无人机一号" }]} />);
  expect(screen.getByText("每架只落最新 200 条，另有更早未落图的：1 架").title).toContain("无人机一号");
});

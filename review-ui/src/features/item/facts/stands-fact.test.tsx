import type { Stands } from "@mingcha/models/http";
import { cleanup, render } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, expect, test } from "vitest";
import { setLanguage, startI18n } from "../../../i18n/i18n.ts";
import { StandsFact } from "./stands-fact.tsx";

const stands: Stands = {
  clipId: "00000000-0000-4000-8000-000000000001",
  offsetMs: 0,
  place: { at: [121.5, 31.2], ellipse: { longM: 9, shortM: 4, bearingDeg: 30, radius95M: 8 } },
  refused: null,
  height: { metres: 50, from: "take_off" },
  warnings: [],
  stored: null,
  near: [],
  isAmbiguous: false,
  isTooUnsure: false,
};

beforeEach(startI18n);
afterEach(() => {
  cleanup();
  localStorage.clear();
});

function said(one: Stands): string {
  const { container } = render(
    <App>
      <StandsFact stands={one} timezone="Asia/Shanghai" />
    </App>,
  );
  const text = container.textContent ?? "";
  cleanup();
  return text;
}

test("95 % over the take-off height is claimed for ground that is level with it, over a measured height without more", () => {
  expect(said(stands)).toContain("起飞点与地面同高时，95% 在 8.0 米内；按离地 50.0 米推算（起飞点高度）");
  expect(said({ ...stands, height: { metres: 50, from: "laser" } })).toContain(
    "95% 在 8.0 米内；离地 50.0 米（激光测距）",
  );
  expect(said({ ...stands, height: null })).toContain("95% 在 8.0 米内；未存离地高度的来源");
});

test("a place that was stored before its recording was deleted says when and how it was computed, in both languages", () => {
  const stored = {
    computedAt: "2026-11-20T02:31:00.000Z",
    method: "box-on-slope/4",
    deletedAt: "2026-11-27T18:00:00.000Z",
  };
  expect(said({ ...stands, stored })).toContain(
    "为 2026-11-20 10:31 推算并保存的结果（box-on-slope/4）；录像已于 2026-11-28 按规定删除",
  );
  setLanguage("en");
  const refused = { zh: "太斜", en: "too flat" };
  const text = said({ ...stands, place: null, height: null, refused, stored });
  expect(text).toContain("No place computed: too flat");
  expect(text).toContain(
    "As computed on 2026-11-20 10:31 (box-on-slope/4) and stored; the recording was deleted by rule on 2026-11-28",
  );
});

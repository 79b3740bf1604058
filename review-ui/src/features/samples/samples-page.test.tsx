import type { MissedLook, NextSample, PersonView } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { PersonProvider } from "../../session/person.tsx";
import { setupDom } from "../../testing/setup-dom.ts";
import { SamplesPage } from "./samples-page.tsx";

vi.setConfig({ testTimeout: 60_000 });

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;
const look = {
  sourceName: "一号机",
  place: "示例路1号",
  timezone: "Asia/Shanghai",
  clipId: id(9),
  offsetMs: 4_000,
  widthPx: 1280,
  heightPx: 720,
  capturedAt: "2026-11-20T02:00:00.000Z",
};
const zone = {
  id: "z1",
  kind: "no_stall" as const,
  polygon: [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.9, 0.9],
  ] as [number, number][],
};
const sample = (n: number): NextSample => ({
  waiting: 3 - n,
  sample: {
    ...look,
    id: id(n),
    zones: [zone],
    options: [{ violation: "STALL", title: { zh: "占道设摊", en: "Stall" }, zoneId: "z1" }],
  },
});
const missed: MissedLook = {
  ...look,
  id: id(5),
  violation: "STALL",
  violationTitle: { zh: "占道设摊", en: "Stall" },
  zone,
  seenAt: "2026-11-21T02:00:00.000Z",
};

let nth = 1;
const sent: { path: string; body: unknown }[] = [];
const asked: string[] = [];
beforeEach(() => {
  setupDom();
  // a stage draws nothing before it has a size
  globalThis.ResizeObserver = class {
    readonly #changed: ResizeObserverCallback;
    constructor(changed: ResizeObserverCallback) {
      this.#changed = changed;
    }
    observe(element: Element): void {
      Object.defineProperty(element, "clientWidth", { value: 800, configurable: true });
      Object.defineProperty(element, "clientHeight", { value: 450, configurable: true });
      this.#changed([], this);
    }
    unobserve(): void {}
    disconnect(): void {}
  };
  startI18n();
  nth = 1;
  sent.length = 0;
  asked.length = 0;
  vi.stubGlobal("fetch", async (path: string, init: RequestInit) => {
    if (init.method === "POST") {
      sent.push({ path, body: JSON.parse(String(init.body)) });
      nth += 1;
      return Response.json({ ok: true });
    }
    asked.push(path);
    return path === "/api/samples/next" ? Response.json(sample(nth)) : Response.json({ items: [missed] });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const openAs = (...duties: PersonView["duties"]) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <PersonProvider value={{ id: id(1), login: "x", name: "某人", badgeNo: null, duties, districts: [] }}>
        <App>
          <SamplesPage />
        </App>
      </PersonProvider>
    </QueryClientProvider>,
  );
const press = (code: string, key: string) => fireEvent.keyDown(window, { code, key });
const picture = () => screen.findByAltText("抽查画面");

test("nothing can be answered before the picture is shown, a digit chooses, and only Enter sends it", async () => {
  openAs("technical_reviewer");
  const image = await picture();
  press("Digit1", "1");
  press("Enter", "Enter");
  expect(sent).toEqual([]);
  fireEvent.load(image);
  press("Digit1", "1");
  expect(sent).toEqual([]);
  press("Digit3", "3");
  expect(screen.getByRole("radio", { checked: true }).textContent).toContain("占道设摊，区域 z1");
  press("Enter", "Enter");
  await waitFor(() =>
    expect(sent).toEqual([
      {
        path: `/api/samples/${id(1)}/answers`,
        body: { answer: "violation", violation: "STALL", zoneId: "z1" },
      },
    ]),
  );
  // the next look starts with nothing chosen
  await screen.findByText("待判断 1 张");
  expect(screen.queryByRole("radio", { checked: true })).toBeNull();
});

test("a picture that cannot be shown leaves one answer", async () => {
  openAs("technical_reviewer");
  fireEvent.error(await picture());
  press("Digit1", "1");
  expect(screen.queryByRole("radio", { checked: true })).toBeNull();
  press("Digit2", "2");
  press("Enter", "Enter");
  await waitFor(() => expect(sent[0]?.body).toEqual({ answer: "cannot_tell" }));
});

test("monitoring staff sees what was found and is asked nothing; who judges is not shown what others found", async () => {
  openAs("monitor");
  await screen.findByText("抽查中发现的漏报（1）");
  expect(asked).toEqual(["/api/samples/misses"]);
  cleanup();
  asked.length = 0;
  openAs("technical_reviewer");
  await picture();
  expect(asked).toEqual(["/api/samples/next"]);
});

import type { SourceDetail } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { createMemoryRouter, RouterProvider } from "react-router";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../i18n/i18n.ts";
import { setupDom } from "../../testing/setup-dom.ts";
import { ScenePage } from "./scene-page.tsx";

vi.setConfig({ testTimeout: 60_000 });

const at = "2026-11-20T02:00:00.000Z";
const documentOf = (place: string) => ({
  source: { id: "cam-1", name: "路口", kind: "fixed" },
  zones: [
    {
      id: "z",
      kind: "public_ground",
      polygon: [
        [0.1, 0.1],
        [0.9, 0.1],
        [0.9, 0.9],
      ],
      place,
    },
  ],
  rules: [],
});
const versionOf = (version: number, document: unknown) => ({
  version,
  sha256: "a".repeat(64),
  validFrom: at,
  createdAt: at,
  createdBy: "李值班",
  document,
});

let scenes: ReturnType<typeof versionOf>[];
let onSave: () => Response;
let sent: { scene: { zones: { place: string }[] }; baseVersion?: number }[];
let client: QueryClient;

beforeEach(() => {
  setupDom();
  startI18n();
  client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  scenes = [versionOf(1, documentOf("一号"))];
  sent = [];
  onSave = () => {
    const [newest] = sent.slice(-1);
    scenes = [versionOf(scenes.length + 1, newest?.scene), ...scenes];
    return Response.json({ sourceId: "cam-1", version: scenes.length, sha256: "a".repeat(64) });
  };
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    if (init.method === "POST") {
      sent.push(JSON.parse(String(init.body)));
      return onSave();
    }
    const source = {
      id: "cam-1",
      name: "路口",
      kind: "fixed",
      place: "一号",
      longitude: null,
      latitude: null,
      timezone: "Asia/Shanghai",
      deviceId: null,
      district: null,
      sceneVersion: scenes.length,
      clips: 1,
      lastLookAt: null,
      lastLook: null,
      suspended: null,
      scenes,
      recentClips: [
        {
          id: "00000000-0000-4000-8000-000000000001",
          startedAt: at,
          durationMs: 60_000,
          widthPx: 1280,
          heightPx: 720,
        },
      ],
    } satisfies SourceDetail;
    return Response.json(source);
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

async function openPage() {
  const router = createMemoryRouter([{ path: "/sources/:id/scene", element: <ScenePage /> }], {
    initialEntries: ["/sources/cam-1/scene"],
  });
  render(
    <QueryClientProvider client={client}>
      <App>
        <RouterProvider router={router} />
      </App>
    </QueryClientProvider>,
  );
  await screen.findByText("一号");
}
/** A colleague's save, and the page told of it. */
async function colleagueSaves(place: string) {
  scenes = [versionOf(scenes.length + 1, documentOf(place)), ...scenes];
  await client.invalidateQueries({ queryKey: ["source"] });
}
const draw = (was: string, place: string) => {
  fireEvent.click(screen.getByRole("button", { name: new RegExp(was) }));
  fireEvent.change(screen.getByLabelText("地点"), { target: { value: place } });
};
const saveAs = async (version: number) => {
  fireEvent.click(screen.getByRole("button", { name: "保 存" }));
  fireEvent.click(await screen.findByRole("button", { name: `保存第 ${version} 版` }));
};
/** Whether the browser would ask before the tab is left. */
const asksBeforeLeaving = () => !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));

test("a colleague's save shows by itself where nothing is drawn", async () => {
  await openPage();
  await colleagueSaves("二号");
  await screen.findByText("二号");
  expect(screen.queryByText(/他人已保存第/)).toBeNull();
  expect(asksBeforeLeaving()).toBe(false);
});

test("a colleague's save leaves a draft as it is and says so; who starts from it gets the draft back by undo and saves on the newer version", async () => {
  await openPage();
  draw("一号", "我的");
  expect(asksBeforeLeaving()).toBe(true);
  await colleagueSaves("二号");
  await screen.findByText(/他人已保存第 2 版。此草稿从第 1 版开始/);
  expect(screen.getByText("我的")).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: /从第 2 版开始/ }));
  await screen.findByText("二号");
  expect(screen.queryByText(/他人已保存第/)).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: /撤\s?销/ }));
  await screen.findByText("我的");
  await saveAs(3);
  await waitFor(() => expect(sent).toMatchObject([{ baseVersion: 2, scene: { zones: [{ place: "我的" }] } }]));
});

test("a saved draft is the beginning of the next one: nothing is newer, and nothing is asked before leaving", async () => {
  await openPage();
  draw("一号", "我的");
  await saveAs(2);
  await screen.findByText("已保存为第 2 版");
  await waitFor(() => expect(client.isFetching()).toBe(0));
  expect(screen.queryByText(/他人已保存第/)).toBeNull();
  expect(asksBeforeLeaving()).toBe(false);
  draw("我的", "又一");
  await saveAs(3);
  await waitFor(() => expect(sent.map(({ baseVersion }) => baseVersion)).toEqual([1, 2]));
});

test("a refused save keeps the draft and says why, and the newer version is offered", async () => {
  await openPage();
  draw("一号", "我的");
  onSave = () => {
    scenes = [versionOf(2, documentOf("二号")), ...scenes];
    return Response.json({ code: "STALE", zh: "请刷新", en: "Reload", requestId: "r" }, { status: 409 });
  };
  await saveAs(2);
  await screen.findByText("他人已保存了更新的版本。此草稿没有保存，仍在编辑器里。");
  expect(screen.queryByText("请刷新")).toBeNull();
  await screen.findByText(/他人已保存第 2 版/);
  expect(screen.getByText("我的")).toBeTruthy();
});

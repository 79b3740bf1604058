/**
 * Takes the pictures of `infra/docs/screens` from a running demo: `npx tsx infra/e2e/screens.ts`.
 * Starts the system in a folder of its own, waits for the demo footage, and signs in as the people of each page. The pages must be built:
 * `npm start` once does it.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signInAs } from "./browser.ts";
import { demoClips } from "./demo-clips.ts";
import { removeFolder, startSystem, waitFor } from "./system.ts";

const folder = fileURLToPath(new URL("../docs/screens/", import.meta.url));
mkdirSync(folder, { recursive: true });
const system = await startSystem();
try {
  const flags = demoClips().reduce((sum, clip) => sum + clip.truth.violations.length, 0);
  await waitFor(
    async () => (await system.query("select 1 from flag where evidence_to is not null")).length >= flags,
    300_000,
    system.output,
  );
  const [clue] = await system.query<{ id: string }>("select id from clue where violation = 'CROSS_DOOR'");
  const [person] = await system.query<{ id: string }>("select id from person where login = 'both'");
  const shots = [
    { login: "tech", name: "queue", path: "/", locale: "zh-CN", widthPx: 1440 },
    { login: "tech", name: "review", path: `/clues/${clue?.id}`, locale: "zh-CN", widthPx: 1440 },
    { login: "tech", name: "review-narrow", path: `/clues/${clue?.id}`, locale: "zh-CN", widthPx: 390 },
    { login: "legal", name: "review", path: `/clues/${clue?.id}`, locale: "en-US", widthPx: 1440 },
    { login: "monitor", name: "monitor", path: "/monitor", locale: "zh-CN", widthPx: 1440 },
    { login: "monitor", name: "monitor", path: "/monitor", locale: "en-US", widthPx: 1440 },
    { login: "monitor", name: "monitor-narrow", path: "/monitor", locale: "zh-CN", widthPx: 390 },
    { login: "handler1", name: "on-site-narrow", path: "/on-site", locale: "zh-CN", widthPx: 390 },
    { login: "handler1", name: "on-site-narrow", path: "/on-site", locale: "en-US", widthPx: 390 },
    { login: "monitor", name: "sources", path: "/sources", locale: "zh-CN", widthPx: 1440 },
    { login: "monitor", name: "scene", path: "/sources/cam-shop-12/scene", locale: "zh-CN", widthPx: 1440 },
    { login: "monitor", name: "scene", path: "/sources/cam-shop-12/scene", locale: "en-US", widthPx: 1440 },
    { login: "monitor", name: "scene-narrow", path: "/sources/cam-shop-12/scene", locale: "zh-CN", widthPx: 390 },
    { login: "tech", name: "device", path: "/sources/cam-shop-12/device", locale: "zh-CN", widthPx: 1440 },
    { login: "legal", name: "device", path: "/sources/cam-shop-12/device", locale: "en-US", widthPx: 1440 },
    { login: "handler1", name: "objects", path: "/objects", locale: "zh-CN", widthPx: 1440 },
    { login: "handler1", name: "objects", path: "/objects?kind=permit", locale: "en-US", widthPx: 1440 },
    { login: "head", name: "statistics", path: "/statistics", locale: "zh-CN", widthPx: 1440 },
    { login: "head", name: "statistics", path: "/statistics", locale: "en-US", widthPx: 1440 },
    { login: "tech", name: "samples", path: "/samples", locale: "zh-CN", widthPx: 1440 },
    { login: "tech", name: "samples", path: "/samples", locale: "en-US", widthPx: 1440 },
    { login: "pilot", name: "upload", path: "/upload", locale: "zh-CN", widthPx: 1440 },
    { login: "head", name: "second-looks", path: "/second-looks", locale: "zh-CN", widthPx: 1440 },
    { login: "legal", name: "second-looks", path: "/second-looks", locale: "en-US", widthPx: 1440 },
    { login: "auditor", name: "known", path: "/known-items", locale: "zh-CN", widthPx: 1440 },
    { login: "auditor", name: "known", path: "/known-items", locale: "en-US", widthPx: 1440 },
    { login: "auditor", name: "custody", path: "/custody", locale: "zh-CN", widthPx: 1440 },
    { login: "admin", name: "people", path: `/people?id=${person?.id}`, locale: "zh-CN", widthPx: 1440 },
    { login: "admin", name: "people", path: `/people?id=${person?.id}`, locale: "en-US", widthPx: 1440 },
    { login: "admin", name: "status", path: "/status", locale: "en-US", widthPx: 1440 },
  ];
  for (const { login, name, path, locale, widthPx } of shots) {
    const { page, context } = await signInAs(system.url, login, system.password, { locale });
    // The page is Chinese until somebody chooses, whatever the browser says.
    if (locale !== "zh-CN") await page.getByRole("button", { name: "English" }).click();
    await page.setViewportSize({ width: widthPx, height: widthPx > 600 ? 900 : 844 });
    await page.goto(`${system.url}${path}`);
    // the stream of changes stays open: waiting for silence has an end
    await page.waitForLoadState("networkidle", { timeout: 4_000 }).catch(() => undefined);
    await page.waitForTimeout(1_500);
    await page.screenshot({ path: join(folder, `${name}-${locale.slice(0, 2)}.png`) });
    await context.close();
    console.log(`${name}-${locale.slice(0, 2)}.png`);
  }
} finally {
  await system.stop();
  removeFolder(system.dataFolder);
}

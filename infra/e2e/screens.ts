/**
 * Takes the pictures of `infra/docs/screens` from a running demo: `npx tsx infra/e2e/screens.ts`.
 * Starts the system in a folder of its own, waits for the demo footage, does a day's work on it, and signs in as the people of each page. The
 * pages must be built: `npm start` once does it.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { signInAs } from "./browser.ts";
import { dayOfWork } from "./day-of-work.ts";
import { demoClips } from "./demo-clips.ts";
import { failClip } from "./fail-clip.ts";
import { fieldWork } from "./field-work.ts";
import { seedDock } from "./seed-dock.ts";
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
  await waitFor(
    async () => (await system.query("select 1 from device_record where source_id = 'cam-market-3'")).length > 0,
    60_000,
  );
  const { caseId } = await dayOfWork(system);
  const recordings = await fieldWork(system);
  await seedDock(system);
  await failClip(system, recordings.orphan);
  const [clue] = await system.query<{ id: string }>("select id from clue where violation = 'CROSS_DOOR'");
  const [open] = await system.query<{ id: string }>("select id from clue where state = 'LEGAL_REVIEW'");
  const [person] = await system.query<{ id: string }>("select id from person where login = 'both'");
  const [flight] = await system.query<{ id: string }>("select id from flight");
  const [trip] = await system.query<{ id: string }>(
    "select t.id from truck_trip t join truck_lead l on l.document->>'tripKey' = t.key where l.rule = 'OFF_CORRIDOR'",
  );
  const wide = 1440;
  const phone = 390;
  const wall = 3840;
  const pages = [
    { login: "monitor", name: "monitor", path: "/monitor", widthsPx: [wide, phone, wall] },
    { login: "monitor", name: "monitor-dark", path: "/monitor", widthsPx: [wide], dark: true },
    { login: "tech", name: "queue", path: "/", widthsPx: [wide] },
    { login: "legal", name: "review", path: `/clues/${open?.id}`, widthsPx: [wide, phone, wall] },
    { login: "legal", name: "review-dark", path: `/clues/${open?.id}`, widthsPx: [wide], dark: true },
    { login: "auditor", name: "record-filed", path: `/clues/${clue?.id}`, widthsPx: [wide] },
    { login: "tech", name: "samples", path: "/samples", widthsPx: [wide] },
    { login: "legal", name: "second-looks", path: "/second-looks", widthsPx: [wide] },
    { login: "handler1", name: "cases", path: "/cases", widthsPx: [wide] },
    { login: "handler1", name: "case", path: `/cases/${caseId}`, widthsPx: [wide, phone] },
    { login: "handler1", name: "on-site", path: "/on-site", widthsPx: [phone] },
    { login: "handler1", name: "objects", path: "/objects", widthsPx: [wide] },
    { login: "handler1", name: "objects-import", path: "/objects/import", widthsPx: [wide] },
    { login: "handler1", name: "trucks", path: "/trucks", widthsPx: [wide, phone] },
    { login: "handler1", name: "truck-trip", path: `/trucks/trips/${trip?.id}`, widthsPx: [wide, phone] },
    { login: "handler1", name: "truck-register", path: "/trucks?tab=register", widthsPx: [wide] },
    {
      login: "handler1",
      name: "field-recordings",
      path: `/field-recordings?clip=${recordings.during}`,
      widthsPx: [wide, phone],
    },
    { login: "monitor", name: "patrol-run", path: "/field-recordings/runs?day=2026-11-19", widthsPx: [wide] },
    { login: "monitor", name: "sources", path: "/sources", widthsPx: [wide] },
    { login: "monitor", name: "scene", path: "/sources/cam-shop-12/scene", widthsPx: [wide, phone] },
    { login: "tech", name: "device", path: "/sources/cam-shop-12/device", widthsPx: [wide] },
    { login: "admin", name: "device-admin", path: "/sources/cam-shop-12/device", widthsPx: [wide, phone] },
    { login: "admin", name: "docks", path: "/docks", widthsPx: [wide, phone] },
    { login: "monitor", name: "docks-monitor", path: "/docks?sn=7CTDM3A00B1234", widthsPx: [wide, phone] },
    { login: "head", name: "suppressions", path: "/suppressions", widthsPx: [wide] },
    { login: "head", name: "statistics", path: "/statistics", widthsPx: [wide] },
    { login: "pilot", name: "upload", path: "/upload", widthsPx: [wide] },
    { login: "pilot", name: "flight-ground", path: `/upload/flights/${flight?.id}`, widthsPx: [wide, phone] },
    { login: "auditor", name: "known", path: "/known-items", widthsPx: [wide] },
    { login: "auditor", name: "custody", path: "/custody", widthsPx: [wide] },
    { login: "auditor", name: "retention", path: "/retention", widthsPx: [wide, phone] },
    { login: "admin", name: "people", path: `/people?id=${person?.id}`, widthsPx: [wide] },
    { login: "admin", name: "account", path: "/account", widthsPx: [wide] },
    { login: "admin", name: "status", path: "/status", widthsPx: [wide] },
  ];
  const suffixes: Record<number, string> = { [phone]: "-narrow", [wall]: "-4k" };
  const heights: Record<number, number> = { [phone]: 844, [wall]: 2160 };
  /** Names given on the command line: those alone are taken anew. */
  const only = process.argv.slice(2);
  const shots = pages
    .filter(({ name }) => only.length === 0 || only.includes(name))
    .flatMap(({ widthsPx, ...page }) =>
      ["zh-CN", "en-US"].flatMap((locale) =>
        widthsPx.map((widthPx) => ({
          ...page,
          name: `${page.name}${suffixes[widthPx] ?? ""}`,
          locale,
          widthPx,
        })),
      ),
    );
  for (const { login, name, path, locale, widthPx, ...shot } of shots) {
    const { page, context } = await signInAs(system.url, login, system.password, { locale });
    if ("dark" in shot) await page.emulateMedia({ colorScheme: "dark" });
    // The page is Chinese until somebody chooses, whatever the browser says.
    if (locale !== "zh-CN") await page.getByRole("button", { name: "English" }).click();
    await page.setViewportSize({ width: widthPx, height: heights[widthPx] ?? 900 });
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

import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, openBrowser, signInAs } from "./browser.ts";
import { dayOfWork } from "./day-of-work.ts";
import { failClip } from "./fail-clip.ts";
import { fieldWork } from "./field-work.ts";
import { seedDock } from "./seed-dock.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Pages for everybody: not tested, no Chromium was found");

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type Finding = { id: string; impact: string; nodes: { html: string }[] };

/**
 * Pages by the person who works there, after a day of work: `{clue}` is a record in review, `{filed}` one that became `{case}`, `{check}` one that
 * waits for officers on site, `{person}` an account, `{object}` a shop, `{flight}` a flight, `{trip}` a truck's trip with
 * findings, `{recording}` one of an officer's body camera.
 */
const visits = [
  {
    login: "monitor",
    paths: [
      "/monitor",
      "/monitor?wall=1",
      "/?tab=prescreen",
      "/sources",
      "/sources/cam-shop-12/scene",
      "/sources/cam-shop-12/device",
      "/docks",
      "/samples",
      "/upload",
      "/field-recordings?state=ORPHAN",
      "/field-recordings/runs?day=2026-11-19",
    ],
  },
  {
    login: "tech",
    paths: [
      "/?tab=technical",
      "/clues/{clue}",
      "/sources/cam-shop-12/device",
      "/second-looks",
      "/samples",
      "/account",
      "/status",
    ],
  },
  { login: "pilot", paths: ["/upload", "/upload/flights/{flight}"] },
  {
    login: "handler1",
    paths: [
      "/objects",
      "/objects?kind=permit",
      "/objects/import",
      "/objects/{object}",
      "/trucks",
      "/trucks?tab=trips",
      "/trucks/trips/{trip}",
      "/trucks?tab=register",
      "/trucks?tab=imports",
      "/clues/{filed}",
      "/on-site",
      "/on-site/{check}",
      "/cases/{case}",
      "/field-recordings?clip={recording}",
    ],
  },
  {
    login: "head",
    paths: [
      "/",
      "/clues/{clue}",
      "/cases",
      "/suppressions",
      "/second-looks",
      "/people",
      "/statistics",
      "/custody",
      "/retention",
    ],
  },
  { login: "auditor", paths: ["/known-items", "/statistics", "/custody", "/retention"] },
  {
    login: "admin",
    paths: ["/retention", "/sources", "/docks", "/people", "/people?id={person}", "/account", "/status"],
  },
] as const;
/** A laptop of the office, a wall, a phone. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
  { width: 390, height: 844 },
] as const;

describe.runIf(chromiumPath !== undefined)("every page", () => {
  let system: RunningSystem;
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    system = await startSystem();
    const clueOf = async (where: string) =>
      (
        await system.query<{ id: string }>(
          `select c.id from clue c join flag f on f.id = c.flag_id where f.evidence_to is not null and ${where}`,
        )
      )[0]?.id ?? "";
    const found: Record<string, string> = {
      clue: "c.source_id = 'cam-market-3' and c.violation = 'ROAD_PILE'",
      stall: "c.source_id = 'cam-market-3' and c.violation = 'STALL'",
      filed: "c.source_id = 'cam-shop-12'",
      check: "c.source_id = 'drone-1'",
      truck: "c.source_id = 'cam-gate-1'",
    };
    for (const [name, where] of Object.entries(found))
      await waitFor(
        async () => {
          ids[name] = await clueOf(where);
          return ids[name] !== "";
        },
        240_000,
        system.output,
      );
    ids.case = (await dayOfWork(system)).caseId;
    const recordings = await fieldWork(system);
    ids.recording = recordings.during;
    await failClip(system, recordings.orphan);
    await seedDock(system);
    const idOf = async (query: string) => (await system.query<{ id: string }>(query))[0]?.id ?? "";
    ids.object = await idOf("select id from register_object where kind = 'shop'");
    ids.flight = await idOf("select id from flight");
    await waitFor(async () => (await system.query("select 1 from truck_trip")).length > 0, 60_000, system.output);
    ids.trip = await idOf("select id from truck_trip order by findings desc, start_at limit 1");
    ids.person = await idOf("select id from person where login = 'tech'");
  });
  afterAll(async () => {
    await system.stop();
    removeFolder(system.dataFolder);
  });

  // two people at a time: a visit is half waiting (maxConcurrency of the project)
  test.concurrent.each(
    visits,
  )("of $login has no serious finding of axe, no error in the console and nothing wider than the screen, in light and dark", async ({
    login,
    paths,
  }) => {
    const { page, context, errors } = await signInAs(system.url, login, system.password);
    const findings: string[] = [];
    for (const path of paths) {
      const target = path.replace(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? "missing");
      findings.push(...(await findingsOf(page, path, () => page.goto(`${system.url}${target}`))));
    }
    expect(findings).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  test("of somebody who signs in, and of who has a password that was handed out, has none either", async () => {
    const admin = await signInAs(system.url, "admin", system.password);
    const made = await admin.context.request.post(`${system.url}/api/people`, {
      headers: { "x-mingcha": "1" },
      data: { login: "newcomer", name: "新同事", duties: ["monitor"] },
    });
    const { password } = (await made.json()) as { password: string };
    await admin.context.close();
    const outside = await openBrowser(system.url);
    expect(await findingsOf(outside.page, "sign-in", () => outside.page.reload(), ".sign-in-card")).toEqual([]);
    await outside.context.close();
    const newcomer = await signInAs(system.url, "newcomer", password);
    const first = await findingsOf(
      newcomer.page,
      "first password",
      () => newcomer.page.reload(),
      ".first-password-card",
    );
    expect(first).toEqual([]);
    expect(newcomer.errors).toEqual([]);
    await newcomer.context.close();
  });

  /** What is wrong with a page on each screen, after opening it there. */
  async function findingsOf(
    page: Page,
    name: string,
    open: () => Promise<unknown>,
    shown = "main, .page, .item, .scene, .queue, .os",
  ): Promise<string[]> {
    const findings: string[] = [];
    for (const [nth, size] of sizes.entries()) {
      const theme = nth % 2 === 0 ? "light" : "dark";
      await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
      await page.setViewportSize(size);
      await open();
      await page.locator(shown).first().waitFor();
      await page.waitForTimeout(800);
      await page.evaluate(await readAxe());
      const found = (await page.evaluate(
        "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)",
      )) as Finding[];
      for (const { id, impact, nodes } of found)
        if (impact === "serious" || impact === "critical")
          findings.push(`${name} ${size.width} ${theme}: ${id} ${nodes.length} × ${nodes[0]?.html.slice(0, 160)}`);
      const beyond = (await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) as number;
      if (beyond > 1) findings.push(`${name} ${size.width}: ${beyond} px wider than the screen`);
    }
    return findings;
  }

  async function readAxe(): Promise<string> {
    const { readFile } = await import("node:fs/promises");
    return readFile(axeFile, "utf8");
  }
});

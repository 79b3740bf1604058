import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, signInAs } from "./browser.ts";
import { type RunningSystem, removeFolder, startSystem, waitFor } from "./system.ts";

if (chromiumPath === undefined) console.warn("Pages for everybody: not tested, no Chromium was found");

const axeFile = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
type Finding = { id: string; impact: string; nodes: { html: string }[] };

/** Pages by the person who works there; `{clue}` is a record of the demo, `{person}` one of its accounts, `{object}` a shop. */
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
      "/samples",
      "/upload",
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
  { login: "pilot", paths: ["/upload"] },
  {
    login: "handler1",
    paths: [
      "/objects",
      "/objects?kind=permit",
      "/objects/import",
      "/objects/{object}",
      "/clues/{clue}",
      "/on-site",
      "/on-site/{clue}",
    ],
  },
  {
    login: "head",
    paths: ["/", "/clues/{clue}", "/cases", "/suppressions", "/second-looks", "/people", "/statistics", "/custody"],
  },
  { login: "auditor", paths: ["/known-items", "/statistics", "/custody"] },
  { login: "admin", paths: ["/sources", "/people", "/people?id={person}", "/account", "/status"] },
] as const;
/** A laptop of the office, a wall, a phone. */
const sizes = [
  { width: 1366, height: 768 },
  { width: 3840, height: 2160 },
  { width: 390, height: 844 },
] as const;

describe.runIf(chromiumPath !== undefined)("every page", () => {
  let system: RunningSystem;
  let clue = "";
  let person = "";
  let object = "";

  beforeAll(async () => {
    system = await startSystem();
    await waitFor(
      async () => {
        const rows = await system.query<{ id: string }>(
          "select c.id from clue c join flag f on f.id = c.flag_id where c.source_id = 'cam-shop-12' and f.evidence_to is not null",
        );
        clue = rows[0]?.id ?? "";
        return clue !== "";
      },
      240_000,
      system.output,
    );
    object = (await system.query<{ id: string }>("select id from register_object where kind = 'shop'"))[0]?.id ?? "";
    person = (await system.query<{ id: string }>("select id from person where login = 'tech'"))[0]?.id ?? "";
  });
  afterAll(async () => {
    await system.stop();
    removeFolder(system.dataFolder);
  });

  test.each(
    visits,
  )("of $login has no serious finding of axe, no error in the console and nothing wider than the screen, in light and dark", async ({
    login,
    paths,
  }) => {
    const { page, context, errors } = await signInAs(system.url, login, system.password);
    const findings: string[] = [];
    for (const path of paths)
      for (const [nth, size] of sizes.entries()) {
        const theme = nth % 2 === 0 ? "light" : "dark";
        await page.emulateMedia({ colorScheme: theme, reducedMotion: "reduce" });
        await page.setViewportSize(size);
        const target = path.replace("{clue}", clue).replace("{person}", person).replace("{object}", object);
        await page.goto(`${system.url}${target}`);
        await page.locator("main, .page, .item, .scene, .queue, .os").first().waitFor();
        await page.waitForTimeout(800);
        await page.evaluate(await readAxe());
        const found = (await page.evaluate(
          "axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations)",
        )) as Finding[];
        for (const { id, impact, nodes } of found)
          if (impact === "serious" || impact === "critical")
            findings.push(`${path} ${size.width} ${theme}: ${id} ${nodes.length} × ${nodes[0]?.html.slice(0, 160)}`);
        const beyond = (await page.evaluate("document.documentElement.scrollWidth - window.innerWidth")) as number;
        if (beyond > 1) findings.push(`${path} ${size.width}: ${beyond} px wider than the screen`);
      }
    expect(findings).toEqual([]);
    expect(errors).toEqual([]);
    await context.close();
  });

  async function readAxe(): Promise<string> {
    const { readFile } = await import("node:fs/promises");
    return readFile(axeFile, "utf8");
  }
});

/** Opens the drawing page in headless Chromium with a software rasteriser; serves it from this machine only. */
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import type { FootageApi } from "../page/main.ts";

const street = fileURLToPath(new URL("../page/main.ts", import.meta.url));
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--ignore-gpu-blocklist",
  "--disable-background-networking",
];

export type Footage = { page: Page; close: () => Promise<void> };

/**
 * `entry` and `ready`: another page of this folder and the name it puts on the window once it can draw.
 * `isCoarse`: edges not smoothed and shadows less sharp, in a third of the time.
 */
export async function openFootage(size: {
  widthPx: number;
  heightPx: number;
  paletteSeed: number;
  entry?: string;
  ready?: string;
  isCoarse?: boolean;
}): Promise<Footage> {
  const bundle = await build({
    entryPoints: [size.entry ?? street],
    bundle: true,
    format: "esm",
    write: false,
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const script = bundle.outputFiles[0]?.text ?? "";
  const server = createServer((request, response) => {
    const isScript = request.url?.startsWith("/main.js") ?? false;
    response.writeHead(200, { "content-type": isScript ? "text/javascript" : "text/html; charset=utf-8" });
    response.end(
      isScript ? script : '<!doctype html><meta charset="utf-8"><script type="module" src="/main.js"></script>',
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const profile = await mkdtemp(join(tmpdir(), "footage-"));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: flags,
    headless: true,
  });
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") console.error("page:", message.text());
  });
  page.on("pageerror", (error) => console.error("page:", error.message));
  await page.goto(
    `http://127.0.0.1:${port}/?width=${size.widthPx}&height=${size.heightPx}&palette=${size.paletteSeed}${size.isCoarse ? "&smooth=no" : ""}`,
  );
  await page.waitForFunction(`window.${size.ready ?? "footage"} !== undefined`, undefined, { timeout: 60_000 });
  return {
    page,
    close: async () => {
      await browser.close();
      server.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

/** Calls one function of the page. */
export function ask<K extends keyof FootageApi>(
  page: Page,
  name: K,
  ...args: Parameters<FootageApi[K]>
): Promise<ReturnType<FootageApi[K]>> {
  return page.evaluate(
    ([n, a]) => (window.footage[n as keyof FootageApi] as (...x: unknown[]) => unknown)(...(a as unknown[])),
    [name, args] as const,
  ) as Promise<ReturnType<FootageApi[K]>>;
}

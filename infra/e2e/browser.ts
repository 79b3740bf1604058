import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findProgram } from "../src/testing/find-program.ts";

export const chromiumPath = ["chromium", "chromium-browser", "google-chrome"]
  .map((name) => findProgram(name))
  .find((path) => path !== undefined);

export interface Person {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors the page printed or threw; a test asserts that there are none. */
  readonly errors: string[];
}

interface BrowserOptions {
  readonly locale?: string;
}

/** A browser with a profile of its own, on the page where one signs in. */
export async function openBrowser(url: string, options: BrowserOptions = {}): Promise<Person> {
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), "mingcha-browser-")), {
    executablePath: chromiumPath ?? "",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
    locale: options.locale ?? "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    acceptDownloads: true,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const errors: string[] = [];
  page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(url);
  return { page, context, errors };
}

/** One person at one browser, signed in on the real page. */
export async function signInAs(
  url: string,
  login: string,
  password: string,
  options: BrowserOptions = {},
): Promise<Person> {
  const person = await openBrowser(url, options);
  const { page } = person;
  await page.locator("input[autocomplete='username']").fill(login);
  await page.locator("input[autocomplete='current-password']").fill(password);
  await page.keyboard.press("Enter");
  await page.locator(".sign-in-card").waitFor({ state: "detached" });
  return person;
}

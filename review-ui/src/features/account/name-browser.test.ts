import { expect, test } from "vitest";
import { nameBrowser } from "./name-browser.ts";

test("browsers are told apart by what they call themselves first", () => {
  const chrome =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";
  expect(nameBrowser(chrome)).toBe("Chrome 141 · Windows");
  expect(nameBrowser(`${chrome} Edg/141.0.0.0`)).toBe("Edge 141 · Windows");
  expect(nameBrowser("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")).toBe(
    "Firefox 140 · Linux",
  );
  expect(nameBrowser("curl/8")).toBeNull();
  expect(nameBrowser(null)).toBeNull();
});

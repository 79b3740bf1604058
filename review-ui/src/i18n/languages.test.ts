import { expect, test } from "vitest";
import { en } from "./en/index.ts";
import { zhCn } from "./zh-cn/index.ts";

const sources = import.meta.glob<string>("../**/*.{ts,tsx}", { query: "?raw", import: "default", eager: true });
const code = Object.entries(sources)
  .filter(([path]) => !path.includes(".test.") && !path.startsWith("./"))
  .map(([, text]) => text)
  .join("\n");

function flatten(texts: object, prefix = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === "string") found.set(prefix + key, value);
    else for (const [path, text] of flatten(value as object, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

const chinese = flatten(zhCn);
const english = flatten(en);
/** Keys named whole in the code, and the fixed beginnings of keys that are put together. */
const usedWhole = [...code.matchAll(/"([a-zA-Z]+(?:\.[\w-]+)+)"/g)].map((match) => match[1]!);
const usedPrefixes = [...code.matchAll(/\bt\(\s*`([^`$]+)\$\{/g)].map((match) => match[1]!);

test("both languages have the same keys", () => {
  expect([...english.keys()].sort()).toEqual([...chinese.keys()].sort());
});

test("both languages put the same values into a text", () => {
  const values = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort();
  for (const [key, text] of chinese) expect(values(english.get(key) ?? ""), key).toEqual(values(text));
});

test("no text is empty, and English has no Chinese in it", () => {
  for (const [key, text] of english) {
    expect(text.trim(), key).not.toBe("");
    expect(text, key).not.toMatch(/\p{Script=Han}/u);
  }
  for (const [key, text] of chinese) expect(text.trim(), key).not.toBe("");
});

test("every key named in the code exists", () => {
  const named = [...code.matchAll(/\bt\(\s*"([^"]+)"/g)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(150);
  for (const key of named) expect(chinese.has(key), key).toBe(true);
  for (const prefix of usedPrefixes)
    expect(
      [...chinese.keys()].some((key) => key.startsWith(prefix)),
      prefix,
    ).toBe(true);
});

test("no key is left unused", () => {
  const unused = [...chinese.keys()].filter(
    (key) => !usedWhole.includes(key) && !usedPrefixes.some((prefix) => key.startsWith(prefix)),
  );
  expect(unused).toEqual([]);
});

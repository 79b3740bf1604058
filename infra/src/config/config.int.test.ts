import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { environmentSchema, parseEnvironment, repoRoot, withSecretFiles } from "./index.ts";

test(".env.example names exactly the variables that are read", () => {
  const named = readFileSync(join(repoRoot, ".env.example"), "utf8").match(/^[A-Z_0-9]+(?==)/gm);
  expect([...(named ?? [])].sort()).toEqual(Object.keys(environmentSchema.shape).sort());
});

test("an empty environment is a good one", () => {
  expect(parseEnvironment({})).toMatchObject({ MINGCHA_HOST: "127.0.0.1", MINGCHA_DEMO: true });
});

test("every bad variable is named in one message", () => {
  const start = () => parseEnvironment({ MINGCHA_PORT: "eighty", DATABASE_URL: "mysql://x", LOG_LEVEL: "loud" });
  expect(start).toThrow(/MINGCHA_PORT.*DATABASE_URL.*LOG_LEVEL/s);
});

test("what live cameras need is checked before anything starts", () => {
  expect(() => parseEnvironment({ MINGCHA_STREAM_NETWORKS: "10.0.0.0/8,cameras" })).toThrow(
    /MINGCHA_STREAM_NETWORKS: "cameras" is no network/,
  );
  expect(() => parseEnvironment({ MINGCHA_SECRET_KEY: "short" })).toThrow(/MINGCHA_SECRET_KEY: has to be 32 bytes/);
});

test("an S3 end point without keys is refused", () => {
  expect(() => parseEnvironment({ S3_ENDPOINT: "http://127.0.0.1:9000" })).toThrow(/S3_ACCESS_KEY/);
});

test("an empty value counts as not set", () => {
  expect(parseEnvironment({ MINGCHA_PORT: "", REDIS_URL: "" })).toMatchObject({ MINGCHA_PORT: 8686 });
});

test("secrets may come as files; one given twice or not readable is refused, and its value is in no message", () => {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-secrets-"));
  const file = join(folder, "url");
  writeFileSync(file, "postgresql://someone:word@db/mingcha\n");
  const read = (env: Record<string, string>) => parseEnvironment(withSecretFiles(env));
  expect(read({ DATABASE_URL_FILE: file }).DATABASE_URL).toBe("postgresql://someone:word@db/mingcha");
  expect(() => read({ DATABASE_URL_FILE: file, DATABASE_URL: "postgresql://x/y" })).toThrow(/both set/);
  expect(() => read({ S3_SECRET_KEY_FILE: join(folder, "none") })).toThrow(
    /S3_SECRET_KEY_FILE .*cannot be read \(ENOENT\)/,
  );
  writeFileSync(file, "mysql://someone:word@db/mingcha");
  const wrong = () => read({ DATABASE_URL_FILE: file });
  expect(wrong).toThrow(/DATABASE_URL/);
  expect(wrong).not.toThrow(/word/);
  rmSync(folder, { recursive: true });
});

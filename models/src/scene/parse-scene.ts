import type { z } from "zod";
import { type Scene, sceneSchema } from "./scene.ts";

export type BadScene = { kind: "bad"; path: string; text: { zh: string; en: string } };

/** zones[0].polygon[2] */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
    .join("");

/** One sentence for the first thing that does not fit. */
export function badScene(issue: Pick<z.core.$ZodIssue, "path" | "message"> | undefined): BadScene {
  const path = pathText(issue?.path ?? []) || "top level";
  const message = issue?.message ?? "does not fit";
  return {
    kind: "bad",
    path,
    text: { zh: `场景文件有误：${path}：${message}`, en: `the scene is not valid at ${path}: ${message}` },
  };
}

/** Reads a scene. Never throws for content; the sentence of a refusal names the path. */
export function parseScene(value: unknown): { kind: "ok"; scene: Scene } | BadScene {
  const parsed = sceneSchema.safeParse(value);
  return parsed.success ? { kind: "ok", scene: parsed.data } : badScene(parsed.error.issues[0]);
}

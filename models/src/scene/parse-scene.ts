import type { z } from "zod";
import { zhCN } from "zod/locales";
import { type Scene, sceneSchema } from "./scene.ts";

export type BadScene = { kind: "bad"; path: string; text: { zh: string; en: string } };

/** zones[0].polygon[2] */
export const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? String(part) : `.${String(part)}`))
    .join("");

/** One sentence for something that does not fit. */
export function badScene(at: readonly PropertyKey[], because: { zh: string; en: string }): BadScene {
  const path = pathText(at);
  return {
    kind: "bad",
    path: path || "top level",
    text: {
      zh: `场景文件有误：${path || "最外层"}：${because.zh}`,
      en: `the scene is not valid at ${path || "top level"}: ${because.en}`,
    },
  };
}

/** What is wrong inside a value of several possible forms: the form it came nearest to, told by how deep its first problem lies. */
function innermost(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== "invalid_union") return issue;
  const firsts = issue.errors.flatMap(([first]) => (first === undefined ? [] : [innermost(first)]));
  const nearest = firsts.reduce<z.core.$ZodIssue | undefined>(
    (best, next) => (next.path.length > (best?.path.length ?? 0) ? next : best),
    undefined,
  );
  return nearest === undefined ? issue : { ...nearest, path: [...issue.path, ...nearest.path] };
}

/** The own words of a check where it has some (`refusal`), else the parser's in each language. */
function firstProblem(value: unknown, issues: readonly z.core.$ZodIssue[]): BadScene {
  const [issue] = issues.map(innermost);
  const [issueZh] = (sceneSchema.safeParse(value, { error: zhCN().localeError }).error?.issues ?? []).map(innermost);
  const own = issueZh?.code === "custom" ? issueZh.params?.zh : undefined;
  const en = issue?.message ?? "does not fit";
  return badScene(issue?.path ?? [], { zh: typeof own === "string" ? own : (issueZh?.message ?? en), en });
}

/** Reads a scene. Never throws for content; the sentence of a refusal names the path. */
export function parseScene(value: unknown): { kind: "ok"; scene: Scene } | BadScene {
  const parsed = sceneSchema.safeParse(value);
  return parsed.success ? { kind: "ok", scene: parsed.data } : firstProblem(value, parsed.error.issues);
}

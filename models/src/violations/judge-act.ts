import type { Act, Scene, TraceItem } from "../scene/index.ts";
import type { Violation } from "./define.ts";
import type { LostSpan } from "./filters/define.ts";
import { filters } from "./filters/registry.ts";
import { groundOf } from "./ground-of.ts";
import type { WatchedPlace } from "./resolve-rule.ts";

/**
 * The trace of an act: one line for each filter its rule has, in their order, with what was measured and what was asked.
 * It is a flag when all have passed.
 * @param lost looks lost while the place was watched, in time order
 */
export function judgeAct(act: Act, place: WatchedPlace, scene: Scene, lost: readonly LostSpan[] = []): TraceItem[] {
  const context = { scene, ground: groundOf(scene), lost };
  return filters
    .filter((filter) => filter.applies(place, scene))
    .flatMap((filter) => {
      const line = filter.judge(act, place, context);
      return line === null ? [] : [{ filter: filter.name, ...line }];
    });
}

/** What a person has to judge: what no camera tells of this violation, and what a filter could not decide for this act. */
export function toJudgeOf(violation: Violation, trace: readonly TraceItem[]): string[] {
  const attributes = violation.judgedByPerson.map((item) => item.attribute);
  const open = trace.flatMap((item) => item.toJudge ?? []);
  return [...new Set([...attributes, ...open])];
}

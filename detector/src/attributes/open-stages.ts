import { type Stage, stageRegistry } from "@mingcha/models/attributes";
import { locateStage } from "./locate-stage.ts";
import { openStage, type StageSession } from "./open-stage.ts";

/** The second-stage models at hand. */
export type Stages = {
  sessions: readonly StageSession[];
  /** One sentence for each file that is there and cannot be used; a file that is absent is no problem: its attributes go to a person. */
  problems: readonly string[];
  close: () => Promise<void>;
};

/** Opens every second-stage model whose file lies in one of the folders. Never fails: what cannot be used is said and left out. */
export async function openStages(
  folders: readonly string[],
  stages: readonly Stage[] = stageRegistry,
): Promise<Stages> {
  const sessions: StageSession[] = [];
  const problems: string[] = [];
  for (const stage of stages) {
    const file = await locateStage(stage, folders);
    if (file === undefined) continue;
    const opened = await openStage(stage, file);
    if ("kind" in opened) problems.push(opened.text);
    else sessions.push(opened);
  }
  return {
    sessions,
    problems,
    close: async () => {
      for (const session of sessions) await session.close();
    },
  };
}

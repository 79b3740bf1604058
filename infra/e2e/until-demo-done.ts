import { demoClips } from "./demo-clips.ts";
import { type RunningSystem, waitFor } from "./system.ts";

/** Waits until all of the demo footage was looked at and nothing more comes of it: every flag has its pictures and its record. */
export async function untilDemoDone({ query, output }: Pick<RunningSystem, "query" | "output">): Promise<void> {
  const clips = demoClips().length;
  await waitFor(
    async () =>
      (await query("select 1 from clip where state = 'DETECTED'")).length === clips &&
      (
        await query(
          "select 1 from flag f left join clue c on c.flag_id = f.id where c.id is null or f.evidence_to is null",
        )
      ).length === 0,
    290_000,
    output,
  );
}

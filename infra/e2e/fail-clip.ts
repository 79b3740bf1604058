import type { RunningSystem } from "./system.ts";

/** Leaves a recording as the detector leaves what it could not analyse (detector/src/jobs/claim-clip.ts), without the six tries. */
export async function failClip(system: Pick<RunningSystem, "query">, clipId: string): Promise<void> {
  await system.query(
    `update clip set state = 'QUARANTINED', reason_code = 'attempts_used_up', reason_zh = '分析 6 次均未完成，已隔离待人工检查',
       reason_en = 'Analysis did not come to an end in 6 attempts; a person has to look' where id = $1`,
    [clipId],
  );
}

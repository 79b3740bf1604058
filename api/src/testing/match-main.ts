import { readEnvironment, readServices } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { createLog } from "@mingcha/infra/log";
import { matchClip } from "../field/match-clip.ts";
import { createFieldMatching } from "../field/match-due.ts";

/** A process that does nothing but match recordings, until it is killed; a test's stand-in for the sweep of the api. */
const db = openDatabase(readServices(readEnvironment()).databaseUrl);
const deps = { db, log: createLog("match", "error") };
const matching = createFieldMatching(deps);
for (;;) {
  await matching();
  // over and over: what is matched already changes nothing
  for (const { clipId } of await db.fieldRecording.findMany({ select: { clipId: true } }))
    await matchClip(deps, clipId);
}

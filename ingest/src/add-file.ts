/**
 * Gives files to the running system: npm run ingest -- FILE… [--source ID] [--scene scene.json] [--start ISO8601] [--srt FILE]
 * One line per file; exit 0 when all are in, 2 with one clear sentence otherwise.
 */
import { ConfigError } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { createLog } from "@mingcha/infra/log";
import { openQueues } from "@mingcha/infra/queue";
import { addFiles } from "./command/add-files.ts";
import { describeOutcome } from "./command/describe-outcome.ts";
import { parseArguments, UsageError } from "./command/parse-arguments.ts";
import { waitForOutcome } from "./command/wait-for-outcome.ts";
import { callerPath, readCommandConfig } from "./config.ts";

const waitLimitMs = 600_000;

async function addFromCommandLine(argv: readonly string[]): Promise<number> {
  const given = parseArguments(argv);
  const { services } = readCommandConfig();
  const db = openDatabase(services.databaseUrl, 2);
  const queues = await openQueues({ ...services, log: createLog("add-file", "silent") });
  try {
    const rows = await addFiles({ db, queues, resolvePath: callerPath }, given);
    let isAllIn = true;
    for (const { id } of rows) {
      const intake = await waitForOutcome(db, id, waitLimitMs);
      const clip = intake.clipId === null ? null : await db.clip.findUnique({ where: { id: intake.clipId } });
      console.log(describeOutcome(intake, clip));
      if (intake.state !== "STORED" && intake.state !== "DUPLICATE") isAllIn = false;
    }
    if (!isAllIn) console.error("Not every file could be taken in; the lines above say why.");
    return isAllIn ? 0 : 2;
  } finally {
    await queues.close();
    await db.$disconnect();
  }
}

try {
  process.exitCode = await addFromCommandLine(process.argv.slice(2));
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof ConfigError;
  const reason = error instanceof Error ? (error.message.split("\n").at(-1) ?? "") : String(error);
  console.error(isExpected ? reason : `Mingcha cannot be reached or broke down: ${reason}`);
  process.exitCode = 2;
}

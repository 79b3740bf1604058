import { ConfigError, findRunningServices, readEnvironment } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import type { Scene, StoredLook } from "@mingcha/models/scene";
import { decodeLooks, readSourceLooks } from "./analysis/dry-run-looks.ts";
import { dryRun, dryRunLines } from "./analysis/dry-run-report.ts";
import { readLooks } from "./analysis/looks-file.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { readSceneFile } from "./cli/read-scene-file.ts";

const usage =
  "npm run dry-run -- --looks looks.json | --source ID [--from ISO8601] [--to ISO8601], --scene new.json [--against old.json] [--json]";

const options = {
  looks: { type: "string" },
  source: { type: "string" },
  scene: { type: "string" },
  against: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
  json: { type: "boolean", default: false },
} as const;

function instant(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const ms = Date.parse(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(ms))
    throw new BadUse(`--${name} ${text} is no ISO 8601 time like 2026-05-01T08:00:00+08:00`);
  return ms;
}

type Given = { stored: StoredLook[]; inForce: Scene | undefined };

async function fromDatabase(sourceId: string, span: { fromMs?: number; toMs?: number }): Promise<Given> {
  let url: string;
  try {
    url = findRunningServices(readEnvironment()).databaseUrl;
  } catch (error) {
    throw error instanceof ConfigError ? new BadUse(error.message) : error;
  }
  const db = openDatabase(url, 2);
  try {
    const { stored, scene } = await readSourceLooks(db, sourceId, span);
    if (scene !== undefined) console.error(`in force at the last look: version ${scene.version} of the scene`);
    return { stored, inForce: scene?.document };
  } finally {
    await db.$disconnect();
  }
}

/** What a changed scene would have flagged on looks that were taken already, against the old one. */
async function compare(): Promise<number> {
  const { values, positionals } = parseArguments(options, usage);
  if (positionals.length > 0) throw new BadUse(`${positionals[0]} is not understood. Usage: ${usage}`);
  if (values.scene === undefined) throw new BadUse(`--scene is missing. Usage: ${usage}`);
  if ((values.looks === undefined) === (values.source === undefined))
    throw new BadUse(`give either --looks or --source. Usage: ${usage}`);
  const { scene } = await readSceneFile(values.scene);
  const against = values.against === undefined ? undefined : (await readSceneFile(values.against)).scene;
  const [fromMs, toMs] = [instant("from", values.from), instant("to", values.to)];

  const given: Given =
    values.looks !== undefined
      ? { stored: (await readLooks(values.looks)).looks, inForce: undefined }
      : await fromDatabase(values.source ?? "", {
          ...(fromMs === undefined ? {} : { fromMs }),
          ...(toMs === undefined ? {} : { toMs }),
        });
  const wanted = given.stored.filter(({ t }) => t >= (fromMs ?? 0) && t <= (toMs ?? Number.POSITIVE_INFINITY));
  const { looks, decodeMs } = decodeLooks(wanted);
  const result = dryRun(against ?? given.inForce, scene, looks, decodeMs);
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else for (const line of dryRunLines(result, scene.source.timezone)) console.log(line);
  return 0;
}

await runCommand(compare);

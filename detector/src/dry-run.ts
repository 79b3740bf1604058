import { ConfigError, findRunningServices, readEnvironment } from "@mingcha/infra/config";
import { openDatabase } from "@mingcha/infra/db";
import { readSourceLooks } from "@mingcha/infra/looks";
import { decodeLook, type Scene, type StoredLook } from "@mingcha/models/scene";
import { cameraDay } from "./analysis/camera-day.ts";
import { dryRun, dryRunLines } from "./analysis/dry-run-report.ts";
import { readLooks } from "./analysis/looks-file.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { readSceneFile } from "./cli/read-scene-file.ts";

const usage =
  "npm run dry-run -- --looks looks.json | --source ID | --made-up SEED, --scene new.json [--against old.json] [--from ISO8601] [--to ISO8601] [--json]";

const options = {
  looks: { type: "string" },
  source: { type: "string" },
  "made-up": { type: "string" },
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
    const found = await readSourceLooks(db, sourceId, span);
    if (found.kind === "none") throw new BadUse(`the source ${sourceId} has no stored looks in that time`);
    const { stored, scene } = found;
    if (scene !== undefined) console.error(`in force at the last look: version ${scene.version} of the scene`);
    return { stored, inForce: scene?.document };
  } finally {
    await db.$disconnect();
  }
}

type Ways = { looks?: string | undefined; source?: string | undefined; "made-up"?: string | undefined };

/** Looks from a file, from the database, or a made-up day of one street camera that shows what a day costs. */
async function takeLooks(ways: Ways, span: { fromMs?: number; toMs?: number }): Promise<Given> {
  if (ways.looks !== undefined) return { stored: (await readLooks(ways.looks)).looks, inForce: undefined };
  if (ways.source !== undefined) return fromDatabase(ways.source, span);
  const seed = Number(ways["made-up"]);
  if (!Number.isInteger(seed)) throw new BadUse(`--made-up ${ways["made-up"]} is no whole number. Usage: ${usage}`);
  return { stored: cameraDay({ seed, startMs: Date.parse("2026-05-08T00:00:00+08:00") }), inForce: undefined };
}

/** What a changed scene would have flagged on looks that were taken already, against the old one. */
async function compare(): Promise<number> {
  const { values, positionals } = parseArguments(options, usage);
  if (positionals.length > 0) throw new BadUse(`${positionals[0]} is not understood. Usage: ${usage}`);
  if (values.scene === undefined) throw new BadUse(`--scene is missing. Usage: ${usage}`);
  const ways = [values.looks, values.source, values["made-up"]].filter((way) => way !== undefined);
  if (ways.length !== 1) throw new BadUse(`give one of --looks, --source and --made-up. Usage: ${usage}`);
  const { scene } = await readSceneFile(values.scene);
  const against = values.against === undefined ? undefined : (await readSceneFile(values.against)).scene;
  const [fromMs, toMs] = [instant("from", values.from), instant("to", values.to)];

  const given = await takeLooks(values, {
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
  });
  const wanted = given.stored.filter(({ t }) => t >= (fromMs ?? 0) && t <= (toMs ?? Number.POSITIVE_INFINITY));
  const startedMs = performance.now();
  const looks = wanted.map(decodeLook);
  const result = dryRun(against ?? given.inForce, scene, looks, performance.now() - startedMs);
  if (values.json) console.log(JSON.stringify(result, null, 2));
  else for (const line of dryRunLines(result, scene.source.timezone)) console.log(line);
  return 0;
}

await runCommand(compare);

import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findModel, modelRegistry } from "@mingcha/models/onnx";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { locateModel, readModelFile } from "./runtime/load-model.ts";
import { openOnnxSession } from "./runtime/onnx-session.ts";

const sidecar = ".manifest.json";
const usage = "npm run models -- list | pull ID | check ID | bench ID";

/** Manifests that lie in the folders beside their models, and those the product knows by name. */
async function knownIds(folders: readonly string[]): Promise<string[]> {
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const beside = names.flat().flatMap((name) => (name.endsWith(sidecar) ? [name.slice(0, -sidecar.length)] : []));
  return [...new Set([...beside.sort(), ...modelRegistry.map((manifest) => manifest.id)])];
}

async function list(): Promise<number> {
  const { modelFolders } = readConfig();
  for (const id of await knownIds(modelFolders)) {
    const located = await locateModel(id, modelFolders);
    const manifest = "kind" in located ? findModel(id) : located.manifest;
    const { title, input, bytes, licence, url } = manifest ?? {};
    const missing = url === undefined ? "not here" : "not here, can be pulled";
    const what =
      input === undefined
        ? []
        : [title, `${input.width}×${input.height}`, `${((bytes ?? 0) / 1e6).toFixed(1)} MB`, licence];
    console.log(`${id}\n  ${what.join(", ")}\n  ${"kind" in located ? missing : located.file}`);
  }
  return 0;
}

/** Downloads to a temporary name, checks size and SHA-256 on the way, then renames: a broken download never looks like a model. */
async function pull(id: string): Promise<number> {
  const { pulledFolder } = readConfig();
  const manifest = findModel(id);
  if (manifest === undefined) throw new BadUse(`no model is called "${id}"`);
  if (manifest.url === undefined)
    throw new BadUse(`model ${id} has no download address: put ${manifest.file} into MODELS_DIR`);
  await mkdir(pulledFolder, { recursive: true });
  const target = join(pulledFolder, manifest.file);
  const part = `${target}.part`;
  const response = await fetch(manifest.url, { signal: AbortSignal.timeout(600_000) }).catch((error: Error) => {
    throw new BadUse(`model ${id}: ${manifest.url} cannot be reached (${error.message})`);
  });
  if (!response.ok || response.body === null)
    throw new BadUse(`model ${id}: ${manifest.url} answered ${response.status}`);
  const hash = createHash("sha256");
  let bytes = 0;
  async function* counted(body: AsyncIterable<Uint8Array>) {
    for await (const piece of body) {
      bytes += piece.length;
      if (bytes > (manifest?.bytes ?? 0)) break;
      hash.update(piece);
      yield piece;
    }
  }
  await pipeline(counted(Readable.fromWeb(response.body)), createWriteStream(part));
  const sha256 = hash.digest("hex");
  if (bytes !== manifest.bytes || sha256 !== manifest.sha256) {
    await unlink(part);
    throw new BadUse(`model ${id}: what came is not the model (${bytes} bytes, SHA-256 ${sha256}); nothing was kept`);
  }
  await rename(part, target);
  console.log(`${id} → ${target}`);
  return 0;
}

/** Loads a model the way the detector does: hash, shapes, one inference in a process of its own. */
async function check(id: string): Promise<number> {
  const config = readConfig();
  const model = await openModel(config, id);
  const inference = await openInference(model, await openTools(config));
  await inference.close();
  console.log(`${id}: ${model.file} fits its manifest and runs`);
  return 0;
}

async function bench(id: string): Promise<number> {
  const model = await openModel(readConfig(), id);
  const file = await readModelFile(model);
  if (file.kind === "bad") throw new BadUse(file.text);
  const session = await openOnnxSession(file.bytes, model.manifest);
  if ("kind" in session) throw new BadUse(session.text);
  const times: number[] = [];
  for (const until = performance.now() + 5_000; performance.now() < until; ) {
    const from = performance.now();
    await session.runBare();
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): string => (times[Math.floor(times.length * share)] ?? 0).toFixed(1);
  console.log(`${id}: median ${at(0.5)} ms, p95 ${at(0.95)} ms, ${times.length} runs, one thread, ${session.provider}`);
  return 0;
}

await runCommand(async () => {
  const { positionals } = parseArguments({}, usage);
  const [verb, id] = positionals;
  if (verb === "list") return list();
  if (id === undefined || positionals.length > 2) throw new BadUse(`Usage: ${usage}`);
  if (verb === "pull") return pull(id);
  if (verb === "check") return check(id);
  if (verb === "bench") return bench(id);
  throw new BadUse(`Usage: ${usage}`);
});

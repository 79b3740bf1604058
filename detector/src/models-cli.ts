import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { findStage, stageRegistry } from "@mingcha/models/attributes";
import { findModel, modelRegistry } from "@mingcha/models/onnx";
import { locateStage } from "./attributes/locate-stage.ts";
import { checkStage } from "./cli/check-stage.ts";
import { BadUse, runCommand } from "./cli/fail.ts";
import { openInference, openModel, openTools, readConfig } from "./cli/open-detector.ts";
import { parseArguments } from "./cli/parse-arguments.ts";
import { printTable } from "./cli/print-table.ts";
import { benchSessions } from "./evaluation/bench-sessions.ts";
import { proveModel } from "./evaluation/prove-model.ts";
import { type LocatedModel, locateModel, readModelFile } from "./runtime/load-model.ts";
import { type OnnxSession, openOnnxSession, type SessionOptions } from "./runtime/onnx-session.ts";

const sidecar = ".manifest.json";
const usage = "npm run models -- list | pull ID | check ID | bench ID";

/** Manifests of detectors that lie in the folders beside their models, and those the product knows by name. */
async function knownIds(folders: readonly string[]): Promise<string[]> {
  const names = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [])));
  const beside = names.flat().flatMap((name) => (name.endsWith(sidecar) ? [name.slice(0, -sidecar.length)] : []));
  const isDetector = (id: string): boolean => findStage(id) === undefined;
  return [...new Set([...beside.sort().filter(isDetector), ...modelRegistry.map((manifest) => manifest.id)])];
}

type Listed = { title: string; input: { width: number; height: number }; bytes: number; licence: string; url?: string };

function printListed(id: string, listed: Listed | undefined, file: string | undefined): void {
  const what =
    listed === undefined
      ? []
      : [
          listed.title,
          `${listed.input.width}×${listed.input.height}`,
          `${(listed.bytes / 1e6).toFixed(1)} MB`,
          listed.licence,
        ];
  const missing = listed?.url === undefined ? "not here" : "not here, can be pulled";
  console.log(`${id}\n  ${what.join(", ")}\n  ${file ?? missing}`);
}

async function list(): Promise<number> {
  const { modelFolders } = readConfig();
  console.log("Detectors · 检测模型");
  for (const id of await knownIds(modelFolders)) {
    const located = await locateModel(id, modelFolders);
    const isMissing = "kind" in located;
    printListed(id, isMissing ? findModel(id) : located.manifest, isMissing ? undefined : located.file);
  }
  console.log("\nSecond looks at what a detector found · 二次识别模型");
  for (const stage of stageRegistry) printListed(stage.id, stage, await locateStage(stage, modelFolders));
  return 0;
}

/** Downloads to a temporary name, checks size and SHA-256 on the way, then renames: a broken download never looks like a model. */
async function pull(id: string): Promise<number> {
  const { pulledFolder } = readConfig();
  const manifest = findModel(id) ?? findStage(id);
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

async function openSession(model: LocatedModel, options?: SessionOptions): Promise<OnnxSession> {
  const file = await readModelFile(model);
  if (file.kind === "bad") throw new BadUse(file.text);
  const session = await openOnnxSession(file.bytes, model.manifest, options);
  if ("kind" in session) throw new BadUse(session.text);
  return session;
}

const pixelsText = ({ folding, pixelFormat }: OnnxSession): string => {
  if (folding.kind === "folded")
    return `${pixelFormat} bytes, the rest is folded into the graph · 像素换算已并入模型图`;
  if (folding.kind === "none") return `${pixelFormat} bytes, as the model takes them · 模型直接接收字节`;
  return `${pixelFormat} through tables, not folded · 未并入模型图: ${folding.reason}`;
};
const providerText = ({ provider, providerNote, threads }: OnnxSession): string =>
  `${provider}, threads: ${threads}${providerNote === undefined ? "" : ` (${providerNote})`}`;

/** Hash, names, shapes, finite answers, then known boxes of the product's own clips in a process of its own, as the detector looks. */
async function check(id: string): Promise<number> {
  const config = readConfig();
  const model = await openModel(config, id);
  const session = await openSession(model);
  console.log(`${id}: ${model.file} fits its manifest · 文件与说明文件相符`);
  console.log(`  runs on · 运行于: ${providerText(session)}`);
  console.log(`  pixels · 像素: ${pixelsText(session)}`);
  console.log(`  frames at once · 每次可处理: ${session.canBatch ? "any number · 任意帧数" : "one · 一帧"}`);
  await session.close();
  const tools = await openTools(config);
  const inference = await openInference(model, tools);
  const proofs = await proveModel(tools, inference, model.manifest).finally(() => inference.close());
  for (const { clip, role, best, isFound } of proofs) {
    const what = best === undefined ? "nothing there" : `IoU ${best.iou.toFixed(2)}, score ${best.score.toFixed(2)}`;
    console.log(`  ${isFound ? "found · 找到 " : "MISSED · 漏检"}  ${clip}: ${role}, ${what}`);
  }
  const missed = proofs.filter(({ isFound }) => !isFound).length;
  if (proofs.length === 0)
    console.log("  no known box has one of its roles: only the run is proven · 没有可比对的已知框，仅证明可运行");
  else if (missed === 0) console.log(`  all ${proofs.length} known boxes found · 已知框全部找到`);
  else console.log(`  ${missed} of ${proofs.length} known boxes missed · 漏检 ${missed} 个已知框`);
  return missed === 0 ? 0 : 1;
}

async function bench(id: string): Promise<number> {
  const model = await openModel(readConfig(), id);
  const sessions = [await openSession(model)];
  // A model that takes bytes has nothing to compare with.
  if (sessions[0]?.folding.kind === "folded") sessions.push(await openSession(model, { fold: false }));
  console.log(`${id}: ${sessions.map(providerText)[0]}`);
  printTable(await benchSessions(sessions, model.manifest.input));
  await Promise.all(sessions.map((session) => session.close()));
  return 0;
}

await runCommand(async () => {
  const { positionals } = parseArguments({}, usage);
  const [verb, id] = positionals;
  if (verb === "list") return list();
  if (id === undefined || positionals.length > 2) throw new BadUse(`Usage: ${usage}`);
  if (verb === "pull") return pull(id);
  if (verb === "check") return findStage(id) === undefined ? check(id) : checkStage(id, readConfig().modelFolders);
  if (verb === "bench" && findStage(id) !== undefined)
    throw new BadUse(`${id} is a second-stage model, and only detectors are timed · 仅对检测模型计时`);
  if (verb === "bench") return bench(id);
  throw new BadUse(`Usage: ${usage}`);
});

import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InferenceSession } from "onnxruntime-node";

export type Provider = "cpu" | "cuda";

export type CreatedSession = {
  session: InferenceSession;
  provider: Provider;
  /** Why a faster provider is not used; absent where the fastest is. */
  providerNote?: string;
};

/**
 * Folder of the runtime's native part, and whether its CUDA provider lies there: npm ships the CPU alone, the provider is installed beside
 * it (onnxruntime.ai, "Install ONNX Runtime", Node.js). Asked first, because a failing attempt writes to the terminal.
 */
function hasCudaLibrary(): boolean {
  const bin = join(dirname(createRequire(import.meta.url).resolve("onnxruntime-node")), "..", "bin");
  const name = process.platform === "win32" ? "onnxruntime_providers_cuda.dll" : "libonnxruntime_providers_cuda.so";
  const versions = existsSync(bin) ? readdirSync(bin) : [];
  return versions.some((version) => existsSync(join(bin, version, process.platform, process.arch, name)));
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Opens a graph on CUDA where it is there and takes it, else on the CPU. Throws where the CPU refuses it too. */
export async function createSession(bytes: Uint8Array, threads: number): Promise<CreatedSession> {
  const options = (provider: Provider): InferenceSession.SessionOptions => ({
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
  });
  let providerNote = "the CUDA provider of the runtime is not installed";
  if (hasCudaLibrary())
    try {
      return { session: await InferenceSession.create(bytes, options("cuda")), provider: "cuda" };
    } catch (error) {
      providerNote = `CUDA: ${sentenceOf(error)}`;
    }
  return { session: await InferenceSession.create(bytes, options("cpu")), provider: "cpu", providerNote };
}

import { ConfigError } from "@mingcha/infra/config";
import { findMediaTools, type MediaTools } from "@mingcha/infra/media";
import { type DetectorConfig, detectorConfig } from "../config.ts";
import { type InferenceProcess, startInferenceProcess } from "../runtime/inference-process.ts";
import { type LocatedModel, locateModel } from "../runtime/load-model.ts";
import { BadUse } from "./fail.ts";

/** The environment, or one sentence naming what is wrong with it. */
export function readConfig(): DetectorConfig {
  try {
    return detectorConfig();
  } catch (error) {
    if (error instanceof ConfigError) throw new BadUse(error.message);
    throw error;
  }
}

export async function openTools(config: DetectorConfig): Promise<MediaTools> {
  const tools = await findMediaTools(config).catch((error: Error) => {
    throw new BadUse(error.message);
  });
  for (const warning of tools.warnings) console.error(`warning: ${warning}`);
  return tools;
}

export async function openModel(config: DetectorConfig, id: string): Promise<LocatedModel> {
  const located = await locateModel(id, config.modelFolders);
  if ("kind" in located) throw new BadUse(located.text);
  return located;
}

export async function openInference(model: LocatedModel, tools: MediaTools): Promise<InferenceProcess> {
  const inference = await startInferenceProcess(model, tools);
  if ("kind" in inference) throw new BadUse(inference.text);
  return inference;
}

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Environment, readEnvironment } from "@mingcha/infra/config";

const weightsFolder = fileURLToPath(new URL("../../models/weights/", import.meta.url));

/** What the detector and its command lines need of the environment; parsed once at start and passed down. */
export type DetectorConfig = {
  /** Folders searched for models, first match wins: the user's, the shipped ones, the downloaded ones. */
  modelFolders: string[];
  /** Where `pull` puts a model. */
  pulledFolder: string;
  modelId: string;
  inferenceProcesses: number;
  ffmpegPath: string | undefined;
  ffprobePath: string | undefined;
};

export function detectorConfig(environment: Environment = readEnvironment()): DetectorConfig {
  const pulledFolder = join(weightsFolder, "pulled");
  return {
    modelFolders: [
      ...(environment.MODELS_DIR === undefined ? [] : [environment.MODELS_DIR]),
      weightsFolder,
      pulledFolder,
    ],
    pulledFolder,
    modelId: environment.MINGCHA_MODEL,
    inferenceProcesses: environment.MINGCHA_INFERENCE_PROCESSES,
    ffmpegPath: environment.FFMPEG_PATH,
    ffprobePath: environment.FFPROBE_PATH,
  };
}

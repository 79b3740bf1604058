import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../../models/demo/", import.meta.url));

export interface DemoClip {
  readonly id: string;
  readonly file: string;
  readonly scene: {
    source: { id: string; name: string };
    zones: { id: string; place?: string; polygon: [number, number][] }[];
    rules: { violation: string; dwellS: number; graceS: number }[];
  };
  readonly truth: { startedAt: string; violations: { violation: string; zone: string; fromS: number; toS: number }[] };
}

/** The bundled clips with their true facts. */
export function demoClips(): DemoClip[] {
  return readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, "clip.mp4")))
    .map((id) => {
      const read = (name: string) => JSON.parse(readFileSync(join(folder, id, name), "utf8"));
      return { id, file: join(folder, id, "clip.mp4"), scene: read("scene.json"), truth: read("truth.json") };
    });
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { repoRoot } from "@mingcha/infra/config";
import { type MediaTools, makeTestClip } from "@mingcha/infra/media";
import { cutFootage, type Piece } from "@mingcha/infra/testing/footage";
import type { SceneInput } from "@mingcha/models/scene";

/** A camera that shows the same pieces for ever. */
export type Camera = {
  sourceId: string;
  scene: SceneInput;
  pieces: Piece[];
  /** Clips given so far, and the wall clock at which the next one begins. */
  clip: number;
  atMs: number;
};

const pieceS = 10;
const demoFolder = join(repoRoot, "models/demo");
const films = ["stall", "card", "site-gate", "shop-cross-door"] as const;

/** A scene for the drawn card: nothing in it is real, the rules have something to weigh all the same. */
const cardScene: SceneInput = {
  source: { id: "card", name: "test card", kind: "fixed", timezone: "Asia/Shanghai" },
  lookEveryS: 2,
  zones: [
    {
      id: "ground",
      kind: "public_ground",
      polygon: [
        [0.05, 0.05],
        [0.95, 0.05],
        [0.95, 0.95],
        [0.05, 0.95],
      ],
    },
  ],
  rules: [{ violation: "STALL", zones: ["ground"], dwellS: 60, graceS: 30 }],
};

/** 1080p as a street camera codes it (keyframes of about 200 KB every 2 s, no B-frames), so that its keyframes go the short way. */
const card1080 = { widthPx: 1920, heightPx: 1080, framesPerS: 25, gopS: 2, lengthS: 10, bitsPerS: 4_000_000 };

/** Cameras in turn of the bundled films and a drawn card at 1080p; films are cut into clips of ten seconds and begin anew at their end. */
export async function makeCameras(
  tools: MediaTools,
  folder: string,
  count: number,
  startedAtMs: number,
): Promise<Camera[]> {
  const made = new Map<string, Pick<Camera, "scene" | "pieces">>();
  for (const film of films.slice(0, count)) {
    const card = film === "card" ? await makeTestClip(tools, join(folder, "card.mp4"), card1080, 6) : undefined;
    if (card?.kind === "refused") throw new Error(card.detail ?? card.text.en);
    made.set(film, {
      scene: card === undefined ? JSON.parse(await readFile(join(demoFolder, film, "scene.json"), "utf8")) : cardScene,
      pieces: await cutFootage(tools, card?.file ?? join(demoFolder, film, "clip.mp4"), join(folder, film), pieceS),
    });
  }
  return Array.from({ length: count }, (_, index) => {
    const film = films[index % films.length] ?? "stall";
    const { scene, pieces } = made.get(film) as Pick<Camera, "scene" | "pieces">;
    return { sourceId: `soak-${index + 1}-${film}`, scene, pieces, clip: 0, atMs: startedAtMs };
  });
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cropQuad, decodeValue, warpQuad } from "@mingcha/models/attributes";
import { z } from "zod";
import { isFamily, type StageSession } from "../attributes/open-stage.ts";
import { pictureOfStill } from "../attributes/picture-of-still.ts";
import { readPlate } from "../attributes/read-plate.ts";
import { BadUse } from "../cli/fail.ts";

const stillsFolder = fileURLToPath(new URL("../../../models/eval/stages/", import.meta.url));

/** known.json: drawn crops and plates, and what a second-stage model must tell of each. The picture is the whole crop or the whole plate. */
const knownSchema = z.object({
  version: z.literal(1),
  pictures: z.array(z.object({ stage: z.string(), file: z.string(), attribute: z.string(), value: z.string() })),
});

/** One picture whose answer is known; `told` is the likeliest answer, whatever the threshold: a proof of the model, not of its certainty. */
export type StageProof = {
  file: string;
  attribute: string;
  value: string;
  told: string | null;
  confidence: number;
  isRight: boolean;
};

type Told = { told: string | null; confidence: number };

async function tell(session: StageSession, file: string, attribute: string): Promise<Told> {
  const picture = await pictureOfStill(await readFile(file));
  const { input } = session.stage;
  const corners = cropQuad(picture, [0, 0, 1, 1], 0, input);
  if (isFamily("characters")(session)) {
    const reading = await readPlate(session, picture, { corners, lines: 1 });
    return { told: reading?.text ?? null, confidence: reading?.confidence ?? 0 };
  }
  if (!isFamily("values")(session)) return { told: null, confidence: 0 };
  const rgb = warpQuad(picture, corners, { widthPx: input.width, heightPx: input.height });
  const probabilities = (rgb && (await session.run(rgb))[session.stage.output]) ?? new Float32Array();
  const { value, confidence } = decodeValue(probabilities, { ...session.stage, threshold: 0 }, attribute);
  return { told: value, confidence };
}

/** Lets a second-stage model look at the stored pictures that are meant for it; empty where there are none. */
export async function proveStage(session: StageSession, folder = stillsFolder): Promise<StageProof[]> {
  const text = await readFile(join(folder, "known.json"), "utf8").catch(() => {
    throw new BadUse(`${folder} holds no known.json: the pictures with known answers are missing · 缺少已知答案的图片`);
  });
  const { pictures } = knownSchema.parse(JSON.parse(text));
  const proofs: StageProof[] = [];
  for (const { stage, file, attribute, value } of pictures) {
    if (stage !== session.stage.id) continue;
    const told = await tell(session, join(folder, file), attribute);
    proofs.push({ file, attribute, value, ...told, isRight: told.told === value });
  }
  return proofs;
}

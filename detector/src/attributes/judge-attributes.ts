import {
  type AttributeReading,
  cropQuad,
  decodeValue,
  type Picture,
  type ReadingOutcome,
  type StageOf,
  shorterSidePx,
  stageFor,
  warpQuad,
} from "@mingcha/models/attributes";
import type { Detection, Role } from "@mingcha/models/scene";
import { findPlate, type PlateSearch } from "./find-plate.ts";
import { isFamily, type StageSession } from "./open-stage.ts";
import type { Stages } from "./open-stages.ts";
import { readPlate } from "./read-plate.ts";

/** Attributes to be told of things of a role, as `judgedByPerson` of a violation names them. */
export type WantedAttributes = Readonly<Partial<Record<Role, readonly string[]>>>;

type Thing = Pick<Detection, "role" | "boxNorm">;
type Answer = Omit<AttributeReading, "detection" | "attribute">;

const unanswered = (outcome: ReadingOutcome): Answer => ({
  value: null,
  outcome,
  confidence: null,
  modelId: null,
  modelSha256: null,
  plate: null,
});

const by = ({ stage }: StageSession): Pick<AttributeReading, "modelId" | "modelSha256"> => ({
  modelId: stage.id,
  modelSha256: stage.sha256,
});

async function judgeValue(
  session: StageSession<StageOf<"values">>,
  rgb: Uint8Array<ArrayBuffer> | undefined,
  attribute: string,
): Promise<Answer> {
  if (rgb === undefined) return unanswered("not_found");
  const probabilities = (await session.run(rgb))[session.stage.output] ?? new Float32Array();
  const { value, confidence } = decodeValue(probabilities, session.stage, attribute);
  return { value, outcome: value === null ? "uncertain" : "judged", confidence, ...by(session), plate: null };
}

/** Plate and colour of one vehicle: the plate is looked for once. */
function createPlateSearch(stages: Stages, picture: Picture, thing: Thing): () => Promise<PlateSearch | undefined> {
  const finder = stages.sessions.find(isFamily("plate_boxes"));
  let search: Promise<PlateSearch> | undefined;
  return async () => {
    if (finder === undefined) return undefined;
    search ??= findPlate(finder, picture, thing);
    return search;
  };
}

async function judgeOne(
  stages: Stages,
  picture: Picture,
  thing: Thing,
  attribute: string,
  plateOf: () => Promise<PlateSearch | undefined>,
): Promise<Answer> {
  const stage = stageFor(
    attribute,
    stages.sessions.map((session) => session.stage),
  );
  const session = stages.sessions.find((other) => other.stage === stage);
  if (session === undefined) return unanswered("no_model");
  const { input } = session.stage;
  if (isFamily("values")(session) && session.stage.sees.what === "thing") {
    const { crop } = session.stage.sees;
    if (thing.role === null || !crop.roles.includes(thing.role)) return unanswered("not_asked_of_role");
    if (shorterSidePx(picture, thing.boxNorm) < crop.minSidePx) return unanswered("too_small");
    const quad = cropQuad(picture, thing.boxNorm, crop.marginNorm, input);
    return judgeValue(session, warpQuad(picture, quad, { widthPx: input.width, heightPx: input.height }), attribute);
  }
  const search = await plateOf();
  if (search === undefined) return unanswered("no_model");
  if (search.kind !== "found") return unanswered(search.kind);
  const { corners } = search.plate;
  if (isFamily("values")(session))
    return judgeValue(session, warpQuad(picture, corners, { widthPx: input.width, heightPx: input.height }), attribute);
  if (!isFamily("characters")(session)) return unanswered("no_model");
  const reading = await readPlate(session, picture, search.plate);
  if (reading === null) return { ...unanswered("not_found"), ...by(session) };
  const isCertain = reading.confidence >= session.stage.threshold && reading.format === "ok";
  const plate = {
    ...reading,
    characters: reading.characters.map((one) => ({ ...one, alternatives: [...one.alternatives] })),
    cornersNorm: corners.map(({ x, y }): [number, number] => [x / picture.widthPx, y / picture.heightPx]),
  };
  return {
    value: isCertain ? reading.text : null,
    outcome: isCertain ? "judged" : "uncertain",
    confidence: reading.confidence,
    ...by(session),
    plate,
  };
}

/**
 * A second look at detections of one full-size picture: what is wanted of their roles, one reading each, in the order of the detections.
 * Without a model, or below its threshold, the value is null: to be judged by a person, never a guess.
 */
export async function judgeAttributes(
  stages: Stages,
  picture: Picture,
  detections: readonly Thing[],
  wanted: WantedAttributes,
): Promise<AttributeReading[]> {
  const readings: AttributeReading[] = [];
  for (const [detection, thing] of detections.entries()) {
    const attributes = thing.role === null ? [] : (wanted[thing.role] ?? []);
    const plateOf = createPlateSearch(stages, picture, thing);
    for (const attribute of attributes)
      readings.push({ detection, attribute, ...(await judgeOne(stages, picture, thing, attribute, plateOf)) });
  }
  return readings;
}

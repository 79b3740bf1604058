import { attributesOf, type Stage, type StageInput, type StageOf, stageSchema } from "./manifest.ts";
import { plateColour } from "./plate-colour.ts";
import { plateFinder } from "./plate-finder.ts";
import { plateReader } from "./plate-reader.ts";
import { truckCover } from "./truck-cover.ts";

const members: readonly StageInput[] = [plateFinder, plateReader, plateColour, truckCover];

/** Every second-stage model the product knows. For one attribute the first that answers for it is asked. */
export const stageRegistry: readonly Stage[] = members.map((member) => stageSchema.parse(member));

export const findStage = (id: string): Stage | undefined => stageRegistry.find((stage) => stage.id === id);

/** The stage that answers for an attribute; undefined where nobody does and a person judges, as for the cleanliness of a lorry. */
export const stageFor = (
  attribute: string,
  stages: readonly Stage[] = stageRegistry,
): StageOf<"values"> | StageOf<"characters"> | undefined =>
  stages.find(
    (stage): stage is StageOf<"values"> | StageOf<"characters"> =>
      stage.family !== "plate_boxes" && attributesOf(stage).includes(attribute),
  );

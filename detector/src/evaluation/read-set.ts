import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Role } from "@mingcha/models/scene";
import { z } from "zod";
import { BadUse } from "../cli/fail.ts";
import type { TrueBox } from "./match-boxes.ts";
import { readYoloPictures } from "./read-yolo.ts";
import { type Truth, truthSchema } from "./truth.ts";

export type ClipCase = { name: string; folder: string; truth: Truth };
export type PictureCase = { file: string; boxes: TrueBox[] };
export type EvaluationSet = { kind: "clips"; clips: ClipCase[] } | { kind: "pictures"; pictures: PictureCase[] };

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function readJson<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>> {
  const text = await readFile(file, "utf8").catch(() => {
    throw new BadUse(`${file} cannot be read`);
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadUse(`${file} is no JSON`);
  }
  const parsed = schema.safeParse(value);
  const issue = parsed.error?.issues[0];
  if (!parsed.success) throw new BadUse(`${file}: ${issue?.path.join(".")}: ${issue?.message}`);
  return parsed.data;
}

/** The parts of a COCO instances file that boxes need; boxes are x, y, width, height in pixels. */
const cocoSchema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string(), width: z.number(), height: z.number() })),
  categories: z.array(z.object({ id: z.number(), name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.number(),
      category_id: z.number(),
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      iscrowd: z.number().default(0),
    }),
  ),
});

/** Labelled pictures: `instances.json` (COCO) beside `images/`. Categories are turned into roles by `roleOf`; the rest is left out. */
async function readPictures(folder: string, roleOf: (label: string) => Role | undefined): Promise<PictureCase[]> {
  const coco = await readJson(join(folder, "instances.json"), cocoSchema);
  const names = new Map(coco.categories.map((category) => [category.id, category.name]));
  return coco.images.map((image) => ({
    file: join(folder, "images", image.file_name),
    boxes: coco.annotations
      .filter((annotation) => annotation.image_id === image.id)
      .flatMap(({ bbox: [x, y, w, h], category_id, iscrowd }) => {
        const role = roleOf(names.get(category_id) ?? "");
        if (role === undefined) return [];
        const boxNorm = [x / image.width, y / image.height, w / image.width, h / image.height] as const;
        return [{ role, boxNorm, isCrowd: iscrowd === 1 }];
      }),
  }));
}

/** A set is a folder of clip folders with `truth.json` each, or of labelled pictures: COCO, or YOLO with its class names where no file holds them. */
export async function readSet(
  folder: string,
  roleOf: (label: string) => Role | undefined,
  { classNames }: { classNames?: readonly string[] } = {},
): Promise<EvaluationSet> {
  if (await exists(join(folder, "instances.json")))
    return { kind: "pictures", pictures: await readPictures(folder, roleOf) };
  const yolo = await readYoloPictures(folder, roleOf, classNames);
  if (yolo !== undefined) return { kind: "pictures", pictures: yolo };
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new BadUse(`the set ${folder} cannot be read`);
  });
  const clips: ClipCase[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    const file = join(folder, entry.name, "truth.json");
    if (!entry.isDirectory() || !(await exists(file))) continue;
    clips.push({ name: entry.name, folder: join(folder, entry.name), truth: await readJson(file, truthSchema) });
  }
  if (clips.length === 0) throw new BadUse(`${folder} holds neither clips with truth.json nor labelled pictures`);
  return { kind: "clips", clips };
}

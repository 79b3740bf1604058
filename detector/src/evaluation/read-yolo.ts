import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { BoxNorm, Role } from "@mingcha/models/scene";
import { parse as parseYaml } from "yaml";
import { z } from "zod";
import { BadUse } from "../cli/fail.ts";
import type { TrueBox } from "./match-boxes.ts";

const pictureNames = new Set([".jpg", ".jpeg", ".png", ".bmp", ".webp"]);

/** `data.yaml` of a YOLO set: names as a list, or by number. */
const dataSchema = z.object({ names: z.union([z.array(z.string()), z.record(z.coerce.number(), z.string())]) });

const readText = (file: string): Promise<string | undefined> => readFile(file, "utf8").catch(() => undefined);

/** Class names of a set: those given, else `data.yaml`, else `classes.txt`. */
async function readNames(folder: string, given: readonly string[] | undefined): Promise<Map<number, string>> {
  const numbered = (names: readonly string[]) => new Map(names.map((name, id) => [id, name.trim()] as const));
  if (given !== undefined) return numbered(given);
  const yaml = await readText(join(folder, "data.yaml"));
  if (yaml !== undefined) {
    const parsed = dataSchema.safeParse(parseYaml(yaml));
    if (!parsed.success) throw new BadUse(`${join(folder, "data.yaml")} names no classes`);
    const { names } = parsed.data;
    return Array.isArray(names)
      ? numbered(names)
      : new Map(Object.entries(names).map(([id, name]) => [Number(id), name] as const));
  }
  const classes = await readText(join(folder, "classes.txt"));
  if (classes !== undefined) return numbered(classes.trim().split("\n"));
  throw new BadUse(`${folder} has neither data.yaml nor classes.txt: name its classes with --names`);
}

/** One line "class cx cy w h" in shares of the picture; undefined where it is none. */
function readLine(line: string): { classId: number; boxNorm: BoxNorm } | undefined {
  const numbers = line.trim().split(/\s+/).map(Number);
  const [classId = -1, cx = 0, cy = 0, w = 0, h = 0] = numbers;
  const isBox = numbers.length === 5 && numbers.every(Number.isFinite) && Number.isInteger(classId) && w > 0 && h > 0;
  return isBox ? { classId, boxNorm: [cx - w / 2, cy - h / 2, w, h] } : undefined;
}

/**
 * Labelled pictures in the YOLO form: a text file of the picture's name, beside it or in `labels/` where the pictures lie in `images/`. A
 * picture without one is left out; undefined where the folder is no such set.
 */
export async function readYoloPictures(
  folder: string,
  roleOf: (label: string) => Role | undefined,
  given?: readonly string[],
): Promise<{ file: string; boxes: TrueBox[] }[] | undefined> {
  const list = (path: string): Promise<string[]> => readdir(path).catch(() => []);
  const apart = await list(join(folder, "images"));
  const [pictureFolder, labelFolder] =
    apart.length > 0 ? [join(folder, "images"), join(folder, "labels")] : [folder, folder];
  const texts = new Set(await list(labelFolder));
  const textOf = (name: string): string => `${name.slice(0, -extname(name).length)}.txt`;
  const pictures = (await list(pictureFolder))
    .filter((name) => pictureNames.has(extname(name).toLowerCase()) && texts.has(textOf(name)))
    .sort();
  if (pictures.length === 0) return undefined;
  const names = await readNames(folder, given);
  return Promise.all(
    pictures.map(async (name) => {
      const file = join(labelFolder, textOf(name));
      const lines = (await readFile(file, "utf8")).split("\n");
      const boxes = lines.flatMap((line, index): TrueBox[] => {
        if (line.trim() === "") return [];
        const read = readLine(line);
        const label = read === undefined ? undefined : names.get(read.classId);
        if (read === undefined || label === undefined)
          throw new BadUse(
            `${file}, line ${index + 1}: "class cx cy w h" of a named class is expected, not "${line.trim()}"`,
          );
        const role = roleOf(label);
        return role === undefined ? [] : [{ role, boxNorm: read.boxNorm, isCrowd: false }];
      });
      return { file: join(pictureFolder, name), boxes };
    }),
  );
}

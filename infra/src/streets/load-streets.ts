import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { type Crs, readStreets, type Street, toWgs84 } from "@mingcha/models/geo";

/** Streets of the demonstration, invented (infra/tooling/make-demo-streets.ts). */
export const demoStreetsFile = fileURLToPath(new URL("../../streets/demo.geojson", import.meta.url));

/** A browser loads the file whole before it draws a map. */
export const streetsBytesMax = 8 * 1_048_576;

export type LoadedStreets =
  | { readonly kind: "ok"; readonly streets: readonly Street[]; readonly sha256: string }
  | { readonly kind: "bad"; readonly text: { readonly zh: string; readonly en: string } };

/** Reads a file of street lines. A wrong one is told in one sentence: a map without streets is still a map, so nothing stops for it. */
export async function loadStreets(file: string, crs: Crs = "wgs84"): Promise<LoadedStreets> {
  const bad = (zh: string, en: string): LoadedStreets => ({
    kind: "bad",
    text: {
      zh: `底图文件不能使用：${zh}。（MINGCHA_STREETS）`,
      en: `The street file cannot be used: ${en}. (MINGCHA_STREETS)`,
    },
  });
  let bytes: Buffer;
  try {
    const { size } = await stat(file);
    if (size > streetsBytesMax) {
      const limitMb = streetsBytesMax / 1_048_576;
      return bad(`超过 ${limitMb} MB`, `it is larger than ${limitMb} MB`);
    }
    bytes = await readFile(file);
  } catch {
    return bad("文件不存在或无法读取", "it does not exist or cannot be read");
  }
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString("utf8"));
  } catch {
    return bad("不是有效的 JSON", "it is no valid JSON");
  }
  const read = readStreets(value);
  if (read.kind === "bad") return bad(read.text.zh, read.text.en);
  const streets = crs === "wgs84" ? read.streets : read.streets.map((street) => inWgs84(street, crs));
  return { kind: "ok", streets, sha256: createHash("sha256").update(bytes).digest("hex") };
}

function inWgs84(street: Street, crs: Crs): Street {
  const lines = street.lines.map((line) =>
    line.map(([longitude, latitude]): readonly [number, number] => {
      const point = toWgs84({ longitude, latitude }, crs);
      return [point.longitude, point.latitude];
    }),
  );
  return { ...street, lines };
}

import { expect, test } from "vitest";
import { decodeCharacters } from "./decode-characters.ts";
import { decodePlateBoxes } from "./decode-plate-boxes.ts";
import { decodeValue } from "./decode-values.ts";
import { readPlateOutputs } from "./read-plate.ts";

const charset = ["皖", "A", "8", "B"];
/** One column: probability of the named classes, the rest shared evenly; "" is the blank. */
function column(likely: Record<string, number>): number[] {
  const named = Object.values(likely).reduce((a, b) => a + b, 0);
  const others = charset.length + 1 - Object.keys(likely).length;
  return ["", ...charset].map((char) => likely[char] ?? (1 - named) / others);
}
const columns = (...rows: number[][]): Float32Array => Float32Array.from(rows.flat());

test("columns that touch are one character, and the same character after a blank is a second one", () => {
  const read = decodeCharacters(
    columns(column({ A: 0.9 }), column({ A: 0.95 }), column({ "": 0.9 }), column({ A: 0.8 }), column({ "": 0.9 })),
    charset,
  );
  expect(read.map(({ char }) => char).join("")).toBe("AA");
  expect(read[0]?.confidence).toBeGreaterThan(0.9);
});

test("a character that two columns take for different ones is one character, not two", () => {
  const [read, ...more] = decodeCharacters(
    columns(column({ "": 0.9 }), column({ "8": 0.7, B: 0.2 }), column({ B: 0.5, "8": 0.4 })),
    charset,
  );
  expect(more).toEqual([]);
  expect(read?.char).toBe("8");
  expect(read?.alternatives[0]?.char).toBe("B");
  expect(read?.confidence).toBeCloseTo(
    1.1 / (1 - column({ "8": 0.7, B: 0.2 })[0]! + 1 - column({ B: 0.5, "8": 0.4 })[0]!),
    6,
  );
});

test("a character names what else it may be, likeliest first, and never the blank", () => {
  const [read] = decodeCharacters(columns(column({ "8": 0.6, B: 0.3, "": 0.06, A: 0.03 })), charset);
  expect(read?.char).toBe("8");
  expect(read?.alternatives.map(({ char }) => char)).toEqual(["B", "A"]);
});

test("a picture without characters gives no text rather than an empty one", () => {
  const blank = columns(column({ "": 0.99 }), column({ "": 0.98 }));
  expect(
    readPlateOutputs({ columns: blank, layouts: Float32Array.of(1) }, { charset: charset.join(""), layouts: ["blue"] }),
  ).toBeNull();
});

test("a text is as certain as its least certain character, and says whether an office gives it out", () => {
  const rows = [..."皖A8888"].flatMap((char) => [column({ [char]: char === "A" ? 0.7 : 0.95 }), column({ "": 0.9 })]);
  const reader = { charset: charset.join(""), layouts: ["blue", "yellow"] };
  const read = readPlateOutputs({ columns: columns(...rows), layouts: Float32Array.of(0.2, 0.8) }, reader);
  expect(read).toMatchObject({ text: "皖A8888", format: "unlikely", layout: "yellow" });
  expect(read?.confidence).toBe(Math.min(...(read?.characters ?? []).map(({ confidence }) => confidence)));
  expect(read?.characters[1]?.confidence).toBe(read?.confidence);
});

const head = { linesOfClass: [1, 2] as const, scoreThreshold: 0.5, nmsIou: 0.3 };
const row = (cx: number, score: number, lines: 1 | 2): number[] => [
  ...[cx, 50, 40, 12, score],
  ...[cx - 20, 44, cx + 20, 44, cx + 20, 56, cx - 20, 56],
  ...(lines === 1 ? [1, 0] : [0, 1]),
];

test("plates come best first with their corners, weak ones and duplicates of any class do not come", () => {
  const rows = Float32Array.from([...row(100, 0.7, 1), ...row(102, 0.9, 2), ...row(250, 0.6, 1), ...row(30, 0.4, 1)]);
  const found = decodePlateBoxes(rows, { ...head, linesOfClass: [...head.linesOfClass] });
  expect(found.map(({ score, lines }) => [Math.round(score * 10) / 10, lines])).toEqual([
    [0.9, 2],
    [0.6, 1],
  ]);
  expect(found[0]?.corners[2]).toEqual({ x: 122, y: 56 });
});

test("a plate whose numbers are not finite is none", () => {
  expect(decodePlateBoxes(Float32Array.from(row(100, Number.NaN, 1)), { ...head, linesOfClass: [1, 2] })).toEqual([]);
});

const cover = {
  classes: ["covered", "open", "empty", "hidden"],
  attributes: {
    cover: { covered: ["covered"], open: ["open", "empty"] },
    load: { loaded: ["open"], empty: ["empty"] },
  },
  threshold: 0.7,
};

test("classes that mean the same value are added up", () => {
  const probabilities = Float32Array.of(0.05, 0.4, 0.5, 0.05);
  expect(decodeValue(probabilities, cover, "cover").value).toBe("open");
  expect(decodeValue(probabilities, cover, "load").value).toBeNull();
});

test("below the threshold there is no value, only how near it came", () => {
  const read = decodeValue(Float32Array.of(0.6, 0.2, 0.1, 0.1), cover, "cover");
  expect(read.value).toBeNull();
  expect(read.confidence).toBeCloseTo(0.6, 6);
});

test("a body that cannot be looked into leaves cover and load to a person", () => {
  const hidden = Float32Array.of(0.03, 0.03, 0.04, 0.9);
  expect(["cover", "load", "cleanliness"].map((attribute) => decodeValue(hidden, cover, attribute).value)).toEqual([
    null,
    null,
    null,
  ]);
});

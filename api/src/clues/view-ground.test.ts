import { parseScene } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import { roleOfFlag, viewGround } from "./view-ground.ts";

/** A camera straight above: a share of the picture is ten metres, the door line runs along y = 2 m and the pavement lies below it. */
const marks = [
  [0.1, 0.1],
  [0.9, 0.1],
  [0.9, 0.9],
  [0.1, 0.9],
  [0.5, 0.5],
  [0.3, 0.7],
] as const;
const zone = {
  id: "z1",
  kind: "public_ground",
  polygon: [
    [0.1, 0.2],
    [0.9, 0.2],
    [0.9, 0.9],
    [0.1, 0.9],
  ],
  line: [
    [0.1, 0.2],
    [0.9, 0.2],
  ],
};
function sceneOf(points: readonly (readonly [number, number])[], off = 0, zones: unknown[] = [zone]) {
  const parsed = parseScene({
    source: { id: "cam" },
    calibration: {
      points: points.map(([x, y], nth) => ({
        px: [x, y],
        m: [x * 10 + (nth === 2 ? off : 0), y * 10 - (nth === 4 ? off : 0)],
      })),
      pictureSize: { widthPx: 1000, heightPx: 1000 },
    },
    zones,
    rules: [],
  });
  if (parsed.kind !== "ok") throw new Error(parsed.text.en);
  return parsed.scene;
}
const view = (scene: ReturnType<typeof sceneOf>) => viewGround(scene, scene.zones[0], [0.4, 0.3, 0.2, 0.2], "goods");

test("a thing on the pavement is told in metres beyond the door line with an error, on a grid of metres", () => {
  const ground = view(sceneOf(marks));
  expect(ground?.refused).toBeNull();
  expect(ground?.grid.stepM).toBe(1);
  expect(ground?.grid.lines.length).toBeGreaterThan(10);
  const beyond = ground?.beyond;
  if (!beyond || "refused" in beyond) throw new Error("no number");
  expect(beyond.farthestM).toBeCloseTo(3, 1);
  expect(beyond.errorM).toBeGreaterThan(0);
  expect(ground?.residualM).toBeCloseTo(0, 5);
});

test("marks that do not fit one ground give no metres but the reason", () => {
  const ground = view(sceneOf(marks, 6));
  expect(ground).toMatchObject({ beyond: null, residualM: null, grid: { lines: [] } });
  expect(ground?.refused?.zh).toContain("标定点");
});

test("four marks say nothing of their own error", () => {
  expect(view(sceneOf(marks.slice(0, 4)))?.residualM).toBeNull();
});

test("without a door line there is no distance, without a calibration nothing", () => {
  const { line: _, ...bare } = zone;
  expect(view(sceneOf(marks, 0, [bare]))?.beyond).toBeNull();
  const { calibration: __, ...plain } = sceneOf(marks);
  expect(viewGround(plain, plain.zones[0], [0.4, 0.3, 0.2, 0.2], null)).toBeNull();
});

test("a flagged thing is what lies at its place in most looks", () => {
  const box = (role: string) => ({
    role,
    label: role,
    score: 1,
    boxNorm: [0.4, 0.3, 0.2, 0.2] as [number, number, number, number],
  });
  expect(
    roleOfFlag([{ boxes: [box("goods")] }, { boxes: [box("furniture"), box("goods")] }], [0.4, 0.3, 0.2, 0.2]),
  ).toBe("goods");
  expect(roleOfFlag([{ boxes: [box("goods")] }], [0.7, 0.7, 0.1, 0.1])).toBeNull();
});

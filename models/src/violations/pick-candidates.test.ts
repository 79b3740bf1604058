import { expect, test } from "vitest";
import { marksAt, seen, usualCamera } from "../ground/testing/street-camera.ts";
import { type BoxNorm, type Detection, type PointNorm, parseScene, type Scene, unionBox } from "../scene/index.ts";
import { contactShareIn, pickCandidates } from "./pick-candidates.ts";

const corner = (x: number, y: number): PointNorm => seen(usualCamera, [x, y]);
const zoneOf = (id: string, kind: string, nearM: number, farM: number) => ({
  id,
  kind,
  polygon: [corner(-6, nearM), corner(6, nearM), corner(6, farM), corner(-6, farM)],
});

/** The ground from 16 m on, or from `nearM`, is the gate. `size`: whether the calibration says how large the picture is. */
function sceneOf(size: boolean, nearM = 16): Scene {
  const parsed = parseScene({
    source: { id: "gate" },
    calibration: {
      points: marksAt(usualCamera, [
        [-6, 9],
        [6, 9],
        [6, 24],
        [-6, 24],
      ]),
      ...(size ? { pictureSize: { widthPx: 1920, heightPx: 1080 } } : {}),
    },
    zones: [zoneOf("gate", "truck_gate", nearM, 24)],
    rules: [{ violation: "TRUCK_UNCOVERED", zones: ["gate"] }],
  });
  if (parsed.kind === "bad") throw new Error(parsed.text.en);
  return parsed.scene;
}

/** A lorry that turns: its front at 11 m, its rear in the gate. */
const corners = [
  [-3.4, 10.6],
  [-1.4, 9.2],
  [3.2, 15.8],
  [1.2, 17.2],
].flatMap(([x, y]) => [0, 2.8].map((z) => seen(usualCamera, [x as number, y as number], z)));
const turning = unionBox(corners.map(([u, v]) => [u, v, 0, 0] as const)) as BoxNorm;
const lorry: Detection = { role: "truck", label: "truck", score: 0.9, boxNorm: turning };
const [gate] = sceneOf(true).zones;
if (gate === undefined) throw new Error("no gate");

test("without a stated picture size a lorry is measured by the band of its box, with one by its footprint", () => {
  const band = contactShareIn(gate, lorry, sceneOf(false), "usual");
  const footprint = contactShareIn(gate, lorry, sceneOf(true), "usual");
  expect(band).toBeLessThan(0.05);
  expect(footprint).toBeGreaterThan(0.1);
  const place = { zone: gate, roles: ["truck" as const], minContact: 0.1, bound: "usual" as const };
  expect(pickCandidates([lorry], sceneOf(false), place)).toEqual([]);
  expect(pickCandidates([lorry], sceneOf(true), place)).toMatchObject([{ contactShare: footprint }]);
});

test("the share that is there whatever the height is never above the likeliest, nor that above what may be", () => {
  const scene = sceneOf(true);
  for (const y of [0.1, 0.2, 0.3, 0.4]) {
    const thing: Detection = { ...lorry, boxNorm: [0.3, y, 0.3, 0.4] };
    const [least, usual, most] = (["least", "usual", "most"] as const).map((bound) =>
      contactShareIn(gate, thing, scene, bound),
    ) as [number, number, number];
    expect(least).toBeLessThanOrEqual(usual + 1e-12);
    expect(usual).toBeLessThanOrEqual(most + 1e-12);
  }
});

test("of a lorry cut by the lower rim that passes, less is said to lie in the zone", () => {
  const scene = sceneOf(true, 9.5);
  const [zone] = scene.zones;
  if (zone === undefined) throw new Error("no gate");
  const shareOf = (height: number): number =>
    contactShareIn(zone, { ...lorry, boxNorm: [0.3, 0.15, 0.3, height] }, scene, "usual");
  expect(shareOf(0.839)).toBeGreaterThan(0.1);
  expect(shareOf(0.85)).toBeLessThan(0.8 * shareOf(0.839));
});

test("a tent whose legs are seen stands where they do; a parasol's roof alone is put down below it", () => {
  const scene = sceneOf(true);
  const boxOf = (lowM: number): BoxNorm => {
    const roof = [-1.4, 1.4].flatMap((x) =>
      [17.6, 20.4].flatMap((y) => [lowM, 2.1].map((z) => seen(usualCamera, [x, y], z))),
    );
    const top = seen(usualCamera, [0, 19], 2.7);
    return unionBox([...roof, top].map(([u, v]) => [u, v, 0, 0] as const)) as BoxNorm;
  };
  const canopy = (boxNorm: BoxNorm): Detection => ({ role: "canopy", label: "canopy", score: 0.9, boxNorm });
  const [tent, roof] = [canopy(boxOf(0)), canopy(boxOf(1.9))];
  // The band below the box lies nearer to the camera than the tent.
  expect(contactShareIn(gate, tent, sceneOf(false), "least")).toBeLessThan(0.5);
  expect(contactShareIn(gate, tent, scene, "least")).toBeGreaterThan(0.9);
  expect(contactShareIn(gate, roof, scene, "least")).toBe(contactShareIn(gate, roof, sceneOf(false), "least"));
});

test("where the lower edge may be cut by the picture, no footprint from an edge nobody saw counts against a party beyond the band", () => {
  const cut: Detection = { ...lorry, boxNorm: [0.3, 0.4, 0.3, 0.6] };
  const byBand = contactShareIn(gate, cut, sceneOf(false), "least");
  expect(contactShareIn(gate, cut, sceneOf(true), "least")).toBeLessThanOrEqual(byBand);
});

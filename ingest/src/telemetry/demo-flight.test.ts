import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isInside, lensOf, movedBy, placeOnGround, plainSigmas, sampleAt } from "@mingcha/models/ground";
import { sceneSchema } from "@mingcha/models/scene";
import { expect, test } from "vitest";
import type { PlacedEntry } from "../intake/place-on-clip.ts";
import { readTelemetryFile } from "./read-any.ts";

const folder = fileURLToPath(new URL("../../../models/demo/drone-pass/", import.meta.url));
/** The stall's pavement in the rendered street, metres east and south of home (models/footage/page/clips/drone-pass.ts), in the zone's order. */
const home = { longitude: 121.52, latitude: 31.23 };
const corners = [
  [-5.5, 0.6],
  [3.5, 0.6],
  [3.5, 6.6],
  [-5.5, 6.6],
] as const;

/** The renderer's camera is three.js; nothing of the projection under test went into the picture. */
test("the rendered flight: corners of a zone drawn in the picture come back to where they stand on the street, within their stated ellipse", async () => {
  const read = await readTelemetryFile(readFileSync(`${folder}clip.SRT`));
  if (read?.result.kind !== "ok") throw new Error("no telemetry");
  const scene = sceneSchema.parse(JSON.parse(readFileSync(`${folder}scene.json`, "utf8")));
  const zone = scene.zones[0]?.polygon ?? [];
  const points = read.result.entries.flatMap((entry): PlacedEntry[] =>
    entry.offsetMs === null ? [] : [{ ...entry, offsetMs: entry.offsetMs }],
  );
  const sample = sampleAt(points, 10_000);
  const lens = sample && lensOf(1280, 720, sample);
  if (!sample || !lens || sample.longitude === null || sample.latitude === null) throw new Error("no pose");
  expect(zone).toHaveLength(4);
  for (const [i, [eastM, southM]] of corners.entries()) {
    const [x, y] = zone[i] as [number, number];
    const pose = {
      longitude: sample.longitude,
      latitude: sample.latitude,
      heightAboveGroundM: sample.heightM ?? 0,
      yawDeg: sample.gimbalYawDeg ?? 0,
      pitchDeg: sample.gimbalPitchDeg ?? 0,
      rollDeg: sample.gimbalRollDeg ?? 0,
    };
    const height = {
      metres: pose.heightAboveGroundM,
      from: "take_off",
      sigmaM: plainSigmas.heightM,
      warning: null,
    } as const;
    const view = { pose, lens, height, sigmas: plainSigmas };
    const place = placeOnGround(view, [x * 1280, y * 720], [0, 0], null);
    if (place.kind === "refused") throw new Error("no place");
    const truth = movedBy(home, -southM, eastM);
    const northOff = (truth.latitude - place.at.latitude) * 110_876;
    const eastOff = (truth.longitude - place.at.longitude) * 95_260;
    console.log(
      `corner ${i + 1}: ${Math.hypot(northOff, eastOff).toFixed(2)} m off, stated 95 % radius ${place.ellipse.radius95M.toFixed(1)} m`,
    );
    // a rendered flight has no errors of its own: what is left is the film's diagonal against its width, four per cent of the focal length
    expect(Math.hypot(northOff, eastOff)).toBeLessThan(1);
    expect(isInside(place.ellipse, northOff, eastOff)).toBe(true);
  }
});

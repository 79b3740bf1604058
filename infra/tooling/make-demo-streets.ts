/**
 * Draws the streets of the demonstration: `node --import tsx infra/tooling/make-demo-streets.ts [seed]` writes infra/streets/demo.geojson.
 * They are invented: a crooked grid around the places that the demo scenes give for their sources. The same seed gives the same file.
 */
import { writeFileSync } from "node:fs";
import { demoStreetsFile } from "../src/streets/load-streets.ts";

/** Middle of the demo sources (models/demo/<id>/scene.json), WGS-84 degrees. */
const middle = { longitude: 121.5255, latitude: 31.23 };
const degreesPerM = { east: 1 / (111_320 * Math.cos((middle.latitude / 180) * Math.PI)), north: 1 / 110_950 };

/** Mulberry32: small, public domain, the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const random = randomFrom(Number(process.argv[2] ?? 20_261_128));
const between = (low: number, high: number): number => low + (high - low) * random();

type Line = [number, number][];
type Feature = { name: string | null; class: string; line: Line };

const place = (eastM: number, northM: number): [number, number] => [
  Number((middle.longitude + eastM * degreesPerM.east).toFixed(6)),
  Number((middle.latitude + northM * degreesPerM.north).toFixed(6)),
];

/** A street from one end to the other that sways a little, as old streets do. `swayM` sideways. */
function street(from: readonly [number, number], to: readonly [number, number], swayM: number): Line {
  const lengthM = Math.hypot(to[0] - from[0], to[1] - from[1]);
  const across = [-(to[1] - from[1]) / lengthM, (to[0] - from[0]) / lengthM] as const;
  const phase = between(0, 2 * Math.PI);
  const waves = between(0.6, 1.6);
  const steps = Math.max(3, Math.round(lengthM / 60));
  return Array.from({ length: steps + 1 }, (_, n) => {
    const share = n / steps;
    const aside = swayM * Math.sin(phase + share * waves * 2 * Math.PI) * Math.sin(share * Math.PI);
    return place(
      from[0] + (to[0] - from[0]) * share + across[0] * aside,
      from[1] + (to[1] - from[1]) * share + across[1] * aside,
    );
  });
}

const halfWidthM = 1_500;
const halfHeightM = 1_100;
const features: Feature[] = [];

/** Streets from west to east; the demo sources lie at 0 m, 200 m and −280 m north of the middle. */
const eastWest = [
  { northM: 0, name: "示例路", class: "main" },
  { northM: 200, name: "示例东路", class: "secondary" },
  { northM: -278, name: "花园路", class: "secondary" },
  { northM: 520, name: "明察路", class: "main" },
  { northM: 840, name: "望江路", class: "secondary" },
  { northM: -600, name: "清风路", class: "main" },
  { northM: -900, name: "柳荫路", class: "local" },
] as const;
/** Streets from south to north; the sources lie at −525 m, −180 m and 545 m east of the middle. */
const southNorth = [
  { eastM: -525, name: "示例南路", class: "main" },
  { eastM: -182, name: "市集街", class: "local" },
  { eastM: 160, name: "书院路", class: "secondary" },
  { eastM: 545, name: "工地路", class: "local" },
  { eastM: 900, name: "东环路", class: "main" },
  { eastM: -900, name: "西河路", class: "secondary" },
  { eastM: -1_250, name: "桂花路", class: "local" },
  { eastM: 1_260, name: "银杏路", class: "local" },
] as const;
const swayM = { main: 10, secondary: 16, local: 24 } as const;

for (const row of eastWest)
  features.push({
    name: row.name,
    class: row.class,
    line: street(
      [-halfWidthM, row.northM + between(-12, 12)],
      [halfWidthM, row.northM + between(-12, 12)],
      swayM[row.class],
    ),
  });
for (const column of southNorth)
  features.push({
    name: column.name,
    class: column.class,
    line: street(
      [column.eastM + between(-10, 10), -halfHeightM],
      [column.eastM + between(-10, 10), halfHeightM],
      swayM[column.class],
    ),
  });

/** Lanes inside the blocks, and a few footpaths: they make a district of a grid. */
const norths = eastWest.map(({ northM }) => northM).sort((a, b) => a - b);
const easts = southNorth.map(({ eastM }) => eastM).sort((a, b) => a - b);
let lane = 0;
for (const [n, south] of norths.entries()) {
  const north = norths[n + 1];
  for (const [e, west] of easts.entries()) {
    const east = easts[e + 1];
    if (north === undefined || east === undefined) continue;
    if (random() < 0.62 && north - south > 190) {
      const eastM = between(west + 60, east - 60);
      lane += 1;
      features.push({
        name: lane % 3 === 0 ? `示例弄${lane}` : null,
        class: "local",
        line: street([eastM, south], [eastM + between(-30, 30), north], 8),
      });
    }
    if (random() < 0.4 && east - west > 250) {
      const northM = between(south + 50, north - 50);
      features.push({ name: null, class: "path", line: street([west, northM], [east, northM + between(-25, 25)], 14) });
    }
  }
}

const file = {
  type: "FeatureCollection",
  features: features.map(({ name, class: kind, line }) => ({
    type: "Feature",
    properties: { name, class: kind },
    geometry: { type: "LineString", coordinates: line },
  })),
};
writeFileSync(demoStreetsFile, `${JSON.stringify(file)}\n`);
process.stdout.write(`${demoStreetsFile}: ${features.length} streets\n`);

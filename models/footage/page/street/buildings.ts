import * as THREE from "three";
import type { Random } from "../random.ts";
import { bar, box, type Part, solid } from "../solid.ts";
import type { Palette } from "./palette.ts";

export type Bay = { fromX: number; toX: number; sign?: THREE.Texture; front?: THREE.Texture };
export type RowPlan = {
  fromX: number;
  toX: number;
  /** stretches without a building: alleys, vehicle entrances */
  gaps?: readonly (readonly [number, number])[];
  /** bays with a fixed sign, used by the demo scenes */
  bays?: readonly Bay[];
};

const groundFloorM = 3.5;
const storeyM = 3;

function panel(
  texture: THREE.Texture,
  widthM: number,
  heightM: number,
  at: readonly [number, number, number],
  { repeat, glow }: { repeat?: readonly [number, number]; glow?: number } = {},
): THREE.Mesh {
  const geometry = new THREE.PlaneGeometry(widthM, heightM);
  if (repeat) {
    const uv = geometry.getAttribute("uv");
    for (let i = 0; i < uv.count; i++) uv.setXY(i, uv.getX(i) * repeat[0], uv.getY(i) * repeat[1]);
  }
  const mesh = new THREE.Mesh(geometry, new THREE.MeshLambertMaterial({ map: texture }));
  mesh.position.set(at[0], at[1] + heightM / 2, at[2]);
  mesh.receiveShadow = true;
  // how much of it shines when the shops are lit at night
  if (glow !== undefined) mesh.userData.glow = glow;
  return mesh;
}

function overlaps(gaps: RowPlan["gaps"], from: number, to: number): boolean {
  return (gaps ?? []).some(([a, b]) => from < b && to > a);
}

/** A row of houses with shops on the ground floor; façade at z = 0 looking along +z. */
export function createRow(random: Random, palette: Palette, plan: RowPlan): THREE.Group {
  const group = new THREE.Group();
  const parts: Part[] = [];
  let x = plan.fromX;
  while (x < plan.toX - 2) {
    const gap = (plan.gaps ?? []).find(([a, b]) => x >= a - 0.01 && x < b);
    if (gap) {
      x = gap[1];
      continue;
    }
    const nextGap = Math.min(plan.toX, ...(plan.gaps ?? []).filter(([a]) => a > x).map(([a]) => a));
    let wide = Math.min(random.between(9, 17), nextGap - x);
    if (nextGap - x - wide < 4) wide = nextGap - x;
    const storeys = random.whole(1, 5);
    const high = storeys * storeyM;
    const middle = x + wide / 2;
    group.add(
      panel(random.pick(palette.walls), wide, high, [middle, groundFloorM + 0.5, 0], {
        repeat: [wide / 13, storeys / 2],
      }),
    );
    const trim = random.pick([0x9a8f80, 0xb7b0a4, 0x7d746a, 0xc9c2b4]);
    // body behind the façade gives roofs and side walls to oblique and drone views
    parts.push(
      box([wide, groundFloorM + 0.5 + high, 9], [middle, 0, -4.55], trim),
      box([wide + 0.3, 0.35, 9.4], [middle, groundFloorM + 0.5 + high, -4.5], 0x8d8a86),
    );
    parts.push(box([2.4, 1.6, 2.2], [middle + random.between(-3, 3), groundFloorM + 0.8 + high, -4], 0xa9a49a));
    for (let i = 0; i < 2; i++)
      parts.push(
        box(
          [0.8, 0.55, 0.35],
          [x + random.between(1, wide - 1), groundFloorM + random.between(0.8, Math.max(1, high)), 0.2],
          0xdedfda,
        ),
      );
    const bays = Math.max(1, Math.round(wide / random.between(3.8, 5.2)));
    const bayWide = wide / bays;
    for (let i = 0; i < bays; i++) {
      const from = x + i * bayWide;
      if ((plan.bays ?? []).some((b) => from + bayWide > b.fromX + 0.2 && from < b.toX - 0.2)) continue;
      addBay(
        group,
        parts,
        { fromX: from, toX: from + bayWide, sign: random.pick(palette.signs), front: random.pick(palette.fronts) },
        random,
      );
    }
    x += wide;
  }
  for (const bay of plan.bays ?? [])
    if (!overlaps(plan.gaps, bay.fromX, bay.toX))
      addBay(group, parts, { sign: random.pick(palette.signs), front: random.pick(palette.fronts), ...bay }, random);
  group.add(solid(parts));
  return group;
}

function addBay(group: THREE.Group, parts: Part[], bay: Bay, random: Random): void {
  const wide = bay.toX - bay.fromX;
  const middle = (bay.fromX + bay.toX) / 2;
  if (bay.front) group.add(panel(bay.front, wide - 0.3, groundFloorM - 0.7, [middle, 0.12, 0.03], { glow: 0.9 }));
  parts.push(
    box([0.3, groundFloorM, 0.2], [bay.fromX, 0, 0.05], 0x8a8278),
    box([0.3, groundFloorM, 0.2], [bay.toX, 0, 0.05], 0x8a8278),
  );
  // the threshold: the stone strip in front of the door, from which "beyond the door" is measured
  parts.push(box([wide, 0.12, 0.35], [middle, 0, 0.15], 0xb9b4aa));
  if (bay.sign) {
    parts.push(box([wide - 0.2, 1.0, 0.22], [middle, groundFloorM - 0.6, 0.1], 0x3a3c3e));
    group.add(panel(bay.sign, wide - 0.24, 0.95, [middle, groundFloorM - 0.57, 0.23], { glow: 0.8 }));
  }
  const edge = bay.toX - 0.1;
  if (random.chance(0.2))
    parts.push(
      bar([edge, groundFloorM + 0.75, 0.1], [edge, groundFloorM + 0.75, 0.9], 0.03, 0x55585b),
      box([0.08, 1.2, 0.65], [edge, groundFloorM - 0.45, 0.55], random.pick([0xb3201c, 0x1c3f7a, 0x1d5b34])),
    );
}

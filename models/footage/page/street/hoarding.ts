import * as THREE from "three";
import type { Random } from "../random.ts";
import { box, type Part, solid, taper } from "../solid.ts";
import { canvasTexture, speckle } from "./paint.ts";

export type HoardingPlan = { fromX: number; toX: number; gateFromX: number; gateToX: number; title?: string };

/** Fence of a construction site with its gate posts, title beam, and an unfinished frame behind. */
export function createHoarding(random: Random, plan: HoardingPlan): THREE.Group {
  const group = new THREE.Group();
  const color = random.pick([0x2d6fae, 0x3f8f5a, 0xb9c1c4]);
  const parts: Part[] = [];
  for (const [a, b] of [
    [plan.fromX, plan.gateFromX],
    [plan.gateToX, plan.toX],
  ] as const) {
    for (let x = a; x < b - 0.01; x += 2) {
      const wide = Math.min(2, b - x);
      parts.push(
        box([wide - 0.04, 2.4, 0.06], [x + wide / 2, 0.3, 0], color),
        box([0.1, 2.8, 0.14], [x, 0, 0], 0xd8dadc),
      );
    }
    parts.push(box([b - a, 0.32, 0.2], [(a + b) / 2, 0, 0], 0x9a978f));
  }
  const gate = plan.gateToX - plan.gateFromX;
  for (const x of [plan.gateFromX, plan.gateToX]) parts.push(box([0.8, 6, 0.8], [x, 0, 0], 0x8c3a2e));
  parts.push(box([gate + 1.6, 1.3, 0.5], [(plan.gateFromX + plan.gateToX) / 2, 5.6, 0], 0x1f4f9a));
  // unfinished floors, crane mast, spoil heap
  const frameX = random.between(-25, 25);
  for (let storey = 0; storey < 5; storey++) {
    parts.push(box([26, 0.35, 12], [frameX, storey * 3.4 + 3.2, -34], 0x9c9a94));
    for (let i = -2; i <= 2; i++) parts.push(box([0.7, 3.2, 0.7], [frameX + i * 6, storey * 3.4, -29], 0xa8a59d));
  }
  parts.push(box([1.2, 38, 1.2], [frameX + 18, 0, -36], 0xd8a520), box([46, 1, 1], [frameX + 8, 34, -36], 0xd8a520));
  parts.push(taper([14, 9], [2, 1.5], 4, [frameX - 18, 0, -18], 0x7a5f43));
  group.add(solid(parts));
  const title = plan.title ?? random.pick(["安全生产 文明施工", "城市更新示例项目部", "示例花园三期工程"]);
  const texture = canvasTexture(512, 80, (c, w, h) => {
    c.fillStyle = "#1f4f9a";
    c.fillRect(0, 0, w, h);
    c.fillStyle = "#ffffff";
    c.textAlign = "center";
    c.textBaseline = "middle";
    c.font = 'bold 52px "Noto Sans CJK SC", sans-serif';
    c.fillText(title, w / 2, h / 2 + 2);
    speckle(c, w, h, random, 0.1, 100, 6);
  });
  const board = new THREE.Mesh(
    new THREE.PlaneGeometry(gate + 1.4, 1.15),
    new THREE.MeshLambertMaterial({ map: texture }),
  );
  board.position.set((plan.gateFromX + plan.gateToX) / 2, 6.25, 0.27);
  group.add(board);
  return group;
}

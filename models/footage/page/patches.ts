/**
 * A still camera needs to redraw only where something moved: the rectangles of the moving things and their shadows.
 * On a software rasteriser that is three times as fast as whole pictures; every half second the whole is drawn anyway, with the light of the day.
 */
import * as THREE from "three";
import type { Stage } from "./stage.ts";

type Rect = { x1: number; y1: number; x2: number; y2: number };
const marginPx = 8;

function united(a: Rect, b: Rect): Rect {
  return { x1: Math.min(a.x1, b.x1), y1: Math.min(a.y1, b.y1), x2: Math.max(a.x2, b.x2), y2: Math.max(a.y2, b.y2) };
}

const areaOf = (r: Rect): number => Math.max(0, r.x2 - r.x1) * Math.max(0, r.y2 - r.y1);

export type Patches = {
  /** draws what changed since the call before; `whole` draws everything */
  draw: (whole: boolean) => void;
};

export function createPatches(
  stage: Stage,
  things: readonly THREE.Object3D[],
  widthPx: number,
  heightPx: number,
): Patches {
  const sizes = things.map((thing) => {
    const shown = thing.visible;
    thing.visible = true;
    thing.position.set(0, 0, 0);
    thing.rotation.set(0, 0, 0);
    thing.updateMatrixWorld(true);
    const box = new THREE.Box3().setFromObject(thing).expandByScalar(0.15);
    thing.visible = shown;
    return box;
  });
  // two pictures back: shadows are drawn anew only every other time and may still lie where the thing was then
  const before: (Rect | null)[][] = things.map(() => []);

  const rectOf = (index: number): Rect | null => {
    const thing = things[index];
    const box = sizes[index];
    if (!thing?.visible || !box) return null;
    thing.updateMatrixWorld(true);
    const rect: Rect = { x1: widthPx, y1: heightPx, x2: 0, y2: 0 };
    const corner = new THREE.Vector3();
    for (let i = 0; i < 8; i++) {
      corner.set(i & 1 ? box.max.x : box.min.x, i & 2 ? box.max.y : box.min.y, i & 4 ? box.max.z : box.min.z);
      corner.applyMatrix4(thing.matrixWorld);
      const shadow = corner.clone().addScaledVector(stage.sunTowards, -(corner.y + 0.15) / stage.sunTowards.y);
      for (const p of [corner.clone(), shadow]) {
        p.project(stage.camera);
        if (p.z > 1) return { x1: 0, y1: 0, x2: widthPx, y2: heightPx };
        const [x, y] = [((p.x + 1) / 2) * widthPx, ((1 - p.y) / 2) * heightPx];
        Object.assign(rect, united(rect, { x1: x - marginPx, y1: y - marginPx, x2: x + marginPx, y2: y + marginPx }));
      }
    }
    rect.x1 = Math.max(0, Math.floor(rect.x1));
    rect.y1 = Math.max(0, Math.floor(rect.y1));
    rect.x2 = Math.min(widthPx, Math.ceil(rect.x2));
    rect.y2 = Math.min(heightPx, Math.ceil(rect.y2));
    return areaOf(rect) > 0 ? rect : null;
  };

  return {
    draw: (whole) => {
      const now = things.map((_, i) => rectOf(i));
      const dirty: Rect[] = [];
      now.forEach((rect, i) => {
        const past = [rect, ...(before[i] ?? [])];
        before[i] = past.slice(0, 2);
        const both = past.reduce((sum, r) => (sum && r ? united(sum, r) : (sum ?? r)), null);
        if (both) dirty.push(both);
      });
      if (whole) {
        stage.renderer.setScissorTest(false);
        stage.render();
        return;
      }
      stage.renderer.setScissorTest(true);
      for (const r of merged(dirty)) {
        stage.renderer.setScissor(r.x1, heightPx - r.y2, r.x2 - r.x1, r.y2 - r.y1);
        stage.render();
      }
    },
  };
}

/** Joins rectangles where one call over both costs less than two. */
function merged(rects: readonly Rect[]): Rect[] {
  const callCostPx = 25_000;
  const out = [...rects];
  for (let i = 0; i < out.length; i++)
    for (let j = i + 1; j < out.length; j++) {
      const [a, b] = [out[i], out[j]];
      if (!a || !b || areaOf(united(a, b)) > areaOf(a) + areaOf(b) + callCostPx) continue;
      out[i] = united(a, b);
      out.splice(j, 1);
      i = -1;
      break;
    }
  return out;
}

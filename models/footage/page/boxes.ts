/**
 * Exact boxes: all vertices of a labelled thing projected and clipped to the frame. A thing counts only when at least a
 * quarter of its silhouette inside the frame is really visible, which a second render in flat id colours tells.
 */
import * as THREE from "three";
import { type Label, labels } from "./solid.ts";
import type { Stage } from "./stage.ts";

/** Corners 0..1 of the picture, origin top left. */
export type LabelledBox = { label: number; x1: number; y1: number; x2: number; y2: number; visible: number };

const gridCells = 24;
const visibleMin = 0.25;

export function findBoxes(stage: Stage, widthPx: number, heightPx: number): LabelledBox[] {
  return findThings(stage, widthPx, heightPx).map(({ thing: _, ...box }) => box);
}

/** The same with the thing each box belongs to. */
export function findThings(
  stage: Stage,
  widthPx: number,
  heightPx: number,
  sizePxMin = 6,
): (LabelledBox & { thing: THREE.Object3D })[] {
  const things: { label: Label; thing: THREE.Object3D }[] = [];
  stage.scene.updateMatrixWorld(true);
  stage.camera.updateMatrixWorld(true);
  stage.scene.traverse((o) => {
    if (typeof o.userData.label === "string" && isShown(o)) things.push({ label: o.userData.label as Label, thing: o });
  });
  const ids = renderIds(
    stage,
    things.map((t) => t.thing),
    widthPx,
    heightPx,
  );
  const toClip = new THREE.Matrix4().multiplyMatrices(stage.camera.projectionMatrix, stage.camera.matrixWorldInverse);
  const found: (LabelledBox & { thing: THREE.Object3D })[] = [];
  things.forEach(({ label, thing }, index) => {
    const triangles = projectTriangles(thing, toClip);
    if (!triangles) return;
    let [x1, y1, x2, y2] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < triangles.length; i += 2) {
      const x = triangles[i] ?? 0;
      const y = triangles[i + 1] ?? 0;
      x1 = Math.min(x1, x);
      x2 = Math.max(x2, x);
      y1 = Math.min(y1, y);
      y2 = Math.max(y2, y);
    }
    const box = { x1: Math.max(0, x1), y1: Math.max(0, y1), x2: Math.min(1, x2), y2: Math.min(1, y2) };
    const insideShare = ((box.x2 - box.x1) * (box.y2 - box.y1)) / ((x2 - x1) * (y2 - y1));
    if (!(box.x2 > box.x1 && box.y2 > box.y1) || insideShare < 0.25) return;
    if ((box.x2 - box.x1) * widthPx < sizePxMin || (box.y2 - box.y1) * heightPx < sizePxMin) return;
    const visible = visibleShare(triangles, box, ids, index + 1, widthPx, heightPx);
    if (visible >= visibleMin) found.push({ label: labels.indexOf(label), ...box, visible, thing });
  });
  return found;
}

const isShown = (o: THREE.Object3D): boolean => o.visible && (o.parent === null || isShown(o.parent));

/** Screen corners (0..1) of every triangle; null when any vertex is behind the lens. */
function projectTriangles(thing: THREE.Object3D, toClip: THREE.Matrix4): Float32Array | null {
  const meshes: THREE.Mesh[] = [];
  thing.traverse((o) => {
    if (o instanceof THREE.Mesh) meshes.push(o);
  });
  const total = meshes.reduce((n, m) => n + m.geometry.getAttribute("position").count, 0);
  const out = new Float32Array(total * 2);
  const v = new THREE.Vector4();
  let at = 0;
  for (const mesh of meshes) {
    const p = mesh.geometry.getAttribute("position");
    const m = new THREE.Matrix4().multiplyMatrices(toClip, mesh.matrixWorld);
    for (let i = 0; i < p.count; i++) {
      v.set(p.getX(i), p.getY(i), p.getZ(i), 1).applyMatrix4(m);
      if (v.w < 0.3) return null;
      out[at++] = (v.x / v.w + 1) / 2;
      out[at++] = (1 - v.y / v.w) / 2;
    }
  }
  return out;
}

const idMaterials: THREE.MeshBasicMaterial[] = [];
function idMaterial(id: number): THREE.MeshBasicMaterial {
  idMaterials[id] ??= new THREE.MeshBasicMaterial({
    color: new THREE.Color().setRGB((id & 255) / 255, (id >> 8) / 255, 0, THREE.LinearSRGBColorSpace),
    side: THREE.DoubleSide,
    fog: false,
    toneMapped: false,
  });
  return idMaterials[id];
}

function renderIds(stage: Stage, things: readonly THREE.Object3D[], widthPx: number, heightPx: number): Uint8Array {
  const kept: [THREE.Mesh, THREE.Material | THREE.Material[]][] = [];
  const decals: THREE.Object3D[] = [];
  const idOf = new Map<THREE.Object3D, number>();
  things.forEach((thing, i) => {
    thing.traverse((o) => {
      idOf.set(o, i + 1);
    });
  });
  stage.scene.traverse((o) => {
    if (!(o instanceof THREE.Mesh)) return;
    if (o.userData.decal === true && o.visible) {
      // light and water on the ground hide nothing
      decals.push(o);
      o.visible = false;
      return;
    }
    kept.push([o, o.material]);
    o.material = idMaterial(idOf.get(o) ?? 0);
  });
  const { background, fog } = stage.scene;
  stage.scene.background = new THREE.Color(0);
  stage.scene.fog = null;
  stage.renderer.shadowMap.autoUpdate = false;
  const target = new THREE.WebGLRenderTarget(widthPx, heightPx);
  stage.renderer.setRenderTarget(target);
  stage.renderer.render(stage.scene, stage.camera);
  const pixels = new Uint8Array(widthPx * heightPx * 4);
  stage.renderer.readRenderTargetPixels(target, 0, 0, widthPx, heightPx, pixels);
  stage.renderer.setRenderTarget(null);
  target.dispose();
  stage.renderer.shadowMap.autoUpdate = true;
  Object.assign(stage.scene, { background, fog });
  for (const [mesh, material] of kept) mesh.material = material;
  for (const decal of decals) decal.visible = true;
  return pixels;
}

/** Share of the silhouette's sample points (a grid over the clipped box) whose pixel shows this very thing. */
function visibleShare(
  triangles: Float32Array,
  box: { x1: number; y1: number; x2: number; y2: number },
  ids: Uint8Array,
  id: number,
  widthPx: number,
  heightPx: number,
): number {
  const cover = new Uint8Array(gridCells * gridCells);
  const stepX = (box.x2 - box.x1) / gridCells;
  const stepY = (box.y2 - box.y1) / gridCells;
  const t = (i: number): number => triangles[i] ?? 0;
  for (let i = 0; i < triangles.length; i += 6) {
    const [ax, ay, bx, by, cx, cy] = [t(i), t(i + 1), t(i + 2), t(i + 3), t(i + 4), t(i + 5)];
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (area === 0) continue;
    const fromX = Math.max(0, Math.ceil((Math.min(ax, bx, cx) - box.x1) / stepX - 0.5));
    const toX = Math.min(gridCells - 1, Math.floor((Math.max(ax, bx, cx) - box.x1) / stepX - 0.5));
    const fromY = Math.max(0, Math.ceil((Math.min(ay, by, cy) - box.y1) / stepY - 0.5));
    const toY = Math.min(gridCells - 1, Math.floor((Math.max(ay, by, cy) - box.y1) / stepY - 0.5));
    for (let gy = fromY; gy <= toY; gy++)
      for (let gx = fromX; gx <= toX; gx++) {
        const px = box.x1 + (gx + 0.5) * stepX;
        const py = box.y1 + (gy + 0.5) * stepY;
        const u = ((px - ax) * (cy - ay) - (py - ay) * (cx - ax)) / area;
        const v = ((bx - ax) * (py - ay) - (by - ay) * (px - ax)) / area;
        if (u >= 0 && v >= 0 && u + v <= 1) cover[gy * gridCells + gx] = 1;
      }
  }
  let total = 0;
  let seen = 0;
  for (let gy = 0; gy < gridCells; gy++)
    for (let gx = 0; gx < gridCells; gx++) {
      if (!cover[gy * gridCells + gx]) continue;
      total++;
      const px = Math.min(widthPx - 1, Math.floor((box.x1 + (gx + 0.5) * stepX) * widthPx));
      const py = Math.min(heightPx - 1, Math.floor((box.y1 + (gy + 0.5) * stepY) * heightPx));
      // the id buffer starts at the bottom row
      const at = ((heightPx - 1 - py) * widthPx + px) * 4;
      if ((ids[at] ?? 0) + (ids[at + 1] ?? 0) * 256 === id) seen++;
    }
  return total === 0 ? 0 : seen / total;
}

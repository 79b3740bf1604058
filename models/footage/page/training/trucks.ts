/**
 * Page that draws crops of lorries for the cover classifier: an own entry, so that the street page does not grow. A seed gives the same
 * crop on every run with the same code and browser.
 */
import * as THREE from "three";
import { createGateTruck, type GateTruck, type LoadState, loadStates } from "../objects/gate-truck/gate-truck.ts";
import { createRandom, type Random } from "../random.ts";
import { box, solid, tuft } from "../solid.ts";
import { createStage } from "../stage.ts";

/**
 * `jpeg`: 896×896, base64. `mask`: PNG of 448×448, base64: red where the load or its cover is seen, green where that or the opening of the body
 * is. `shown`: share of the crop that is green.
 */
export type TruckCrop = { jpeg: string; mask: string; state: LoadState; view: string; night: boolean; shown: number };
export type TruckApi = { truck: (seed: number) => TruckCrop };

declare global {
  interface Window {
    trucks: TruckApi;
  }
}

const sidePx = 896;
const maskSidePx = 448;
const stage = createStage(sidePx, sidePx, true);

/** Where gate cameras hang: over the lane before or behind the lorry, beside it, or high above. Angles from the lorry's front, radians. */
function view(random: Random): { name: string; azimuth: number; distanceM: number; heightM: number } {
  const pick = random.unit();
  const side = random.pick([-1, 1]);
  // over the lane, a little higher than the cab: it hides most of the body, as on nearly every real gate picture
  if (pick < 0.45)
    return {
      name: "gate",
      azimuth: side * random.between(0, 0.28),
      distanceM: random.between(7, 16),
      heightM: random.between(5, 8),
    };
  if (pick < 0.7)
    return {
      name: "front",
      azimuth: side * random.between(0, 0.5),
      distanceM: random.between(8, 24),
      heightM: random.between(3.6, 9),
    };
  if (pick < 0.8)
    return {
      name: "rear",
      azimuth: Math.PI - side * random.between(0, 0.6),
      distanceM: random.between(8, 22),
      heightM: random.between(4.2, 9),
    };
  if (pick < 0.92)
    return {
      name: "side",
      azimuth: side * random.between(0.5, 2.5),
      distanceM: random.between(7, 20),
      heightM: random.between(4, 9),
    };
  return {
    name: "above",
    azimuth: random.between(-Math.PI, Math.PI),
    distanceM: random.between(2, 10),
    heightM: random.between(9, 22),
  };
}

/** Road, kerb, walls and bushes around: enough that a crop's rim is not empty; nothing between lens and lorry. */
function surroundings(random: Random, scene: THREE.Scene): void {
  const road = new THREE.Mesh(
    new THREE.PlaneGeometry(160, 160),
    new THREE.MeshLambertMaterial({ color: random.pick([0x54565a, 0x6f6c66, 0x807768, 0x3f4144, 0x97948c, 0x6d5f4c]) }),
  );
  road.rotation.x = -Math.PI / 2;
  road.receiveShadow = true;
  const parts = [];
  const lane = random.between(1.9, 2.6);
  for (let x = -40; x < 40; x += 6)
    parts.push(box([random.chance(0.3) ? 6 : 3, 0.01, 0.14], [x, 0.005, lane], 0xd8d4c6));
  parts.push(box([80, 0.01, 0.16], [0, 0.005, -lane], random.pick([0xd8d4c6, 0xc9a227])));
  for (const side of [-1, 1]) {
    const z = side * random.between(3, 9);
    if (side * stage.camera.position.z > Math.abs(z) - 2.5) continue;
    if (random.chance(0.5))
      parts.push(box([90, random.between(0.3, 1.1), 0.3], [0, 0, z], random.pick([0xb8b6ae, 0xd9cf8a, 0x8d8f8a])));
    if (random.chance(0.5))
      parts.push(
        box(
          [70, random.between(2, 6), 1],
          [0, 0, z + side * random.between(1, 5)],
          random.pick([0x9a8a78, 0x7f8790, 0x4d6b57, 0xb7b2a6]),
        ),
      );
    for (let i = 0; i < random.whole(0, 6); i++)
      parts.push(
        tuft(
          random.between(0.6, 2.2),
          [random.between(-30, 30), 0.6, z + side * random.between(0.5, 4)],
          random.pick([0x3c5a2d, 0x56663a, 0x6b6440]),
          1,
        ),
      );
  }
  scene.add(road, solid(parts));
}

/** A shining disc with a halo. */
const haloMap = (() => {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const c = canvas.getContext("2d");
  if (!c) throw new Error("no 2D canvas");
  const shine = c.createRadialGradient(32, 32, 0, 32, 32, 32);
  shine.addColorStop(0, "rgba(255,255,255,1)");
  shine.addColorStop(0.25, "rgba(255,255,240,0.7)");
  shine.addColorStop(1, "rgba(255,250,230,0)");
  c.fillStyle = shine;
  c.fillRect(0, 0, 64, 64);
  return new THREE.CanvasTexture(canvas);
})();

function headLamps(random: Random, at: readonly [number, number, number][], to: THREE.Object3D): void {
  const size = random.between(0.5, 2.2);
  const tint = random.pick([0xffffff, 0xfff1d0, 0xdfe9ff]);
  for (const place of at) {
    const halo = new THREE.Sprite(
      new THREE.SpriteMaterial({ map: haloMap, color: tint, blending: THREE.AdditiveBlending, depthWrite: false }),
    );
    halo.position.set(place[0] + 0.1, place[1], place[2]);
    halo.scale.setScalar(size);
    to.add(halo);
  }
}

/** Night at a gate: a flash or lamp beside the lens, a street lamp somewhere, nearly nothing else. */
function nightLights(random: Random, scene: THREE.Scene): void {
  const flash = new THREE.PointLight(0xffffff, random.between(150, 900));
  flash.position
    .copy(stage.camera.position)
    .add(new THREE.Vector3(random.between(-1, 1), random.between(-1.5, 0.6), random.between(-3, 3)));
  scene.add(flash);
  if (random.chance(0.75)) {
    const lamp = new THREE.PointLight(random.pick([0xffd9a0, 0xffffff, 0xffc070]), random.between(40, 500));
    lamp.position.set(random.between(-14, 14), random.between(5, 9), random.between(-8, 8));
    scene.add(lamp);
  }
}

/** Box of the lorry in the picture, 0..1, from all its vertices; undefined where the lens stands too near. */
function boxOf(thing: THREE.Object3D): { x1: number; y1: number; x2: number; y2: number } | undefined {
  const box = { x1: 1e9, y1: 1e9, x2: -1e9, y2: -1e9 };
  const p = new THREE.Vector3();
  let near = false;
  thing.updateMatrixWorld(true);
  thing.traverse((o) => {
    if (!(o instanceof THREE.Mesh) || !o.visible) return;
    const positions = o.geometry.getAttribute("position");
    for (let i = 0; i < positions.count; i++) {
      p.fromBufferAttribute(positions, i).applyMatrix4(o.matrixWorld).project(stage.camera);
      near ||= p.z > 1;
      box.x1 = Math.min(box.x1, (p.x + 1) / 2);
      box.x2 = Math.max(box.x2, (p.x + 1) / 2);
      box.y1 = Math.min(box.y1, (1 - p.y) / 2);
      box.y2 = Math.max(box.y2, (1 - p.y) / 2);
    }
  });
  return near || box.x2 - box.x1 > 2.5 || box.y2 - box.y1 > 2.5 ? undefined : box;
}

const black = new THREE.MeshBasicMaterial({ color: 0x000000 });
const white = new THREE.MeshBasicMaterial({ color: 0xffffff });

/** Which pixels show the white ones of these, everything else black and in front of what it hides; rows from above. */
function drawn(whites: readonly THREE.Mesh[], blacks: readonly THREE.Mesh[], thing: THREE.Object3D): Uint8Array {
  const scene = new THREE.Scene();
  scene.background = new THREE.Color(0x000000);
  const painted = [...whites, ...blacks].map((mesh) => ({ mesh, before: mesh.material, wasVisible: mesh.visible }));
  for (const { mesh } of painted) mesh.material = whites.includes(mesh) ? white : black;
  for (const { mesh } of painted) mesh.visible = true;
  // head lamps shine in the picture, not in the mask
  const others = thing.children.filter((child) => child.visible && !painted.some(({ mesh }) => mesh === child));
  for (const other of others) other.visible = false;
  const parent = thing.parent;
  scene.add(thing);
  stage.renderer.render(scene, stage.camera);
  const gl = stage.renderer.getContext();
  const pixels = new Uint8Array(sidePx * sidePx * 4);
  gl.readPixels(0, 0, sidePx, sidePx, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
  for (const { mesh, before, wasVisible } of painted) {
    mesh.material = before;
    mesh.visible = wasVisible;
  }
  for (const other of others) other.visible = true;
  parent?.add(thing);
  // WebGL counts rows from below
  return Uint8Array.from({ length: sidePx * sidePx }, (_, i) => {
    const [x, y] = [i % sidePx, sidePx - 1 - Math.floor(i / sidePx)];
    return (pixels[(y * sidePx + x) * 4] as number) > 127 ? 255 : 0;
  });
}

/** Where the crop shows load, cover or opening: drawings in black and white beside the picture. */
function shownPlaces({ thing, body, load, opening }: GateTruck): { shown: number; mask: string } {
  const seen = drawn([...(load ? [load] : []), opening], [body], thing);
  const filled = load ? drawn([load], [body], thing) : new Uint8Array(sidePx * sidePx);
  const canvas = new OffscreenCanvas(sidePx, sidePx);
  const small = document.createElement("canvas");
  small.width = small.height = maskSidePx;
  const [large, reduced] = [canvas.getContext("2d"), small.getContext("2d")];
  if (!large || !reduced) throw new Error("no 2D canvas");
  const both = new ImageData(sidePx, sidePx);
  for (let i = 0; i < seen.length; i++) both.data.set([filled[i] as number, seen[i] as number, 0, 255], i * 4);
  large.putImageData(both, 0, 0);
  reduced.drawImage(canvas, 0, 0, maskSidePx, maskSidePx);
  const count = seen.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
  return {
    shown: Math.round((count / seen.length) * 1e4) / 1e4,
    mask: small.toDataURL("image/png").slice("data:image/png;base64,".length),
  };
}

function truck(seed: number): TruckCrop {
  const random = createRandom(seed);
  stage.clear();
  const state = loadStates[seed % loadStates.length] as LoadState;
  const lorry = createGateTruck(random, state);
  const { thing, lamps } = lorry;
  thing.rotation.y = random.between(-0.06, 0.06);
  stage.scene.add(thing);
  const { name, azimuth, distanceM, heightM } = view(random);
  const camera = stage.camera;
  camera.clearViewOffset();
  camera.aspect = 1;
  camera.fov = 60;
  camera.position.set(Math.cos(azimuth) * (distanceM + 3), heightM, Math.sin(azimuth) * (distanceM + 3));
  camera.lookAt(random.between(-1, 1), random.between(1, 2.4), 0);
  camera.rotateZ(random.between(-0.04, 0.04));
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld(true);

  let found = boxOf(thing);
  while (!found) {
    camera.position.multiplyScalar(1.25);
    camera.updateMatrixWorld(true);
    found = boxOf(thing);
  }
  surroundings(random, stage.scene);

  const night = random.chance(name === "gate" ? 0.5 : 0.35);
  stage.setSky(
    {
      sunAzimuthRad: random.between(0, 6.3),
      sunHeightRad: random.between(0.3, 1.4),
      clear: night ? 0 : random.unit(),
      exposure: night ? random.between(0.5, 1.1) : random.between(0.6, 1.25),
      warmth: random.unit(),
    },
    new THREE.Vector3(0, 0, 0),
    12,
  );
  const lights: THREE.Light[] = [];
  stage.scene.traverse((o) => {
    if (o instanceof THREE.HemisphereLight || o instanceof THREE.DirectionalLight) lights.push(o);
  });
  if (night) {
    for (const light of lights) light.intensity *= random.between(0.005, 0.06);
    stage.scene.background = new THREE.Color(0x07080b);
    nightLights(random, stage.scene);
  }
  if (night ? random.chance(0.85) : random.chance(0.12)) headLamps(random, lamps, thing);

  // the crop: the lorry's box with the careless margin of a detector, sometimes cut at the picture's rim, stretched to a square
  const [w, h] = [found.x2 - found.x1, found.y2 - found.y1];
  const margin = (): number => random.between(0.02, 0.14);
  const cut = random.chance(0.18) ? random.between(0.1, 0.3) : 0;
  const cutSide = random.whole(0, 2);
  const x1 = found.x1 + (cutSide === 0 && cut > 0 ? cut : -margin()) * w;
  const x2 = found.x2 - (cutSide === 1 && cut > 0 ? cut : -margin()) * w;
  const y1 = found.y1 - margin() * h;
  const y2 = found.y2 - (cutSide === 2 && cut > 0 ? cut : -margin()) * h;
  camera.setViewOffset(1000, 1000, x1 * 1000, y1 * 1000, (x2 - x1) * 1000, (y2 - y1) * 1000);
  const { shown, mask } = shownPlaces(lorry);
  stage.render();
  const jpeg = stage.renderer.domElement.toDataURL("image/jpeg", 0.95).slice("data:image/jpeg;base64,".length);
  return { jpeg, mask, state, view: name, night, shown };
}

window.trucks = { truck };

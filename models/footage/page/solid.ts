/**
 * Building blocks of every low-poly thing: coloured geometries in metres, merged into one mesh per thing so that
 * a software rasteriser draws it in one call. Ground is y = 0, the thing's own front looks along +x.
 */
import * as THREE from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";

export type Part = THREE.BufferGeometry;
type Vec = readonly [number, number, number];

const matte = new THREE.MeshLambertMaterial({ vertexColors: true });
const glossy = new THREE.MeshPhongMaterial({ vertexColors: true, shininess: 45, specular: 0x555555 });
const twoSided = new THREE.MeshLambertMaterial({ vertexColors: true, side: THREE.DoubleSide });
const finishes = { matte, glossy, twoSided } as const;

function coloured(geometry: THREE.BufferGeometry, color: THREE.ColorRepresentation): Part {
  const plain = geometry.index ? geometry.toNonIndexed() : geometry;
  plain.deleteAttribute("uv");
  const rgb = new THREE.Color(color);
  const count = plain.getAttribute("position").count;
  const colors = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) colors.set([rgb.r, rgb.g, rgb.b], i * 3);
  plain.setAttribute("color", new THREE.BufferAttribute(colors, 3));
  return plain;
}

/** A box whose bottom face centre is at `at`. */
export function box(size: Vec, at: Vec, color: THREE.ColorRepresentation, turnRad = 0): Part {
  const geometry = new THREE.BoxGeometry(...size);
  geometry.rotateY(turnRad);
  geometry.translate(at[0], at[1] + size[1] / 2, at[2]);
  return coloured(geometry, color);
}

/** A box with a smaller (or larger) top; `shift` moves the top along x. Cabins, baskets, heaps, bins. */
export function taper(
  bottom: readonly [number, number],
  top: readonly [number, number],
  heightM: number,
  at: Vec,
  color: THREE.ColorRepresentation,
  shift = 0,
): Part {
  const geometry = new THREE.BoxGeometry(1, 1, 1).toNonIndexed();
  const p = geometry.getAttribute("position");
  for (let i = 0; i < p.count; i++) {
    const up = p.getY(i) > 0;
    const [w, d] = up ? top : bottom;
    p.setXYZ(i, p.getX(i) * w + (up ? shift : 0) + at[0], (p.getY(i) + 0.5) * heightM + at[1], p.getZ(i) * d + at[2]);
  }
  geometry.computeVertexNormals();
  return coloured(geometry, color);
}

/** Upright cylinder or cone, bottom centre at `at`. */
export function pillar(
  radiusBottom: number,
  radiusTop: number,
  heightM: number,
  at: Vec,
  color: THREE.ColorRepresentation,
  sides = 10,
): Part {
  const geometry = new THREE.CylinderGeometry(radiusTop, radiusBottom, heightM, sides);
  geometry.translate(at[0], at[1] + heightM / 2, at[2]);
  return coloured(geometry, color);
}

/** Wheel standing on the ground at `at` (centre), axle along z. */
export function wheel(radius: number, widthM: number, at: Vec, color: THREE.ColorRepresentation = 0x161616): Part[] {
  const tyre = new THREE.CylinderGeometry(radius, radius, widthM, 14);
  tyre.rotateX(Math.PI / 2);
  tyre.translate(...at);
  const rim = new THREE.CylinderGeometry(radius * 0.58, radius * 0.58, widthM + 0.02, 10);
  rim.rotateX(Math.PI / 2);
  rim.translate(...at);
  return [coloured(tyre, color), coloured(rim, 0x9a9da0)];
}

/** Thin spoked wheel of a bicycle: a ring. */
export function ring(radius: number, tube: number, at: Vec, color: THREE.ColorRepresentation): Part {
  const geometry = new THREE.TorusGeometry(radius, tube, 5, 16);
  geometry.translate(...at);
  return coloured(geometry, color);
}

/** Low-poly ball. */
export function ball(radius: number, at: Vec, color: THREE.ColorRepresentation, detail = 1, squash = 1): Part {
  const geometry = new THREE.IcosahedronGeometry(radius, detail);
  geometry.scale(1, squash, 1);
  geometry.translate(...at);
  return coloured(geometry, color);
}

/** A crumpled ball with facets of uneven shade: foliage, heaps. Points that share a place stay together. */
export function tuft(radius: number, at: Vec, color: THREE.ColorRepresentation, detail = 2): Part {
  const geometry = new THREE.IcosahedronGeometry(radius, detail);
  const p = geometry.getAttribute("position");
  const noise = (x: number, y: number, z: number): number => {
    const n =
      Math.sin(Math.round(x * 997) * 12.9898 + Math.round(y * 997) * 78.233 + Math.round(z * 997) * 37.719) *
      43758.5453;
    return n - Math.floor(n);
  };
  for (let i = 0; i < p.count; i++) {
    const [x, y, z] = [p.getX(i), p.getY(i), p.getZ(i)];
    const grow = 0.74 + 0.5 * noise(x, y, z);
    p.setXYZ(i, x * grow + at[0], y * grow * 0.85 + at[1], z * grow + at[2]);
  }
  geometry.computeVertexNormals();
  const part = coloured(geometry, color);
  const c = part.getAttribute("color");
  for (let i = 0; i < c.count; i += 3) {
    const shade = 0.62 + 0.7 * noise(i, radius, at[0]);
    for (let k = i; k < i + 3; k++) c.setXYZ(k, c.getX(k) * shade, c.getY(k) * shade, c.getZ(k) * shade);
  }
  return part;
}

/** Straight round bar between two points. */
export function bar(from: Vec, to: Vec, radius: number, color: THREE.ColorRepresentation): Part {
  const a = new THREE.Vector3(...from);
  const b = new THREE.Vector3(...to);
  const geometry = new THREE.CylinderGeometry(radius, radius, a.distanceTo(b), 6);
  const turn = new THREE.Quaternion().setFromUnitVectors(new THREE.Vector3(0, 1, 0), b.clone().sub(a).normalize());
  geometry.applyQuaternion(turn);
  const middle = a.add(b).multiplyScalar(0.5);
  geometry.translate(middle.x, middle.y, middle.z);
  return coloured(geometry, color);
}

/** Side profile (x right, y up, metres) pulled out along z to the given width. */
export function profile(
  points: readonly (readonly [number, number])[],
  widthM: number,
  color: THREE.ColorRepresentation,
  bevelM = 0,
): Part {
  const shape = new THREE.Shape(points.map(([x, y]) => new THREE.Vector2(x, y)));
  const geometry = new THREE.ExtrudeGeometry(shape, {
    depth: widthM - 2 * bevelM,
    bevelEnabled: bevelM > 0,
    bevelThickness: bevelM,
    bevelSize: bevelM,
    bevelOffset: -bevelM,
    bevelSegments: 1,
  });
  geometry.translate(0, 0, -widthM / 2 + bevelM);
  return coloured(geometry, color);
}

/** Any geometry of three, coloured. */
export const custom = coloured;

export function moved(part: Part, by: Vec, turnRad = 0): Part {
  const copy = part.clone();
  copy.rotateY(turnRad);
  copy.translate(...by);
  return copy;
}

export function solid(parts: readonly Part[], finish: keyof typeof finishes = "matte"): THREE.Mesh {
  const mesh = new THREE.Mesh(mergeGeometries([...parts]), finishes[finish]);
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  return mesh;
}

/** The eight labels of the starter detector, in the order of its output. */
export const labels = ["person", "car", "truck", "two-wheeler", "goods", "furniture", "canopy", "cart"] as const;
export type Label = (typeof labels)[number];

/** Marks a thing as one to be found; its box is the projection of all its vertices. */
export function labelled<T extends THREE.Object3D>(label: Label, thing: T): T {
  thing.userData.label = label;
  return thing;
}

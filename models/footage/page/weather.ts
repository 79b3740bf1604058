/** Light, air and lens of one picture: sun, overcast, low sun, rain, fog, night under lamps, wet night. All from the caller's seed. */
import * as THREE from "three";
import type { LensFaults } from "./lens.ts";
import type { Random } from "./random.ts";
import type { Lamp, Sky, Stage } from "./stage.ts";

export const weatherKinds = ["day", "overcast", "low-sun", "rain", "fog", "night", "night-rain"] as const;
export type WeatherKind = (typeof weatherKinds)[number];
export const seasons = ["summer", "autumn", "winter"] as const;
export type Season = (typeof seasons)[number];

export type Weather = {
  kind: WeatherKind;
  season: Season;
  isNight: boolean;
  isWet: boolean;
  sky: Sky;
  lens: LensFaults;
};

/** Near and far end of the haze in metres, by kind; [60, 240] is a clear day. */
const hazeOf = (random: Random, kind: WeatherKind): readonly [number, number] => {
  if (kind === "fog") return [random.between(2, 14), random.between(38, 90)];
  if (kind === "rain" || kind === "night-rain") return [random.between(12, 40), random.between(90, 170)];
  return [60, 240];
};

function skyOf(random: Random, kind: WeatherKind): Sky {
  const common = {
    sunAzimuthRad: random.between(0, Math.PI * 2),
    warmth: random.unit(),
    hazeM: hazeOf(random, kind),
  };
  const high = random.between(0.35, 1.25);
  const unit = random.unit();
  switch (kind) {
    case "day":
      return { ...common, sunHeightRad: high, clear: 0.4 + 0.6 * unit, exposure: random.between(0.75, 1.35) };
    case "overcast":
      return { ...common, sunHeightRad: high, clear: 0.25 * unit, exposure: random.between(0.65, 1.2) };
    case "low-sun":
      return {
        ...common,
        sunHeightRad: random.between(0.13, 0.34),
        clear: 0.7 + 0.3 * unit,
        exposure: random.between(0.7, 1.15),
        warmth: random.between(0.7, 1.6),
      };
    case "rain":
      return { ...common, sunHeightRad: high, clear: 0.12 * unit, exposure: random.between(0.9, 1.5) };
    case "fog":
      return { ...common, sunHeightRad: high, clear: 0.1 * unit, exposure: random.between(0.6, 1.05) };
    case "night":
    case "night-rain":
      return {
        ...common,
        sunHeightRad: random.between(0.7, 1.2),
        clear: 0,
        exposure: random.between(0.75, 1.5),
        night: random.between(0.35, 1),
      };
  }
}

function lensOf(random: Random, kind: WeatherKind): LensFaults {
  const isNight = kind === "night" || kind === "night-rain";
  const isRain = kind === "rain" || kind === "night-rain";
  return {
    noise: isNight ? random.between(0.05, 0.16) : random.between(0, 0.05),
    softness: random.chance(0.6) ? random.between(0.25, 0.7) : 0,
    streaks: isRain ? random.whole(60, 380) : 0,
    drops: isRain && random.chance(0.45) ? random.whole(3, 16) : 0,
    bloom: isNight ? random.between(0.12, 0.4) : kind === "low-sun" ? random.between(0.05, 0.22) : 0,
    glare:
      kind === "low-sun" && random.chance(0.6)
        ? { x: random.unit(), y: random.between(-0.1, 0.35), strength: random.between(0.25, 0.75) }
        : null,
  };
}

export function randomWeather(random: Random, kind?: WeatherKind): Weather {
  const picked =
    kind ??
    random.pick([
      "day",
      "day",
      "day",
      "day",
      "overcast",
      "overcast",
      "low-sun",
      "low-sun",
      "rain",
      "rain",
      "fog",
      "night",
      "night",
      "night-rain",
    ] as const);
  return {
    kind: picked,
    season: random.pick(["summer", "summer", "autumn", "winter"] as const),
    isNight: picked === "night" || picked === "night-rain",
    isWet: picked === "rain" || picked === "night-rain",
    sky: skyOf(random, picked),
    lens: lensOf(random, picked),
  };
}

/** Street lamps over the kerb and light from shops: at most as many as the stage holds. Colours of sodium, warm and cold LED lamps. */
function lampsOf(random: Random, kerbZ: number): Lamp[] {
  const street = random.pick([0xffb066, 0xffd9a8, 0xe6eeff]);
  const power = random.between(70, 190);
  const offsetM = random.between(-4, 4);
  const lamps: Lamp[] = [-14, 0, 14].map((x) => ({
    at: [x + offsetM, random.between(5.5, 7.5), kerbZ - random.between(0, 1)],
    color: street,
    power,
  }));
  for (const side of [-1, 1])
    lamps.push({
      at: [side * random.between(2, 8), random.between(2.6, 3.2), random.between(0.9, 1.6)],
      color: random.pick([0xfff0d0, 0xe8f2ff, 0xffd0a0]),
      power: random.between(8, 30),
    });
  return lamps;
}

const wetSlab = new Map<THREE.Texture | null, THREE.MeshPhongMaterial>();

/** Wet ground is darker and shines; a few puddles lie on it. */
function wetGround(world: THREE.Object3D, random: Random, kerbZ: number): void {
  world.traverse((o) => {
    if (!(o instanceof THREE.Mesh) || o.userData.ground !== true) return;
    const map = (o.material as THREE.MeshLambertMaterial).map;
    let wet = wetSlab.get(map);
    if (!wet) {
      wet = new THREE.MeshPhongMaterial({ map, color: 0x9a9da3, shininess: 90, specular: 0x9a9a9a });
      wetSlab.set(map, wet);
    }
    o.material = wet;
  });
  for (let i = random.whole(3, 12); i > 0; i--) {
    const shape = new THREE.CircleGeometry(1, 14);
    shape.rotateX(-Math.PI / 2);
    shape.scale(random.between(0.4, 2.2), 1, random.between(0.2, 0.7));
    const puddle = new THREE.Mesh(shape, puddleMaterial);
    const z = random.between(0.6, kerbZ + 6);
    puddle.position.set(random.between(-14, 14), z > kerbZ ? -0.112 : 0.008, z);
    puddle.userData.decal = true;
    world.add(puddle);
  }
}
const puddleMaterial = new THREE.MeshPhongMaterial({
  color: 0x6f7a84,
  shininess: 140,
  specular: 0xffffff,
  transparent: true,
  opacity: 0.5,
});

/** Shop windows and signs glow at night, most of them. */
function lightShops(world: THREE.Object3D, random: Random): void {
  world.traverse((o) => {
    const share = o.userData.glow;
    if (!(o instanceof THREE.Mesh) || typeof share !== "number" || !random.chance(0.7)) return;
    const material = o.material as THREE.MeshLambertMaterial;
    material.emissiveMap = material.map;
    material.emissive.setScalar(share * random.between(0.4, 1.1));
    material.needsUpdate = true;
  });
}

/** Sets light and air on the stage and changes the world to suit. Call once per world, after it is built. */
export function applyWeather(
  stage: Stage,
  world: THREE.Object3D,
  random: Random,
  weather: Weather,
  place: { kerbZ: number; centre: THREE.Vector3; reachM: number },
): void {
  stage.setSky(weather.sky, place.centre, place.reachM);
  stage.setLamps(weather.isNight ? lampsOf(random, place.kerbZ) : []);
  if (weather.isNight) lightShops(world, random);
  if (weather.isWet) wetGround(world, random, place.kerbZ);
}

let beam: THREE.MeshBasicMaterial | undefined;
function glow(): THREE.CanvasTexture {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 64;
  const c = canvas.getContext("2d");
  if (!c) throw new Error("no 2D canvas");
  const shade = c.createRadialGradient(32, 32, 0, 32, 32, 32);
  shade.addColorStop(0, "rgba(255,255,255,1)");
  shade.addColorStop(0.25, "rgba(255,250,235,0.45)");
  shade.addColorStop(1, "rgba(0,0,0,0)");
  c.fillStyle = shade;
  c.fillRect(0, 0, 64, 64);
  return new THREE.CanvasTexture(canvas);
}

/** Lit head lamps and their pool on the road, for a vehicle at the origin with its front along +x. Belongs beside the vehicle, not into it. */
export function createHeadlights(longM: number): THREE.Group {
  const group = new THREE.Group();
  beam ??= new THREE.MeshBasicMaterial({
    map: glow(),
    blending: THREE.AdditiveBlending,
    transparent: true,
    depthWrite: false,
    fog: false,
  });
  const material = beam;
  const add = (geometry: THREE.BufferGeometry, at: readonly [number, number, number]): void => {
    const mesh = new THREE.Mesh(geometry, material);
    mesh.position.set(...at);
    mesh.userData.decal = true;
    group.add(mesh);
  };
  for (const z of [-0.65, 0.65]) {
    const lamp = new THREE.PlaneGeometry(0.9, 0.9);
    lamp.rotateY(Math.PI / 2);
    add(lamp, [longM / 2 + 0.06, 0.68, z]);
  }
  const pool = new THREE.PlaneGeometry(9, 4);
  pool.rotateX(-Math.PI / 2);
  add(pool, [longM / 2 + 3.6, 0.03, 0]);
  return group;
}

/** Renderer, light and lens. One per page; scenes are emptied and refilled. */
import * as THREE from "three";

export type Sky = {
  sunAzimuthRad: number;
  sunHeightRad: number;
  /** 0 overcast … 1 clear */
  clear: number;
  /** 1 = bright day */
  exposure: number;
  warmth: number;
  /** where haze begins and where it is all there is, metres from the lens */
  hazeM?: readonly [number, number];
  /** no sun; 0 the darkest … 1 a town's glow. Lamps give the light then. */
  night?: number;
};

/** A lamp without shadow; power as three.js counts it, about candela. */
export type Lamp = { at: readonly [number, number, number]; color: number; power: number };
/** Lamps a stage holds: each costs a software rasteriser time on every pixel. */
const lampsMax = 5;

export type Stage = {
  scene: THREE.Scene;
  camera: THREE.PerspectiveCamera;
  renderer: THREE.WebGLRenderer;
  /** unit vector from the ground to the sun */
  sunTowards: THREE.Vector3;
  setSky: (sky: Sky, centre: THREE.Vector3, reachM: number) => void;
  /** Replaces all lamps; none by day. */
  setLamps: (lamps: readonly Lamp[]) => void;
  render: () => void;
  /** Removes everything but the lights and frees what was uploaded; painted textures stay. */
  clear: () => void;
};

/** `smooth`: multisampling, which costs a software rasteriser half its time; big pictures are softened by the lens instead. */
export function createStage(widthPx: number, heightPx: number, smooth: boolean, shadowPx = 2048): Stage {
  const renderer = new THREE.WebGLRenderer({ antialias: smooth, preserveDrawingBuffer: true });
  renderer.setSize(widthPx, heightPx, false);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = THREE.PCFShadowMap;
  renderer.toneMapping = THREE.NeutralToneMapping;
  const scene = new THREE.Scene();
  const camera = new THREE.PerspectiveCamera(45, widthPx / heightPx, 0.5, 260);
  const sun = new THREE.DirectionalLight(0xffffff, 3);
  sun.castShadow = true;
  sun.shadow.mapSize.set(shadowPx, shadowPx);
  sun.shadow.bias = -0.0006;
  sun.shadow.normalBias = 0.04;
  const sky = new THREE.HemisphereLight(0xcfe0f0, 0x8a8176, 1.4);
  scene.add(sun, sun.target, sky);
  scene.fog = new THREE.Fog(0xc9d2d8, 60, 240);
  const lampPool = Array.from({ length: lampsMax }, () => new THREE.PointLight(0xffffff, 0));
  for (const lamp of lampPool) lamp.visible = false;
  scene.add(...lampPool);
  const sunTowards = new THREE.Vector3(0, 1, 0);
  const lights = new Set<THREE.Object3D>([sun, sun.target, sky, ...lampPool]);

  return {
    scene,
    camera,
    renderer,
    sunTowards,
    setSky: (s, centre, reachM) => {
      const flat = Math.cos(s.sunHeightRad);
      sun.position
        .set(Math.cos(s.sunAzimuthRad) * flat, Math.sin(s.sunHeightRad), Math.sin(s.sunAzimuthRad) * flat)
        .multiplyScalar(80)
        .add(centre);
      sunTowards.copy(sun.position).sub(centre).normalize();
      sun.target.position.copy(centre);
      Object.assign(sun.shadow.camera, {
        left: -reachM,
        right: reachM,
        top: reachM,
        bottom: -reachM,
        near: 5,
        far: 180,
      });
      sun.shadow.camera.updateProjectionMatrix();
      sun.color.setRGB(1, 0.96 - 0.1 * s.warmth, 0.9 - 0.25 * s.warmth);
      sun.intensity = 0.3 + 3.3 * s.clear;
      sky.intensity = 2.7 - 0.9 * s.clear;
      sky.color.setHex(0xcfe0f0);
      if (s.night !== undefined) {
        sun.color.setRGB(0.55, 0.65, 1);
        sun.intensity = 0.12 * s.night;
        sky.color.setHex(0x9fb0d8);
        sky.intensity = 0.1 + 0.45 * s.night;
      }
      renderer.toneMappingExposure = s.exposure;
      const haze = new THREE.Color()
        .setRGB(0.72 - 0.12 * s.clear, 0.77 - 0.06 * s.clear, 0.8 + 0.06 * s.clear)
        .multiplyScalar(Math.min(1, s.exposure));
      if (s.night !== undefined) haze.setRGB(0.035, 0.04, 0.06).multiplyScalar(0.5 + 1.6 * s.night);
      scene.background = haze;
      const fog = scene.fog as THREE.Fog;
      fog.color.copy(haze);
      [fog.near, fog.far] = s.hazeM ?? [60, 240];
    },
    setLamps: (lamps) => {
      lampPool.forEach((light, i) => {
        const lamp = lamps[i];
        light.visible = lamp !== undefined;
        if (!lamp) return;
        light.position.set(...lamp.at);
        light.color.setHex(lamp.color);
        light.intensity = lamp.power;
      });
    },
    render: () => renderer.render(scene, camera),
    clear: () => {
      for (const child of [...scene.children]) {
        if (lights.has(child)) continue;
        scene.remove(child);
        child.traverse((o) => {
          if (o instanceof THREE.Mesh) o.geometry.dispose();
        });
      }
    },
  };
}

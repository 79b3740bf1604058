/** Things that move by a timetable. */
import type * as THREE from "three";

/** At second `t` the thing stands at x, z (metres); `turnRad` only where the heading is not the way it goes. */
export type Key = { t: number; x: number; z: number; y?: number; turnRad?: number };
export type Mover = { thing: THREE.Object3D; keys: readonly Key[]; show: (timeS: number) => void };

/** Moves along straight legs, hidden before the first and after the last key. People swing their limbs by distance walked. */
export function move(
  thing: THREE.Object3D & { walk?: (phaseRad: number) => void },
  keys: readonly Key[],
  options: { stayVisible?: boolean } = {},
): Mover {
  const baseTurn = thing.rotation.y;
  const show = (timeS: number): void => {
    const first = keys[0];
    const last = keys.at(-1);
    if (!first || !last) return;
    thing.visible = options.stayVisible === true || (timeS >= first.t && timeS <= last.t);
    const t = Math.min(Math.max(timeS, first.t), last.t);
    let walkedM = 0;
    let turn = baseTurn;
    let before = first;
    for (const key of keys.slice(1)) {
      const legM = Math.hypot(key.x - before.x, key.z - before.z);
      if (legM > 0.01) turn = Math.atan2(-(key.z - before.z), key.x - before.x);
      if (key.turnRad !== undefined) turn = key.turnRad;
      const share = key.t > before.t ? Math.min(1, Math.max(0, (t - before.t) / (key.t - before.t))) : 1;
      const going = share > 0 && share < 1 && legM > 0.01;
      walkedM += legM * share;
      thing.position.set(
        before.x + (key.x - before.x) * share,
        (before.y ?? 0) + ((key.y ?? 0) - (before.y ?? 0)) * share,
        before.z + (key.z - before.z) * share,
      );
      thing.rotation.y = turn;
      thing.walk?.(going ? (walkedM / 0.7) * Math.PI : 0.15);
      if (t <= key.t) break;
      before = key;
    }
  };
  return { thing, keys, show };
}

/** Rounds the corners of a path so that vehicles turn instead of jumping: each inner key becomes several. */
export function rounded(keys: readonly Key[], steps = 6): Key[] {
  const out: Key[] = [];
  keys.forEach((key, i) => {
    const a = keys[i - 1];
    const b = keys[i + 1];
    const still =
      (a && Math.hypot(a.x - key.x, a.z - key.z) < 0.05) || (b && Math.hypot(b.x - key.x, b.z - key.z) < 0.05);
    if (!a || !b || still) {
      out.push(key);
      return;
    }
    const from = mix(a, key, 0.6);
    const to = mix(key, b, 0.4);
    for (let k = 0; k <= steps; k++) {
      const s = k / steps;
      out.push(mix(mix(from, key, s), mix(key, to, s), s));
    }
  });
  return out;
}

function mix(a: Key, b: Key, s: number): Key {
  return {
    t: a.t + (b.t - a.t) * s,
    x: a.x + (b.x - a.x) * s,
    z: a.z + (b.z - a.z) * s,
    y: (a.y ?? 0) + ((b.y ?? 0) - (a.y ?? 0)) * s,
  };
}

/** First and last second (to a tenth) at which any of the movers stands inside a ground rectangle. */
export function timeInside(
  movers: readonly Mover[],
  area: { x: readonly [number, number]; z: readonly [number, number] },
  durationS: number,
): { fromS: number; toS: number } {
  let fromS = Number.POSITIVE_INFINITY;
  let toS = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= durationS * 10; i++) {
    const t = i / 10;
    for (const m of movers) {
      m.show(t);
      const { x, z } = m.thing.position;
      if (!m.thing.visible || x < area.x[0] || x > area.x[1] || z < area.z[0] || z > area.z[1]) continue;
      fromS = Math.min(fromS, t);
      toS = Math.max(toS, t);
    }
  }
  return { fromS, toS };
}

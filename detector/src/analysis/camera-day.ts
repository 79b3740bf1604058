import { type BoxNorm, type Detection, encodeLook, type Look, type Role, type StoredLook } from "@mingcha/models/scene";

/** Small fast generator with a period of 2³²: mulberry32 (T. Ettinger, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Something in the street: it stands at a place for a while, or goes across at a speed (shares of the picture a second). */
type Actor = { role: Role; box: BoxNorm; speed: number; fromS: number; toS: number; score: number };

function actorAt(random: () => number, fromS: number): Actor {
  const kind = random();
  const x = random() * 0.85;
  const y = 0.35 + random() * 0.45;
  if (kind < 0.55) return { role: "person", box: [0, y, 0.03, 0.12], speed: 0.05, fromS, toS: fromS + 20, score: 0.6 };
  if (kind < 0.8) return { role: "car", box: [0, y, 0.14, 0.12], speed: 0.1, fromS, toS: fromS + 10, score: 0.7 };
  const stayS = 60 + random() * 3600;
  const role = kind < 0.88 ? "car" : kind < 0.92 ? "two-wheeler" : kind < 0.97 ? "goods" : "truck";
  const size: BoxNorm = role === "goods" ? [x, y, 0.06, 0.06] : [x, y, 0.13, 0.11];
  return { role, box: size, speed: 0, fromS, toS: fromS + stayS, score: 0.35 + random() * 0.5 };
}

/** What shakes: each edge by up to half a percent of the picture, the score by a tenth; one sighting in twelve is missed. */
function sight(actor: Actor, atS: number, random: () => number): Detection[] {
  if (random() < 1 / 12) return [];
  const [x, y, width, height] = actor.box;
  const shake = (): number => (random() - 0.5) * 0.01;
  const moved = x + actor.speed * (atS - actor.fromS);
  if (moved > 0.98) return [];
  const score = Math.min(0.99, Math.max(0.05, actor.score + (random() - 0.5) * 0.2));
  const boxNorm: BoxNorm = [moved + shake(), y + shake(), width + shake() / 2, height + shake() / 2];
  return [{ label: actor.role, role: actor.role, score, boxNorm }];
}

/**
 * A day of one street camera as it would be stored, from a seed: about eight detections a look, most of them standing for minutes to an
 * hour, people and cars passing, boxes shaking, some sightings missed, one look in two hundred lost.
 */
export function cameraDay({ seed = 1, looks = 43_200, everyS = 2, startMs = 0 } = {}): StoredLook[] {
  const random = mulberry32(seed);
  let actors: Actor[] = Array.from({ length: 5 }, () => ({ ...actorAt(random, 0), speed: 0, toS: 1800, role: "car" }));
  const stored: StoredLook[] = [];
  for (let i = 0; i < looks; i++) {
    const atS = i * everyS;
    actors = actors.filter((actor) => actor.toS > atS);
    while (random() < 0.25 && actors.length < 9) actors.push(actorAt(random, atS));
    const time = { capturedAtMs: startMs + atS * 1000, offsetMs: (atS % 10) * 1000 };
    const look: Look =
      random() < 1 / 200
        ? { ...time, status: "missing", reason: "decode_failed" }
        : { ...time, status: "seen", detections: actors.flatMap((actor) => sight(actor, atS, random)) };
    stored.push(encodeLook(look));
  }
  return stored;
}

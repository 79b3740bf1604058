/**
 * Pictures of a camera that stayed, moved or was covered, made from frames of clips of cameras that stand still: the window a camera sees is
 * cut out of the frame, so that it can be shifted, rolled and zoomed over real picture content; light, weather and things in the way are added.
 */

/** A full frame in grey, one byte a pixel. */
export type GreyFrame = { grey: Uint8Array; width: number; height: number };
export type FrameSet = { name: string; frames: readonly GreyFrame[] };

export type ViewCase = {
  clip: string;
  kind: string;
  light: string;
  truth: "same" | "moved" | "blocked";
  reference: Uint8Array;
  now: Uint8Array;
};

/** The window is sampled at twice the size of a thumbnail and averaged down, as a decoder does. */
const size = { width: 256, height: 144 };
const pixels = size.width * size.height;
/** Share of the frame the camera sees: the rest is room to move. */
const windowShare = 0.86;

export type Random = () => number;

/** A number generator with a seed, 0..1 (mulberry32, Tommy Ettinger, public domain). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const gauss = (random: Random): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

type Motion = { dx?: number; dy?: number; rollRad?: number; zoom?: number };

/** What the camera sees of a frame after a motion (shares of its own view), bilinear. */
function look(frame: GreyFrame, { dx = 0, dy = 0, rollRad = 0, zoom = 1 }: Motion = {}): Float32Array {
  const seen = new Float32Array(pixels);
  const share = windowShare / zoom;
  const [cos, sin] = [Math.cos(rollRad), Math.sin(rollRad)];
  for (let y = 0; y < size.height; y++)
    for (let x = 0; x < size.width; x++) {
      const u = ((x + 0.5) / size.width - 0.5) * frame.width * share;
      const v = ((y + 0.5) / size.height - 0.5) * frame.height * share;
      const clamp = (value: number, max: number): number => Math.min(max - 1.001, Math.max(0, value));
      const sx = clamp((0.5 + dx * windowShare) * frame.width + cos * u - sin * v, frame.width);
      const sy = clamp((0.5 + dy * windowShare) * frame.height + sin * u + cos * v, frame.height);
      const [x0, y0] = [Math.floor(sx), Math.floor(sy)];
      const at = y0 * frame.width + x0;
      const g = (offset: number): number => frame.grey[at + offset] as number;
      const [fx, fy] = [sx - x0, sy - y0];
      seen[y * size.width + x] =
        (g(0) * (1 - fx) + g(1) * fx) * (1 - fy) + (g(frame.width) * (1 - fx) + g(frame.width + 1) * fx) * fy;
    }
  return seen;
}

/** Averages to a thumbnail of 128×72. */
function shrink(seen: Float32Array): Uint8Array {
  const small = new Uint8Array(pixels / 4);
  for (let y = 0; y < size.height / 2; y++)
    for (let x = 0; x < size.width / 2; x++) {
      const at = 2 * y * size.width + 2 * x;
      const sum = [0, 1, size.width, size.width + 1].reduce((total, step) => total + (seen[at + step] as number), 0);
      small[(y * size.width) / 2 + x] = Math.max(0, Math.min(255, Math.round(sum / 4)));
    }
  return small;
}

/** Each pixel anew, then kept to 0..255 and whole, as 8 bits do. */
const each = (seen: Float32Array, change: (value: number, x: number, y: number) => number): Float32Array =>
  Float32Array.from(seen, (value, i) =>
    Math.max(0, Math.min(255, Math.round(change(value, i % size.width, Math.floor(i / size.width))))),
  );

/** Three box blurs of a radius, near a Gaussian. */
function blur(seen: Float32Array, radius: number): Float32Array {
  let now = seen;
  for (const step of [1, size.width, 1, size.width, 1, size.width]) {
    const along = step === 1 ? size.width : size.height;
    const next = new Float32Array(pixels);
    for (let i = 0; i < pixels; i++) {
      const place = step === 1 ? i % size.width : Math.floor(i / size.width);
      let [sum, count] = [0, 0];
      for (let k = -radius; k <= radius; k++)
        if (place + k >= 0 && place + k < along) {
          sum += now[i + k * step] as number;
          count++;
        }
      next[i] = sum / count;
    }
    now = next;
  }
  return now;
}

/** Light and weather by name. Noise is of the 256-wide picture: a 1080p camera's own is seven times as strong. */
export const lights: Record<string, (seen: Float32Array, random: Random) => Float32Array> = {
  plain: (seen, random) => each(seen, (v) => v + 2 * gauss(random)),
  bright: (seen, random) => each(seen, (v) => v * 1.5 + 20 + 2 * gauss(random)),
  dusk: (seen, random) => each(seen, (v) => v * 0.35 + 4 * gauss(random)),
  night: (seen, random) => each(seen, (v) => v * 0.12 + 4 + 5 * gauss(random)),
  lamps: (seen, random) => {
    const lamps = Array.from({ length: 3 }, () => [random() * size.width, random() * size.height] as const);
    return each(seen, (v, x, y) => {
      const lit = lamps.reduce((sum, [lx, ly]) => sum + 0.9 * Math.exp(-((x - lx) ** 2 + (y - ly) ** 2) / 900), 0.06);
      return v * lit + 3 + 5 * gauss(random);
    });
  },
  shadow: (seen, random) => {
    const [lean, from] = [random() * 2 - 1, random() * size.width];
    return each(seen, (v, x, y) => (x + lean * y > from ? v * 0.5 : v) + 2 * gauss(random));
  },
  fog: (seen, random) =>
    each(seen, (v, _x, y) => {
      const through = 0.25 + (0.3 * y) / size.height;
      return v * through + 190 * (1 - through) + 2 * gauss(random);
    }),
  rain: (seen, random) => {
    const streaks = new Float32Array(pixels);
    for (let i = 0; i < 250; i++) {
      const [x, y] = [random() * (size.width - 4), random() * (size.height - 13)];
      for (let k = 0; k < 12; k++) streaks[Math.floor(y + k) * size.width + Math.floor(x + k * 0.3)] = 50;
    }
    return each(blur(seen, 1), (v, x, y) => v * 0.7 + 30 + (streaks[y * size.width + x] as number) + 3 * gauss(random));
  },
  soft: (seen, random) => each(blur(seen, 1), (v) => v + 2 * gauss(random)),
};

/** Boxes as of parked trucks over a share of the picture: plain, or filled from another picture. */
function occlude(seen: Float32Array, share: number, random: Random, filling?: Float32Array): Float32Array {
  const covered = Float32Array.from(seen);
  const taken = new Set<number>();
  for (let tries = 0; tries < 60 && taken.size < share * pixels; tries++) {
    const [width, height] = [60 + random() * 100, 40 + random() * 70];
    const [left, top] = [random() * (size.width - width), random() * (size.height - height)];
    const base = 40 + random() * 180;
    const box: number[] = [];
    for (let y = Math.floor(top); y < top + height && y < size.height; y++)
      for (let x = Math.floor(left); x < left + width; x++) box.push(y * size.width + x);
    const fresh = box.filter((i) => !taken.has(i));
    if (taken.size + fresh.length > share * pixels) continue;
    for (const i of fresh) {
      taken.add(i);
      covered[i] = filling === undefined ? base + ((i % size.width) - left) * 0.2 : (filling[i] as number);
    }
  }
  return covered;
}

const evenly = (value: (x: number, y: number) => number): Float32Array =>
  Float32Array.from({ length: pixels }, (_, i) =>
    value((i % size.width) / size.width, Math.floor(i / size.width) / size.height),
  );

const sign = (random: Random): number => (random() < 0.5 ? -1 : 1);

/** What may happen to a camera; `other` is a frame of another one. Shifts are 2.2–6.7 % of the view, nudges under 1 %. */
const events: Record<
  string,
  { truth: ViewCase["truth"]; see: (frame: GreyFrame, other: GreyFrame, random: Random) => Float32Array }
> = {
  "people and traffic": { truth: "same", see: (frame) => look(frame) },
  "40 % covered by plain boxes": { truth: "same", see: (frame, _, random) => occlude(look(frame), 0.4, random) },
  "25 % covered by other pictures": {
    truth: "same",
    see: (frame, other, random) => occlude(look(frame), 0.25, random, look(other)),
  },
  "swayed 0.7 %": { truth: "same", see: (frame) => look(frame, { dx: 0.006, dy: 0.004 }) },
  "shifted 2–7 %": {
    truth: "moved",
    see: (frame, _, random) => {
      const [angle, by] = [random() * 2 * Math.PI, 0.022 + random() * 0.045];
      return look(frame, { dx: by * Math.cos(angle), dy: by * Math.sin(angle) });
    },
  },
  "rolled 3–10°": {
    truth: "moved",
    see: (frame, _, random) => look(frame, { rollRad: sign(random) * (0.06 + random() * 0.12) }),
  },
  "zoomed 12–32 %": { truth: "moved", see: (frame, _, random) => look(frame, { zoom: 1.12 + random() * 0.2 }) },
  "turned by half a view": {
    truth: "moved",
    see: (frame) => {
      const grey = frame.grey.map((_, i) => {
        const x = i % frame.width;
        return frame.grey[i - x + ((x + Math.floor(frame.width * 0.45)) % frame.width)] as number;
      });
      return look({ ...frame, grey });
    },
  },
  "another street": { truth: "moved", see: (_, other) => look(other) },
};

/** Lens covered: nothing of the light of the street matters. */
const covers: Record<string, (frame: GreyFrame, random: Random) => Float32Array> = {
  "bag over the lens": (_, random) => {
    const level = 30 + random() * 150;
    return lights.plain?.(
      evenly(() => level),
      random,
    ) as Float32Array;
  },
  "black cover": () => evenly(() => 2),
  "hand or leaf, lit from one side": (_, random) => {
    const level = 60 + random() * 60;
    return lights.plain?.(
      evenly((x, y) => level + 40 * x - 30 * (y - 0.5) ** 2),
      random,
    ) as Float32Array;
  },
  sprayed: (frame, random) =>
    lights.plain?.(
      each(blur(blur(look(frame), 12), 12), (v) => v * 0.3 + 90),
      random,
    ) as Float32Array,
  frosted: (frame, random) => lights.plain?.(blur(blur(look(frame), 10), 10), random) as Float32Array,
};

/** Every event in every light for each clip, `rounds` times, all from one seed. */
export function* makeViewCases(
  cameras: readonly FrameSet[],
  others: readonly FrameSet[],
  { rounds, seed, inLights = Object.keys(lights) }: { rounds: number; seed: number; inLights?: readonly string[] },
): Generator<ViewCase> {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  for (const { name: clip, frames } of cameras)
    for (let round = 0; round < rounds; round++) {
      const reference = shrink(look(pick(frames)));
      for (const [light, shine] of Object.entries(lights).filter(([name]) => inLights.includes(name)))
        for (const [kind, { truth, see }] of Object.entries(events)) {
          const other = pick(pick(others.filter(({ name }) => name !== clip)).frames);
          yield { clip, kind, light, truth, reference, now: shrink(shine(see(pick(frames), other, random), random)) };
        }
      for (const [kind, cover] of Object.entries(covers))
        yield { clip, kind, light: "–", truth: "blocked", reference, now: shrink(cover(pick(frames), random)) };
    }
}

/** The camera's own faults and what falls before it, added in 2D: vignette, noise, softness, bloom, glare, rain and drops on the glass. */
import { createRandom, type Random } from "./random.ts";

export type LensFaults = {
  /** share of grey noise laid over the picture, 0 none */
  noise: number;
  /** share of a copy shifted by about half a pixel, 0..1 */
  softness: number;
  /** streaks of falling rain */
  streaks: number;
  /** drops on the glass */
  drops: number;
  /** light that spreads from bright places, 0..1 */
  bloom: number;
  /** sun in the lens: where (0..1 of the picture) and how strong (0..1) */
  glare: { x: number; y: number; strength: number } | null;
};

export const cheapLens: LensFaults = { noise: 0.035, softness: 0.5, streaks: 0, drops: 0, bloom: 0, glare: null };

export type Lens = { capture: (frame: number, faults: LensFaults | null, quality: number) => string };

export function createLens(picture: HTMLCanvasElement, widthPx: number, heightPx: number): Lens {
  const newCanvas = (wide: number, high: number): [HTMLCanvasElement, CanvasRenderingContext2D] => {
    const canvas = document.createElement("canvas");
    canvas.width = wide;
    canvas.height = high;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no 2D canvas");
    return [canvas, context];
  };
  const [canvas, c] = newCanvas(widthPx, heightPx);
  const [grain, g] = newCanvas(256, 256);
  const [small, s] = newCanvas(Math.round(widthPx / 10), Math.round(heightPx / 10));
  const random = createRandom(7);
  const data = g.createImageData(256, 256);
  for (let i = 0; i < data.data.length; i += 4) {
    const v = 128 + (random.unit() + random.unit() + random.unit() - 1.5) * 150;
    data.data.set([v, v, v, 255], i);
  }
  g.putImageData(data, 0, 0);
  const shade = c.createRadialGradient(
    widthPx / 2,
    heightPx / 2,
    heightPx * 0.4,
    widthPx / 2,
    heightPx / 2,
    widthPx * 0.68,
  );
  shade.addColorStop(0, "rgba(0,0,0,0)");
  shade.addColorStop(1, "rgba(0,0,0,0.22)");

  const spread = (share: number): void => {
    s.drawImage(canvas, 0, 0, small.width, small.height);
    c.globalCompositeOperation = "screen";
    c.globalAlpha = share;
    c.drawImage(small, 0, 0, widthPx, heightPx);
    c.globalCompositeOperation = "source-over";
  };
  const shine = ({ x, y, strength }: NonNullable<LensFaults["glare"]>): void => {
    const light = c.createRadialGradient(x * widthPx, y * heightPx, 0, x * widthPx, y * heightPx, widthPx * 0.75);
    light.addColorStop(0, `rgba(255,240,210,${strength})`);
    light.addColorStop(0.3, `rgba(255,232,196,${strength * 0.4})`);
    light.addColorStop(1, "rgba(255,232,196,0)");
    c.globalCompositeOperation = "screen";
    c.globalAlpha = 1;
    c.fillStyle = light;
    c.fillRect(0, 0, widthPx, heightPx);
    c.globalCompositeOperation = "source-over";
  };
  const rain = (r: Random, streaks: number): void => {
    const slant = r.between(-0.25, 0.25);
    c.strokeStyle = "rgb(210,218,226)";
    c.lineWidth = (widthPx / 640) * 1.1;
    for (let i = 0; i < streaks; i++) {
      const [x, y, long] = [r.unit() * widthPx, r.unit() * heightPx, r.between(0.02, 0.09) * heightPx];
      c.globalAlpha = r.between(0.05, 0.3);
      c.beginPath();
      c.moveTo(x, y);
      c.lineTo(x + slant * long, y + long);
      c.stroke();
    }
  };
  /** A drop shows what is around it, spread out and upside down. */
  const dropsOnGlass = (r: Random, count: number): void => {
    s.drawImage(canvas, 0, 0, small.width, small.height);
    for (let i = 0; i < count; i++) {
      const [x, y, size] = [r.unit() * widthPx, r.unit() * heightPx, r.between(0.012, 0.05) * heightPx];
      c.save();
      c.globalAlpha = r.between(0.5, 0.9);
      c.beginPath();
      c.ellipse(x, y, size, size * r.between(0.9, 1.6), 0, 0, Math.PI * 2);
      c.clip();
      c.translate(x, y);
      c.scale(1, -1);
      c.drawImage(small, -x * 0.3 - widthPx * 0.2, -y * 0.3 - heightPx * 0.2, widthPx * 0.7, heightPx * 0.7);
      c.restore();
    }
  };

  return {
    capture: (frame, faults, quality) => {
      c.globalAlpha = 1;
      c.drawImage(picture, 0, 0);
      if (faults) {
        if (faults.softness > 0) {
          c.globalAlpha = faults.softness;
          c.drawImage(picture, 0.6, 0.6);
        }
        if (faults.bloom > 0) spread(faults.bloom);
        if (faults.glare) shine(faults.glare);
        const r = createRandom(frame);
        if (faults.streaks > 0) rain(r, faults.streaks);
        // drops stay on the glass from frame to frame
        if (faults.drops > 0) dropsOnGlass(createRandom(faults.drops), faults.drops);
        c.globalAlpha = 1;
        c.fillStyle = shade;
        c.fillRect(0, 0, widthPx, heightPx);
        c.globalAlpha = faults.noise;
        const [dx, dy] = [r.whole(0, 255), r.whole(0, 255)];
        for (let y = -dy; y < heightPx; y += 256) for (let x = -dx; x < widthPx; x += 256) c.drawImage(grain, x, y);
      }
      return canvas.toDataURL("image/jpeg", quality).slice("data:image/jpeg;base64,".length);
    },
  };
}

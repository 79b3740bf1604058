/** The camera's own faults, added in 2D: slight vignette and sensor noise that differs from frame to frame. */
import { createRandom } from "./random.ts";

export type Lens = { capture: (frame: number, noise: number, quality: number) => string };

export function createLens(picture: HTMLCanvasElement, widthPx: number, heightPx: number): Lens {
  const canvas = document.createElement("canvas");
  canvas.width = widthPx;
  canvas.height = heightPx;
  const c = canvas.getContext("2d");
  const grain = document.createElement("canvas");
  grain.width = grain.height = 256;
  const g = grain.getContext("2d");
  if (!c || !g) throw new Error("no 2D canvas");
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
  return {
    capture: (frame, noise, quality) => {
      c.globalAlpha = 1;
      c.drawImage(picture, 0, 0);
      if (noise > 0) {
        // half a pixel of softness, as a cheap lens has: it also hides the stair-steps of edges
        c.globalAlpha = 0.5;
        c.drawImage(picture, 0.6, 0.6);
        c.globalAlpha = 1;
        c.fillStyle = shade;
        c.fillRect(0, 0, widthPx, heightPx);
        const r = createRandom(frame);
        c.globalAlpha = noise;
        const [dx, dy] = [r.whole(0, 255), r.whole(0, 255)];
        for (let y = -dy; y < heightPx; y += 256) for (let x = -dx; x < widthPx; x += 256) c.drawImage(grain, x, y);
      }
      return canvas.toDataURL("image/jpeg", quality).slice("data:image/jpeg;base64,".length);
    },
  };
}

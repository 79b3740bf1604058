import { cutStill, type MediaTools } from "@mingcha/infra/media";
import type { Detection, Zone } from "@mingcha/models/scene";
import sharp from "sharp";
import type { EvaluatedClip } from "./evaluate-clip.ts";
import type { VariantLine } from "./variants-score.ts";

const cell = { width: 640, height: 420, picture: 360 } as const;
const columns = 2;
const colors = { truth: "#2ecc71", found: "#f39c12", zone: "#e74c3c", box: "#5dade2" } as const;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? c);

function drawing(
  line: VariantLine,
  zone: Zone | undefined,
  detections: readonly Detection[],
  lastS: number,
  atS: number,
): Buffer {
  const { width, height, picture } = cell;
  const x = (s: number): number => 8 + (Math.min(Math.max(s, 0), lastS) / lastS) * (width - 16);
  const bar = (ends: { fromS: number; toS: number } | null, y: number, color: string): string =>
    ends === null
      ? ""
      : `<rect x="${x(ends.fromS)}" y="${y}" width="${Math.max(2, x(ends.toS) - x(ends.fromS))}" height="8" fill="${color}"/>`;
  const span = (ends: { fromS: number; toS: number } | null): string =>
    ends === null ? "none" : `${ends.fromS.toFixed(1)}–${ends.toS.toFixed(1)} s`;
  const polygon = zone?.polygon.map(([px, py]) => `${px * width},${py * picture}`).join(" ") ?? "";
  const boxes = detections
    .filter(({ score }) => score >= 0.2)
    .map(({ boxNorm: [bx, by, bw, bh], label, score }) => {
      const at = `x="${bx * width}" y="${by * picture}"`;
      return `<rect ${at} width="${bw * width}" height="${bh * picture}" fill="none" stroke="${colors.box}"/><text ${at} font-size="10" fill="${colors.box}">${escaped(label)} ${score.toFixed(2)}</text>`;
    })
    .join("");
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="sans-serif">
<polygon points="${polygon}" fill="none" stroke="${colors.zone}" stroke-width="2"/>${boxes}
<rect y="${picture}" width="${width}" height="${height - picture}" fill="#222"/>
${bar(line.truth, picture + 26, colors.truth)}${bar(line.found, picture + 38, colors.found)}
<line x1="${x(atS)}" x2="${x(atS)}" y1="${picture + 22}" y2="${picture + 50}" stroke="white"/>
<text x="8" y="${picture + 17}" font-size="14" fill="white">${escaped(`${line.clip} ${line.conditions} ${line.violation} ${line.zone}: ${line.verdict}`)}</text>
<text x="8" y="${picture + 57}" font-size="11" fill="${colors.truth}">truth ${span(line.truth)}</text>
<text x="220" y="${picture + 57}" font-size="11" fill="${colors.found}">found ${span(line.found)}</text>
</svg>`);
}

/** The moment that explains a line best: halfway through what is true and not found, else the middle. */
function momentOf({ truth, found }: VariantLine): number {
  if (truth === null || found === null) return ((truth ?? found)?.fromS ?? 0) / 2 + ((truth ?? found)?.toS ?? 0) / 2;
  const early = Math.abs(truth.fromS - found.fromS);
  const late = Math.abs(truth.toS - found.toS);
  return early > late ? (truth.fromS + found.fromS) / 2 : (truth.toS + found.toS) / 2;
}

/** One cell a line: the picture with zone and detections, and below it true and found time on a bar. JPEG. */
export async function contactSheet(
  tools: MediaTools,
  lines: readonly { line: VariantLine; clip: EvaluatedClip }[],
): Promise<Buffer> {
  const tiles = await Promise.all(
    lines.map(async ({ line, clip: { scene, analysis } }, i) => {
      const [media] = analysis.clips.map((c) => c.media);
      const wantedMs = momentOf(line) * 1000;
      const look = [...analysis.looks].sort(
        (a, b) => Math.abs(a.offsetMs - wantedMs) - Math.abs(b.offsetMs - wantedMs),
      )[0];
      const cut = media && look ? await cutStill(tools, media, look.offsetMs) : undefined;
      const zone = scene.zones.find(({ id }) => id === line.zone);
      const detections = look?.status === "seen" ? look.detections : [];
      const lastS = (media?.durationMs ?? 1000) / 1000;
      const overlay = drawing(line, zone, detections, lastS, (look?.offsetMs ?? 0) / 1000);
      const picture =
        cut && cut.kind !== "refused"
          ? await sharp(cut.bytes).resize(cell.width, cell.picture, { fit: "fill" }).toBuffer()
          : undefined;
      const input = await sharp({ create: { width: cell.width, height: cell.height, channels: 3, background: "#222" } })
        .composite([...(picture ? [{ input: picture, left: 0, top: 0 }] : []), { input: overlay, left: 0, top: 0 }])
        .png({ compressionLevel: 1 })
        .toBuffer();
      return { input, left: (i % columns) * cell.width, top: Math.floor(i / columns) * cell.height };
    }),
  );
  const rows = Math.max(1, Math.ceil(lines.length / columns));
  return sharp({ create: { width: columns * cell.width, height: rows * cell.height, channels: 3, background: "#111" } })
    .composite(tiles)
    .jpeg({ quality: 85 })
    .toBuffer();
}

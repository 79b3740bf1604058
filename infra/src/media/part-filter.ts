/** A part of the upright picture, whole pixels, and where it lies in the model-sized frame made of it. */
export type DecodePart = {
  crop: { x: number; y: number; width: number; height: number };
  place: { x: number; y: number; width: number; height: number };
};

/**
 * ffmpeg filter that cuts, scales and pads every part of a frame and stacks them one below another: the picture is decoded once, and only
 * model-sized pixels leave ffmpeg.
 */
export function partFilter(
  { width, height, pad, pixelFormat }: { width: number; height: number; pad: number; pixelFormat: string },
  parts: readonly DecodePart[],
): string {
  const grey = pad.toString(16).padStart(2, "0").repeat(3);
  const chains = parts.map(({ crop, place }, i) => {
    const cut = `crop=${crop.width}:${crop.height}:${crop.x}:${crop.y}`;
    const scale = `scale=${place.width}:${place.height}:flags=bilinear`;
    const fill = `pad=${width}:${height}:${place.x}:${place.y}:color=0x${grey}`;
    const isWhole = place.width === width && place.height === height;
    return `[cut${i}]${[cut, scale, `format=${pixelFormat}`, ...(isWhole ? [] : [fill])].join(",")}[part${i}]`;
  });
  const [only] = chains;
  if (parts.length === 1 && only !== undefined) return only.replace("[cut0]", "").replace("[part0]", "");
  const names = (name: string): string => parts.map((_, i) => `[${name}${i}]`).join("");
  return `split=${parts.length}${names("cut")};${chains.join(";")};${names("part")}vstack=inputs=${parts.length}`;
}

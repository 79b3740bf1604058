import type { ModelInput } from "@mingcha/models/onnx";

/** RGB bytes of an input's size in the byte order the input filler takes: as they are, blue first, or as planes green, blue, red. */
export function stageFrame(rgb: Uint8Array<ArrayBuffer>, input: ModelInput): Uint8Array<ArrayBuffer> {
  if (input.layout === "NHWC" && input.channels === "RGB") return rgb;
  const count = input.width * input.height;
  const out = new Uint8Array(count * 3);
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [rgb[3 * i] as number, rgb[3 * i + 1] as number, rgb[3 * i + 2] as number];
    if (input.layout === "NCHW") {
      out[i] = g;
      out[count + i] = b;
      out[2 * count + i] = r;
    } else out.set([b, g, r], 3 * i);
  }
  return out;
}

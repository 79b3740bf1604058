import { isNeutral, type ModelInput } from "@mingcha/models/onnx";

type Input = ModelInput;

export type PixelFormat = "rgb24" | "bgr24" | "gbrp";

/** Pixels to ask of ffmpeg so that the least is left to do here. A session knows better: its graph may have been folded. */
export const pixelFormatOf = (input: Pick<Input, "layout" | "channels">): PixelFormat =>
  input.layout === "NCHW" ? "gbrp" : input.channels === "RGB" ? "rgb24" : "bgr24";

/** Order of the planes green, blue, red of gbrp in the model's channel order. */
const gbrpPlane = { RGB: [2, 0, 1], BGR: [1, 0, 2] } as const;

/** value = (byte × scale − mean) ÷ std for every byte, one table a channel; undefined where the bytes pass unchanged. */
function tablesOf(input: Input): Float32Array[] | undefined {
  if (isNeutral(input)) return undefined;
  return [0, 1, 2].map((channel) =>
    Float32Array.from(
      { length: 256 },
      (_, byte) => (byte * input.scale - (input.mean[channel] ?? 0)) / (input.std[channel] ?? 1),
    ),
  );
}

/**
 * Turns a frame of `pixelFormatOf(input)` into the data of the model's input tensor. uint8 NHWC is the frame itself, not copied;
 * everything else goes into one buffer that the next call overwrites.
 */
export function createInputFiller(input: Input): (frame: Uint8Array<ArrayBuffer>) => Uint8Array | Float32Array {
  const plane = input.width * input.height;
  const tables = tablesOf(input);
  if (input.layout === "NHWC") {
    if (input.dtype === "uint8") return (frame) => frame;
    const data = new Float32Array(plane * 3);
    return (frame) => {
      if (tables === undefined) data.set(frame);
      else
        for (let i = 0; i < data.length; i++) data[i] = (tables[i % 3] as Float32Array)[frame[i] as number] as number;
      return data;
    };
  }
  const data = input.dtype === "uint8" ? new Uint8Array(plane * 3) : new Float32Array(plane * 3);
  const order = gbrpPlane[input.channels];
  return (frame) => {
    for (let channel = 0; channel < 3; channel++) {
      const from = (order[channel] as number) * plane;
      const source = frame.subarray(from, from + plane);
      const target = data.subarray(channel * plane, (channel + 1) * plane);
      const table = tables?.[channel];
      if (table === undefined) target.set(source);
      else for (let i = 0; i < plane; i++) target[i] = table[source[i] as number] as number;
    }
    return data;
  };
}

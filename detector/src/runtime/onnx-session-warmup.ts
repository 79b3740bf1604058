import type { ModelInput } from "@mingcha/models/onnx";

/** Step of a linear congruential generator modulo 2³² (Numerical Recipes, 3rd ed., §7.1): the same noise everywhere. */
const nextNoise = (state: number): number => (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;

/**
 * Frames a model must answer with finite numbers before it is used: one with edges, slopes and noise, where a grey one would leave most of
 * the network idle, and a black one, as a covered camera gives, where a model that divides by contrast breaks.
 */
export function warmUpFrames({ width, height }: ModelInput): [Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>] {
  const frame = new Uint8Array(width * height * 3);
  let noise = 1;
  for (let i = 0; i < frame.length; i++) {
    noise = nextNoise(noise);
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    const isInBlock = (Math.floor(x / 24) + Math.floor(y / 24)) % 3 === 0;
    frame[i] = isInBlock ? 255 - (noise >>> 26) : Math.floor((200 * (x + y)) / (width + height)) + (noise >>> 27);
  }
  return [frame, new Uint8Array(frame.length)];
}

import type { ModelInput } from "@mingcha/models/onnx";
import { expect, test } from "vitest";
import { createInputFiller, pixelFormatOf } from "./fill-input.ts";

const base: ModelInput = {
  name: "images",
  width: 2,
  height: 1,
  layout: "NCHW",
  dtype: "float32",
  channels: "RGB",
  resize: { mode: "stretch" },
  scale: 1,
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
/** Two pixels as planes green, blue, red. */
const planes = Uint8Array.of(10, 11, 20, 21, 30, 31);
const pixels = Uint8Array.of(30, 10, 20, 31, 11, 21);

test("planes come in the order of the model's channels", () => {
  expect(pixelFormatOf(base)).toBe("gbrp");
  expect([...createInputFiller(base)(planes)]).toEqual([30, 31, 10, 11, 20, 21]);
  expect([...createInputFiller({ ...base, channels: "BGR" })(planes)]).toEqual([20, 21, 10, 11, 30, 31]);
});

test("scale, mean and deviation are applied channel by channel", () => {
  const filled = createInputFiller({ ...base, scale: 1 / 10, mean: [1, 0, 0], std: [1, 2, 1] })(planes);
  expect([...filled].map((v) => Math.round(v * 1000) / 1000)).toEqual([2, 2.1, 0.5, 0.55, 2, 2.1]);
});

test("interleaved bytes go to the model without a copy", () => {
  const fill = createInputFiller({ ...base, layout: "NHWC", dtype: "uint8" });
  expect(fill(pixels)).toBe(pixels);
  expect(pixelFormatOf({ ...base, layout: "NHWC" })).toBe("rgb24");
  expect(pixelFormatOf({ ...base, layout: "NHWC", channels: "BGR" })).toBe("bgr24");
});

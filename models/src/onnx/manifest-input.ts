import { z } from "zod";

export const positiveInt = z.int().positive();
const triple = <S extends z.ZodType>(value: S) => z.tuple([value, value, value]);

/** Whether pixel values reach the model unchanged. */
export const isNeutral = ({ scale, mean, std }: { scale: number; mean: number[]; std: number[] }): boolean =>
  scale === 1 && mean.every((m) => m === 0) && std.every((s) => s === 1);

/**
 * What the model sees. Scaling and padding are done by ffmpeg; `value = (pixel × scale − mean) ÷ std`, channel by channel in the order of
 * `channels`, and the change from interleaved bytes to planes are folded into the graph where it can take them.
 */
export const inputSchema = z
  .strictObject({
    name: z.string().min(1),
    width: positiveInt,
    height: positiveInt,
    /** NCHW: planes; NHWC: interleaved pixels. The batch may be fixed to one or symbolic. */
    layout: z.enum(["NCHW", "NHWC"]),
    dtype: z.enum(["float32", "uint8"]),
    channels: z.enum(["RGB", "BGR"]),
    /** `stretch` ignores the aspect ratio; `letterbox` keeps it and pads the rest. */
    resize: z.discriminatedUnion("mode", [
      z.strictObject({ mode: z.literal("stretch") }),
      z.strictObject({
        mode: z.literal("letterbox"),
        anchor: z.enum(["top-left", "centre"]),
        /** Grey value of the padding, 0..255. */
        pad: z.int().min(0).max(255),
      }),
    ]),
    /** 1 leaves 0..255, 1/255 gives 0..1. */
    scale: z.number().positive().default(1),
    mean: triple(z.number()).default([0, 0, 0]),
    std: triple(z.number().positive()).default([1, 1, 1]),
  })
  .refine(({ dtype, ...input }) => dtype === "float32" || isNeutral(input), {
    message: "a uint8 input takes the bytes as they are: no scale, mean or std",
  });

export type ModelInput = z.infer<typeof inputSchema>;

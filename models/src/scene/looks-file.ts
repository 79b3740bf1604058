import { z } from "zod";
import { mediaRecordSchema } from "./flags-file.ts";
import { storedLookSchema } from "./stored-look.ts";

/** looks.json, what `npm run analyze` writes beside flags.json: every look as it is stored, so that rules can be applied again without media. */
export const looksFileSchema = z.object({
  version: z.literal(1),
  model: z.object({ id: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
  source: z.object({ id: z.string() }),
  media: z.array(mediaRecordSchema),
  /** In time order. */
  looks: z.array(storedLookSchema),
});
export type LooksFile = z.infer<typeof looksFileSchema>;

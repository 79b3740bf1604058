import { z } from "zod";

export const idSchema = z.uuid();
/** Instant with offset, as ISO 8601. The wire carries UTC; pages show the source's own zone. */
export const instantSchema = z.iso.datetime({ offset: true });
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);
/** A text that a person reads, in both languages. */
export const bilingualSchema = z.object({ zh: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingualSchema>;

/** Body of every response above 399. `code` is one of the closed table in errors.ts. */
export const errorBodySchema = z.object({
  code: z.string(),
  zh: z.string(),
  en: z.string(),
  guard: z.string().optional(),
  requestId: z.string(),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** Lists page by key, never by offset: `next` is passed back as `cursor`. */
export const pageQuerySchema = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export const okSchema = z.object({ ok: z.literal(true) });

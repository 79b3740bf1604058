/** What a check of a schema says when it refuses, in both languages: given to `refine`, or spread into an issue. */
export const refusal = (zh: string, en: string): { message: string; params: { zh: string } } => ({
  message: en,
  params: { zh },
});

/**
 * zod compiles schemas with `new Function` when it may. Our content policy forbids that, and even the attempt is reported
 * as a violation, so the attempt is switched off before zod loads. This must stay the first import of main.tsx.
 */
const target = globalThis as { __zod_globalConfig?: Record<string, unknown> };
target.__zod_globalConfig = { ...target.__zod_globalConfig, jitless: true };

export const strictCsp = true;

export * from "./errors.ts";
export * from "./people/duties.ts";

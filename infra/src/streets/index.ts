export * from "./load-streets.ts";

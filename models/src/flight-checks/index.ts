export * from "./answers.ts";
export * from "./checklists.ts";

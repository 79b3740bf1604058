export { readSourceLooks, type SourceLooks } from "./read-source-looks.ts";

// npm run analyze | models | eval | bench | ingest: one TypeScript file, after whatever is missing was installed.
import { ensureGenerated, ensureInstalled, runForeground } from "./prepare.mjs";

const [file, ...args] = process.argv.slice(2);
await ensureInstalled();
await ensureGenerated();
runForeground(file, args);

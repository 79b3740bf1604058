// npm start: from a fresh clone to a working review page.
import { ensureBundle, ensureGenerated, ensureInstalled, runForeground } from "./prepare.mjs";

await ensureInstalled();
await ensureGenerated();
await ensureBundle();
runForeground("infra/src/launcher/main.ts", process.argv.slice(2));

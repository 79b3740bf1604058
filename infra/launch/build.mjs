// What an image needs beside its packages: the database client and the pages.
import { ensureBundle, ensureGenerated } from "./prepare.mjs";

await ensureGenerated();
await ensureBundle();

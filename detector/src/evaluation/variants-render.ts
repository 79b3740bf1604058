import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { BadUse } from "../cli/fail.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));
const script = "models/footage/node/render-variants.ts";

/** Draws the variants that are not yet in the folder, or only those with a rule for a violation. The drawing program is a process of its own: it needs a browser, this one does not. */
export async function renderVariants(folder: string, from: number, count: number, only?: string): Promise<void> {
  const wanted = only === undefined ? [] : ["--only", only];
  const child = spawn(process.execPath, ["--import", "tsx", script, folder, String(from), String(count), ...wanted], {
    cwd: repository,
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new BadUse(`the variants could not be drawn into ${folder}; see above`);
}

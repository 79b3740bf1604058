import { execFile } from "node:child_process";
import { access, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const packages = ["onnxruntime", "numpy"];

/** A Python with numpy and onnxruntime: kept in the user's cache, made on first use. Where it cannot be made, why. */
export async function findPythonPeer(): Promise<{ python: string } | { missing: string }> {
  const folder = join(homedir(), ".cache", "mingcha", "python-peer");
  const python = join(folder, "bin", "python");
  const works = (): Promise<boolean> =>
    run(python, ["-c", `import ${packages.join(", ")}`]).then(
      () => true,
      () => false,
    );
  const isMade = await access(python).then(
    () => true,
    () => false,
  );
  if (isMade && (await works())) return { python };
  try {
    await mkdir(folder, { recursive: true });
    await run("python3", ["-m", "venv", folder]);
    await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages], {
      timeout: 300_000,
    });
  } catch (error) {
    return { missing: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
  return (await works()) ? { python } : { missing: `${packages.join(", ")} do not load in ${folder}` };
}

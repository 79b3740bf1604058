import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { findProgram } from "./find-program.ts";

const script = fileURLToPath(new URL("rtsp_server.py", import.meta.url));
/** The system's own Python: packages of the distribution are there and nowhere else. */
const python = "/usr/bin/python3";
const imports =
  "import gi; gi.require_version('Gst','1.0'); gi.require_version('GstRtspServer','1.0'); from gi.repository import GstRtspServer";
const packages = [
  "python3-gi",
  "gir1.2-gst-rtsp-server-1.0",
  "gstreamer1.0-plugins-base",
  "gstreamer1.0-plugins-good",
  "gstreamer1.0-plugins-bad",
];

function works(): boolean {
  try {
    execFileSync(python, ["-c", imports], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/** Whether GStreamer's RTSP server is here; installed from the distribution where that is possible, else the reason is printed. */
export function findRtspServer(): boolean {
  if (works()) return true;
  try {
    const apt = (...args: string[]) =>
      execFileSync("apt-get", ["-o", "DPkg::Lock::Timeout=120", ...args], { stdio: "ignore", timeout: 240_000 });
    apt("update");
    apt("install", "-y", "--no-install-recommends", ...packages);
  } catch {
    // no such system, or not allowed to
  }
  if (works()) return true;
  process.stdout.write(`live sources are not tested: GStreamer's RTSP server is missing (${packages.join(" ")})\n`);
  return false;
}

export interface RtspServer {
  readonly port: number;
  readonly child: ChildProcess;
  /** As a camera that loses power: nothing is said goodbye. */
  kill(): Promise<void>;
}

/** Whether a server can be given a clock of its own (faketime); installed where that is possible, else the reason is printed. */
export function canSetClock(): boolean {
  if (findProgram("faketime") === undefined) {
    try {
      execFileSync(
        "apt-get",
        ["-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends", "faketime"],
        {
          stdio: "ignore",
          timeout: 120_000,
        },
      );
    } catch {
      // no such system, or not allowed to
    }
  }
  if (findProgram("faketime") !== undefined) return true;
  process.stdout.write("a camera with a wrong clock is not tested: faketime is missing\n");
  return false;
}

/** Starts the server with files under names; behind a password where one is given, and with a clock that says something else. */
export async function startRtspServer(
  port: number,
  mounts: Readonly<Record<string, string>>,
  login?: string,
  clock?: string,
): Promise<RtspServer> {
  const specs = Object.entries(mounts).map(([name, file]) => `${name}=${file}`);
  const args = [script, String(port), ...specs, ...(login === undefined ? [] : ["--user", login])];
  const [program, programArgs] = clock === undefined ? [python, args] : ["faketime", ["-f", clock, python, ...args]];
  const child = spawn(program, programArgs, {
    stdio: ["ignore", "pipe", "inherit"],
    // faketime starts the server as a child of its own: both go together
    detached: true,
    // only what it says the time is: its pace stays the world's
    env: { ...process.env, FAKETIME_DONT_FAKE_MONOTONIC: "1" },
  });
  const [line] = (await Promise.race([once(child.stdout, "data"), once(child, "exit")])) as [Buffer | number];
  if (!String(line).includes("ready")) throw new Error(`the RTSP server did not start: ${line}`);
  return {
    port,
    child,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await gone;
    },
  };
}

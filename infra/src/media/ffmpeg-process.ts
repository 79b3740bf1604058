import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import ffmpegCommand from "fluent-ffmpeg";
import { withMemoryLimit } from "./memory-limit.ts";
import { type Refusal, refuse } from "./refusal.ts";

/**
 * The one place that knows fluent-ffmpeg (archived upstream, pinned). It builds the argument list and spawns; its own `run()` is not
 * used, because that asks the binary for its formats and encoders first and misreads the answer from ffmpeg 7 on. The three methods
 * below are internal to it, hence the declaration.
 */
type FluentInternals = ffmpegCommand.FfmpegCommand & {
  _getFfmpegPath: (callback: (error: Error | null, path: string) => void) => void;
  _getArguments: () => string[];
  _spawnFfmpeg: (
    args: string[],
    options: SpawnOptions,
    onProcess: (child: ChildProcess) => void,
    onEnd: (error: Error | null) => void,
  ) => void;
};

export type FfmpegJob = {
  /** Options before `-i`, the guards among them. */
  inputOptions: string[];
  /** A file, bytes written to its stdin, a picture source of ffmpeg's own, or a stream on this machine. */
  input: string | AsyncIterable<Buffer> | { lavfi: string } | { rtsp: string };
  filters?: string[];
  outputOptions: string[];
  /** A path, or `pipe:1`. */
  target: string;
};

export type ProcessLimits = {
  /** Wall clock for the whole run. */
  wallMs: number;
  /** Longest silence on both pipes while somebody reads them. */
  silenceMs: number;
  /** Memory it may take; `memoryBytesMax` where nothing is said. */
  memoryBytes?: number;
};

export type ProcessEnd = {
  exitCode: number | null;
  signal: NodeJS.Signals | null;
  /** Lines ffmpeg itself marked as error or worse, the last 50. */
  errors: string[];
  errorCount: number;
  stopped: "wall" | "silence" | "caller" | undefined;
};

export type RunningProcess = {
  stdout: NonNullable<ChildProcess["stdout"]>;
  /** Counts as a sign of life: the reader was busy, not the process. */
  touch: () => void;
  stop: () => void;
  ended: Promise<ProcessEnd>;
};

const stderrLineBytesMax = 4_096;
const killAfterMs = 2_000;

/** `file:` keeps a name that starts with "-" or holds ":" from being read as an option or a protocol. */
const asInput = (file: string): string => `file:${file}`;

function inputName(input: FfmpegJob["input"]): string {
  if (typeof input === "string") return asInput(input);
  if ("rtsp" in input) return input.rtsp;
  return "lavfi" in input ? input.lavfi : "pipe:0";
}

function supervise(child: ChildProcess, limits: ProcessLimits, onLine: (line: string) => void): RunningProcess {
  const errors: string[] = [];
  let errorCount = 0;
  let stopped: ProcessEnd["stopped"];
  let lastSignMs = Date.now();
  const startedMs = lastSignMs;
  let killTimer: NodeJS.Timeout | undefined;

  const stop = (why: NonNullable<ProcessEnd["stopped"]>): void => {
    if (stopped !== undefined) return;
    stopped = why;
    child.kill("SIGTERM");
    killTimer = setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  };
  const watch = setInterval(() => {
    const now = Date.now();
    if (now - startedMs > limits.wallMs) stop("wall");
    else if (now - lastSignMs > limits.silenceMs) stop("silence");
  }, 250);

  let rest = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (text: string) => {
    lastSignMs = Date.now();
    const lines = (rest + text).split(/\r?\n/);
    rest = (lines.pop() ?? "").slice(-stderrLineBytesMax);
    for (const line of lines) {
      if (/\[(error|fatal|panic)\]/.test(line)) {
        errorCount++;
        errors.push(line.slice(0, 500));
        if (errors.length > 50) errors.shift();
      }
      onLine(line);
    }
  });
  child.stdout?.on("data", () => {
    lastSignMs = Date.now();
  });
  const ended = new Promise<ProcessEnd>((resolve) => {
    const done = (exitCode: number | null, signal: NodeJS.Signals | null): void => {
      clearInterval(watch);
      clearTimeout(killTimer);
      if (rest !== "") onLine(rest);
      resolve({ exitCode, signal, errors, errorCount, stopped });
    };
    child.once("error", (error) => {
      errorCount++;
      errors.push(error.message);
      done(null, null);
    });
    child.once("close", done);
  });
  if (child.stdout === null) throw new Error("stdout of ffmpeg must be a pipe");
  return {
    stdout: child.stdout,
    touch: () => {
      lastSignMs = Date.now();
    },
    stop: () => stop("caller"),
    ended,
  };
}

/** Starts ffmpeg on one job; stdin is closed or the given bytes, nothing goes through a shell. `onLine` sees every line of its log. */
export function startFfmpeg(
  ffmpegPath: string,
  job: FfmpegJob,
  limits: ProcessLimits,
  onLine: (line: string) => void = () => {},
): Promise<RunningProcess> {
  const command = ffmpegCommand() as FluentInternals;
  const words = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "level+info", "-y"];
  const { input } = job;
  const stream = typeof input === "object" && !("lavfi" in input) && !("rtsp" in input) ? input : undefined;
  command.input(inputName(input)).inputOptions(job.inputOptions);
  if (job.filters !== undefined) command.videoFilters(job.filters);
  command.outputOptions(job.outputOptions).output(job.target);
  const [program, args] = withMemoryLimit(ffmpegPath, [...words, ...command._getArguments()], limits.memoryBytes);
  command._getFfmpegPath = (callback) => callback(null, program);
  return new Promise((resolve) => {
    command._spawnFfmpeg(
      args,
      { stdio: [stream === undefined ? "ignore" : "pipe", "pipe", "pipe"], windowsHide: true },
      (child) => {
        resolve(supervise(child, limits, onLine));
        // ffmpeg may end before it has read all: its own words tell why, not the broken pipe.
        if (stream !== undefined && child.stdin !== null)
          pipeline(Readable.from(stream), child.stdin).catch(() => child.stdin?.destroy());
      },
      () => {},
    );
  });
}

/** Runs a job that writes a file to its end. */
export async function runOnce(ffmpegPath: string, job: FfmpegJob): Promise<ProcessEnd> {
  const running = await startFfmpeg(ffmpegPath, job, { wallMs: 600_000, silenceMs: 300_000 });
  return running.ended;
}

/** Runs ffprobe to its end and gives back what it printed, or hands it on as it comes; at most `bytesMax` of it. */
export async function runFfprobe(
  ffprobePath: string,
  options: string[],
  file: string,
  limits: ProcessLimits & { bytesMax: number },
  take?: (text: string) => void,
): Promise<{ stdout: string; end: ProcessEnd } | Refusal> {
  const words = ["-hide_banner", "-loglevel", "level+error", ...options, "-i", asInput(file)];
  const [program, args] = withMemoryLimit(ffprobePath, words, limits.memoryBytes);
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const running = supervise(child, limits, () => {});
  const chunks: Buffer[] = [];
  let bytes = 0;
  running.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limits.bytesMax) running.stop();
    else if (take === undefined) chunks.push(chunk);
    else take(chunk.toString("latin1"));
  });
  const end = await running.ended;
  if (end.stopped === "caller") return refuse("damaged", `ffprobe printed more than ${limits.bytesMax} bytes`);
  if (end.stopped !== undefined) return refuse("timed_out", end.stopped);
  return { stdout: Buffer.concat(chunks).toString("utf8"), end };
}

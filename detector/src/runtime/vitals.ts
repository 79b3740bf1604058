import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Logger } from "@mingcha/infra/log";
import type { InferenceHealth } from "./inference-process.ts";

/** Milliseconds between two turns of the event loop beyond the sampling step, over everything since the start. */
export type LoopDelay = { p50Ms: number; p99Ms: number; maxMs: number };

export type Vitals = { loopDelay: LoopDelay; rssBytes: number; inference: readonly InferenceHealth[] };

/** Samples are taken this often; what a timer of this length takes longer is the delay. */
const stepMs = 10;
const everyMs = 60_000;

/** Writes how this process is doing to the log: once a minute, and when it stops. The last line tells of the whole run. */
export function watchVitals(log: Logger, inference: { health: () => InferenceHealth[] }): () => void {
  const histogram = monitorEventLoopDelay({ resolution: stepMs });
  histogram.enable();
  const beyondMs = (nanoseconds: number): number => Math.round(Math.max(0, nanoseconds / 1e6 - stepMs) * 10) / 10;
  const tell = (): void => {
    const vitals: Vitals = {
      loopDelay: {
        p50Ms: beyondMs(histogram.percentile(50)),
        p99Ms: beyondMs(histogram.percentile(99)),
        maxMs: beyondMs(histogram.max),
      },
      rssBytes: process.memoryUsage.rss(),
      inference: inference.health(),
    };
    log.info(vitals, "vitals");
  };
  const timer = setInterval(tell, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    tell();
    histogram.disable();
  };
}

import type { Telemetry } from "../telemetry/telemetry.ts";

/** Telemetry that was read, where its bytes lie, and the version of the parser that read it. */
export interface UsedTelemetry {
  /** Object that holds it: a file of its own, or the video or photo itself. */
  readonly sha256: string;
  readonly content: Telemetry;
  readonly parserVersion: number;
}

/** Kept with a clip: parser, dialect and version. */
export const formatLabel = ({ content, parserVersion }: UsedTelemetry): string => `${content.format} v${parserVersion}`;

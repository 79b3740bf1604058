import type { MediaTools } from "@mingcha/infra/media";
import type { ClockOffset, FrameTime, StreamReason } from "@mingcha/models/streams";

/** A live source as a machine receives it. */
export interface LiveTarget {
  /** Address to connect to: resolved and allowed. */
  readonly address: string;
  readonly port: number;
  readonly url: string;
  readonly credentials: { readonly user: string; readonly password: string } | null;
  readonly clipS: number;
  /** An empty folder for the parts. */
  readonly folder: string;
}

export interface LivePart {
  readonly file: string;
  readonly start: FrameTime;
  readonly lengthMs: number;
}

export interface LiveEvents {
  /** The first picture data of this connection came. */
  readonly first: (atMs: number) => void;
  /** A part is whole; parts come in order. */
  readonly part: (part: LivePart) => void;
}

export interface Receiving {
  lastPacketMs(): number | null;
  /** Where the device tells its clock. */
  clockOffset(): ClockOffset | null;
  /** Settles when the last part has been told: why nothing comes any more. */
  readonly ended: Promise<StreamReason>;
  /** Ends it; what has arrived is closed and told first. */
  stop(): void;
}

/** One way to receive a live source. It connects once; trying again is the same for all (receive-stream.ts). */
export type ReceiveLive = (tools: MediaTools, target: LiveTarget, events: LiveEvents) => Promise<Receiving>;

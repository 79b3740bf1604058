import type { BlockList } from "node:net";
import type { StreamModel } from "@mingcha/infra/db";
import type { ClockReason } from "@mingcha/models/device";
import type { ClockOffset } from "@mingcha/models/streams";
import type { LiveTarget, Receiving } from "../live-kind.ts";

/** A live source whose clock is wanted. */
export interface ClockDevice {
  readonly stream: Pick<StreamModel, "kind" | "url" | "onvifEnabled" | "onvifPort" | "onvifPath">;
  readonly credentials: LiveTarget["credentials"];
  readonly networks: BlockList;
  /** The connection that stands; null: none does now. */
  readonly receiving: () => Receiving | null;
  /** What a device said of its own accord before this instant, on our clock, is no comparison of now. */
  readonly newerThanMs: number;
  /** Whether a newer one is waited for. */
  readonly isAwaited: boolean;
}

export type Comparison =
  | { readonly kind: "measured"; readonly offset: ClockOffset }
  | { readonly kind: "failed"; readonly reason: ClockReason };

/** One way to compare a device's clock with this machine's. Never throws for what a device does; takes seconds, where it waits a minute. */
export type CompareClock = (device: ClockDevice, signal: AbortSignal) => Promise<Comparison>;

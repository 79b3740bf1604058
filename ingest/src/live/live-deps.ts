import type { BlockList } from "node:net";
import type { IntakeDeps } from "../intake/intake-deps.ts";
import type { KnownHostClock } from "./host-clock.ts";

/** What receiving live sources needs of the world. */
export interface LiveDeps extends IntakeDeps {
  /** Name of this process among all that share the database; another after every start. */
  readonly machine: string;
  readonly networks: BlockList;
  /** Key of the boxes that hold passwords; null: none was given. */
  readonly secretKey: Buffer | null;
  /** Where parts lie until they are stored: `<source>/<connection>/<nnnnn>.mp4`. */
  readonly liveFolder: string;
  /** This machine's own clock, by which comparisons of devices' clocks are corrected. */
  readonly hostClock: KnownHostClock;
}

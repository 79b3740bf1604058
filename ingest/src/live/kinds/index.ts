import type { StreamKind } from "@mingcha/models/streams";
import type { ReceiveLive } from "../live-kind.ts";
import { receiveHls } from "./hls.ts";
import { receiveRtsp } from "./rtsp.ts";
import { receiveSnapshots } from "./snapshot.ts";

/** Every kind of live source with what receives it. */
export const liveKinds: Readonly<Record<StreamKind, ReceiveLive>> = {
  rtsp: receiveRtsp,
  hls: receiveHls,
  snapshot: receiveSnapshots,
};

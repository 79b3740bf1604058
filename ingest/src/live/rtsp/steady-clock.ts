import { type ClockOffset, createRtpClock, type RtpClock } from "@mingcha/models/streams";
import { isOtherScale, wallScaleMs } from "../wall-scale.ts";

export interface SteadyClock extends Omit<RtpClock, "set" | "offset"> {
  offset(): ClockOffset | null;
}

/**
 * A clock of video whose arrivals are told by this machine's wall clock: where that is set, arrivals of before go over to the new scale, so that
 * none of them is ever held against a wall clock of another time.
 */
export function createSteadyClock(scale: () => number = wallScaleMs): SteadyClock {
  const clock = createRtpClock();
  let scaleMs = scale();
  const follow = (): void => {
    const nowMs = scale();
    if (!isOtherScale(nowMs, scaleMs)) return;
    clock.set(nowMs - scaleMs);
    scaleMs = nowMs;
  };
  return {
    packet: (rtpTime, arrivedMs) => {
      follow();
      return clock.packet(rtpTime, arrivedMs);
    },
    report: (rtpTime, deviceMs, arrivedMs) => {
      follow();
      clock.report(rtpTime, deviceMs, arrivedMs);
    },
    roundTrip: clock.roundTrip,
    at: (offsetS) => {
      follow();
      return clock.at(offsetS);
    },
    offset: () => {
      follow();
      const offset = clock.offset();
      return offset === null ? null : { ...offset, scaleMs };
    },
  };
}

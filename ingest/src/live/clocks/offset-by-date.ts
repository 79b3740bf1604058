import { halfOf, middleOf, type SecondReading, spanOf } from "@mingcha/models/device";
import type { ClockOffset } from "@mingcha/models/streams";

/** Device clock less ours, by the date over one answer: whole seconds (RFC 9110 §5.6.7); half of one and half the trip make it unsure. */
export function offsetByDate(reading: SecondReading, scaleMs: number): ClockOffset {
  const span = spanOf(reading);
  return {
    method: "http",
    atMs: reading.answeredMs,
    scaleMs,
    offsetMs: Math.round(middleOf(span)),
    uncertaintyMs: Math.ceil(halfOf(span)),
  };
}

/**
 * How many live sources a machine looks after when several share them: as even as whole numbers are. A machine with more gives some back, one
 * with fewer takes what is free.
 * @param machines how many are alive, this one among them; at least 1.
 */
export function fairShare(streams: number, machines: number): number {
  return Math.ceil(streams / Math.max(1, machines));
}

/** House rules of the dock's way in. */
export const dockLimits = {
  /** A message of a dock is some kilobytes; osd of a busy one some tens. */
  messageBytesMax: 256 * 1024,
  /** Files of one dock that may wait to be checked. */
  openFilesMax: 10_000,
  /** Files of one dock in a day that are not taken in, whatever became of them: one that makes up names fills no table. */
  notTakenADayMax: 10_000,
  /** Objects of one dock that one sweep looks through. */
  sweepObjectsMax: 50_000,
  /** Between two looks into the bucket. */
  sweepEveryMs: 5 * 60_000,
  /** An object this old of which no message came is taken without one. */
  unnoticedMs: 10 * 60_000,
  /** A message comes after its upload: an object that is not there after so long never will be. */
  missingMs: 6 * 3_600_000,
  /** A file with which nothing could be done yet is looked at again after so long. */
  lookAgainMs: 60_000,
  /** What a killed download left is removed after so long. */
  leftOverMs: 3_600_000,
  /** The store is asked while a message is handled, and other docks wait behind it. */
  askStoreMs: 8_000,
  /** A dock says something every few seconds (osd). */
  offlineAfterMs: 2 * 60_000,
  /** A telemetry file of the same flight and name is waited for so long. */
  siblingMs: 10 * 60_000,
  /** One machine holds the connection to the broker. */
  leaseS: 15,
  /** osd of one device is written this often. */
  osdEveryMs: 10_000,
  clockEveryMs: 3_600_000,
  /** A dock's timestamp against its arrival: its own whole second, the way and the broker's queue (generous). */
  clockUncertaintyMs: 2_000,
  /** A dock whose clock is further ahead than this does not tell which of its messages is the newer. */
  clockAheadMs: 60_000,
  /** A message that took longer has kept others waiting. */
  slowMs: 500,
  /** Nobody waited who was not taken up for so long. */
  idleMs: 20,
  /** Messages from which the quickest way is taken. */
  clockMessages: 5,
} as const;

/** How things are followed. Scores and overlaps 0..1, times in seconds of wall clock, never in frames: looks come at uneven intervals. */
export type TrackerSettings = {
  /** Interval at which looks are planned; a gap much longer than this is blind time, not a miss. */
  lookEveryMs: number;
  /** From here a box may begin a track and is matched first. */
  highScore: number;
  /** From here a box may continue a track (ByteTrack, arXiv 2110.06864: weak boxes are mostly things half hidden). */
  lowScore: number;
  /** Least overlap of a box with the predicted one (0.3 in SORT and OC-SORT). */
  iouMin: number;
  /** The same for weak boxes; a weak box far from the prediction is noise more often than not (0.5 in ByteTrack). */
  iouMinLow: number;
  /** Weight of the agreement in direction against overlap (λ = 0.2 in OC-SORT). */
  momentumWeight: number;
  /** Time between the two observations that give a track its direction (Δt = 3 frames in OC-SORT). */
  momentumS: number;
  /** A track that was looked for in vain this long is over; blind time is not counted. */
  maxAgeS: number;
  /** A confirmed track was seen in `confirmHits` of `confirmLooks` looks in a row; one that can no longer reach that is dropped. */
  confirmHits: number;
  confirmLooks: number;
  /** Most tracks kept at a time; beyond, those unseen longest go. */
  tracksMax: number;
  /** Parts of OC-SORT (arXiv 2203.14360 §4), to be switched off only for comparison: second association of weak boxes … */
  isTwoStage: boolean;
  /** … re-update along a virtual path after a loss (ORU) … */
  isReUpdated: boolean;
  /** … and recovery by the last observation (OCR). */
  isRecovered: boolean;
};

/** Weak boxes continue a track down to this share of the score that opens one; the same hysteresis as for things that stand. */
const lowShareOfHigh = 0.6;

/** Settings for a source, from its cadence and the lowest score its rules ask for. */
export const trackerSettings = (lookEveryMs: number, highScore: number): TrackerSettings => ({
  lookEveryMs,
  highScore,
  lowScore: lowShareOfHigh * highScore,
  iouMin: 0.3,
  iouMinLow: 0.4,
  momentumWeight: 0.2,
  momentumS: Math.max(0.5, (3 * lookEveryMs) / 1000),
  // Two seconds behind a passing van; at slow cadences three looks.
  maxAgeS: Math.max(3, (3 * lookEveryMs) / 1000),
  confirmHits: 2,
  confirmLooks: 3,
  tracksMax: 512,
  isTwoStage: true,
  isReUpdated: true,
  isRecovered: true,
});

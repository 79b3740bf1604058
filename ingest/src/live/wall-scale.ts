/** Wall clock less a clock that nobody sets, milliseconds: it changes only where the wall clock of this machine is set. */
export const wallScaleMs = (): number => Date.now() - performance.now();

/** A wall clock that has moved so much against the other was set; both are read to the millisecond (house rule). */
const setMs = 100;
export const isOtherScale = (oneMs: number, otherMs: number): boolean => Math.abs(oneMs - otherMs) > setMs;

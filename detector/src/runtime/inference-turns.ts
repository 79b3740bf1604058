/** Who may have a clip in hand: so many at once, but one at a time while it is to be found out which clip ended a process. */
export type Turns = {
  /** Waits for a turn; the answer gives it back. Suspects go first. */
  take: (isSuspect: boolean) => Promise<() => void>;
  inHand: () => number;
  /** One more clip, or one fewer, that was in hand together with others when their process ended. */
  suspect: (change: 1 | -1) => void;
};

export function createTurns(atOnce: number): Turns {
  const line: { isSuspect: boolean; go: () => void }[] = [];
  let inHand = 0;
  let suspects = 0;

  const admit = (): void => {
    while (line.length > 0 && inHand < (suspects > 0 ? 1 : atOnce)) {
      const index = Math.max(
        0,
        line.findIndex(({ isSuspect }) => isSuspect),
      );
      const [next] = line.splice(index, 1);
      inHand++;
      next?.go();
    }
  };
  return {
    take: (isSuspect) =>
      new Promise((resolve) => {
        let isOver = false;
        const release = (): void => {
          if (isOver) return;
          isOver = true;
          inHand--;
          admit();
        };
        line.push({ isSuspect, go: () => resolve(release) });
        admit();
      }),
    inHand: () => inHand,
    suspect: (change) => {
      suspects += change;
      admit();
    },
  };
}

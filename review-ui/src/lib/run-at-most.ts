/** Runs at once, and at most every `gapMs` however often it is asked: the last asking of a burst is never lost. */
export function runAtMost(run: () => void, gapMs: number): { (): void; cancel: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsked = false;
  const go = (): void => {
    isAsked = false;
    run();
    timer = setTimeout(() => {
      timer = undefined;
      if (isAsked) go();
    }, gapMs);
  };
  const ask = (): void => {
    if (timer === undefined) go();
    else isAsked = true;
  };
  return Object.assign(ask, {
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      isAsked = false;
    },
  });
}

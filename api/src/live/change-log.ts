import type { Change } from "@mingcha/models/http";

/** Changes that are kept for pages whose stream broke for a moment. */
const keptMax = 500;

export interface ToldChange {
  /** `<run>.<number>`; SSE's event id. */
  readonly id: string;
  readonly change: Change;
}

/**
 * The newest changes of this process in order, so that a stream goes on where it broke (`Last-Event-ID`). `since` answers null when it cannot
 * vouch for that: another process, a gap, too long ago. The page then asks for everything anew.
 */
export function createChangeLog(newRun: () => string = () => crypto.randomUUID().slice(0, 8)) {
  let run = newRun();
  let count = 0;
  let kept: ToldChange[] = [];
  return {
    add(change: Change): ToldChange {
      count += 1;
      const told = { id: `${run}.${count}`, change };
      kept.push(told);
      if (kept.length > keptMax) kept = kept.slice(-keptMax);
      return told;
    },
    /** Something was not heard: nothing before now can be gone on from. */
    forget(): void {
      run = newRun();
      count = 0;
      kept = [];
    },
    lastId: (): string => `${run}.${count}`,
    since(lastEventId: string): readonly ToldChange[] | null {
      const [itsRun, text] = lastEventId.split(".");
      const number = Number(text);
      if (itsRun !== run || !Number.isInteger(number) || number > count || number < count - kept.length) return null;
      return kept.slice(kept.length - (count - number));
    },
  };
}

/** What the list of fresh flags shows, and how many it holds back. */
export interface Arranged {
  readonly shown: readonly string[];
  /** New ones that wait until the person wants them. */
  readonly waiting: number;
}

/**
 * While somebody is at the list (`isHeld`) nothing in it moves: what is new waits above, what was decided elsewhere stays where it is until
 * they look up. Otherwise the list is what the server says.
 */
export function arrange(shown: readonly string[], incoming: readonly string[], isHeld: boolean): Arranged {
  if (!isHeld || shown.length === 0) return { shown: incoming, waiting: 0 };
  const known = new Set(shown);
  return { shown, waiting: incoming.filter((id) => !known.has(id)).length };
}

/** The one a step down (1) or up (-1); from nowhere the first. */
export function stepFrom(shown: readonly string[], selected: string | null, step: 1 | -1): string | null {
  const at = selected === null ? -1 : shown.indexOf(selected);
  if (at < 0) return shown[0] ?? null;
  return shown[Math.min(shown.length - 1, Math.max(0, at + step))] ?? null;
}

/** After a verdict the next below takes its place, at the end the one above. */
export function without(shown: readonly string[], id: string): { shown: readonly string[]; next: string | null } {
  const at = shown.indexOf(id);
  const rest = shown.filter((one) => one !== id);
  return { shown: rest, next: at < 0 ? null : (rest[at] ?? rest[at - 1] ?? null) };
}

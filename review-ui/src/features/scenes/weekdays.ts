/** "1-3,6" ↔ [1, 2, 3, 6]; 1 is Monday, as in ISO 8601 and in scene.json. */
export function daysOf(text: string): number[] {
  return text.split(",").flatMap((part) => {
    const [from = 1, to = from] = part.split("-").map(Number);
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth);
  });
}

export function daysText(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  const runs: [number, number][] = [];
  for (const day of sorted) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === day - 1) last[1] = day;
    else runs.push([day, day]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(",");
}

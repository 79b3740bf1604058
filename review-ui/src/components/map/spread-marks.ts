/** Marks of sources that stand at one pole would hide one another: each gets a step aside, in pixels, in the order they are given. */
export function spreadMarks<T extends { readonly id: string; readonly longitude: number; readonly latitude: number }>(
  marks: readonly T[],
  stepPx: number,
): Map<string, number> {
  const groups = new Map<string, T[]>();
  for (const mark of marks) {
    // about ten metres
    const key = `${mark.longitude.toFixed(4)},${mark.latitude.toFixed(4)}`;
    groups.set(key, [...(groups.get(key) ?? []), mark]);
  }
  return new Map(
    [...groups.values()].flatMap((group) =>
      group.map((mark, nth): [string, number] => [mark.id, (nth - (group.length - 1) / 2) * stepPx]),
    ),
  );
}

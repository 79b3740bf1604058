/** What a reader said of one tilt of a plate: `columns` rows of class shares, `layouts` shares. */
export type PlateView = { columns: Float32Array; layouts: Float32Array };

/**
 * How much clearer a view must be to count e times as much: its clearness is the mean share of the likeliest class over the columns in which
 * any view sees a character; a view that sees nothing there is clear about nothing. Chosen on rendered plates that never trained
 * (`models/training/plates/evaluate.py` weighs alike): the plain mean is as often right, but a wrong tilt blurs what the right one sees, and
 * fewer plates are certain.
 */
const clearnessStep = 0.06;

/** Likeliest class of a column and its share. */
function likeliest(columns: Float32Array, at: number, classes: number): { nth: number; share: number } {
  let nth = 0;
  for (let k = 1; k < classes; k++) if ((columns[at + k] as number) > (columns[at + nth] as number)) nth = k;
  return { nth, share: columns[at + nth] as number };
}

/** Clearness of each view, 0..1; class 0 is the blank. A view that says "blank" where another sees a character is not clear there. */
function clearnessOf(views: readonly PlateView[], classes: number): number[] {
  const sums = views.map(() => 0);
  let counted = 0;
  for (let at = 0; at < (views[0]?.columns.length ?? 0); at += classes) {
    const seen = views.map(({ columns }) => likeliest(columns, at, classes));
    if (seen.every(({ nth }) => nth === 0)) continue;
    counted++;
    seen.forEach(({ nth, share }, i) => {
      sums[i] = (sums[i] as number) + (nth === 0 ? 0 : share);
    });
  }
  return sums.map((sum) => (counted === 0 ? 0 : sum / counted));
}

/** The views of one plate as one: their weighted mean, the clear ones counting for more. At least one view; all of one size. */
export function joinViews(views: readonly PlateView[], classes: number): PlateView {
  const clearness = clearnessOf(views, classes);
  const best = Math.max(...clearness);
  const weights = clearness.map((value) => Math.exp((value - best) / clearnessStep));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (name: keyof PlateView): Float32Array =>
    (views[0]?.[name] ?? new Float32Array()).map(
      (_, i) => views.reduce((sum, view, n) => sum + (weights[n] as number) * (view[name][i] as number), 0) / total,
    );
  return { columns: mean("columns"), layouts: mean("layouts") };
}

/** What a reader said of one tilt of a plate: `columns` rows of class shares, `layouts` shares. */
export type PlateView = { columns: Float32Array; layouts: Float32Array };

/**
 * How much clearer a view must be to count e times as much: its clearness is the mean over the columns of the likeliest class's share.
 * Chosen on rendered plates that never trained (`models/training/plates/evaluate.py` weighs alike): the plain mean is as often right, but a
 * wrong tilt blurs what the right one sees, and fewer plates are certain.
 */
const clearnessStep = 0.06;

/** Mean over the columns of the share of the likeliest class, 0..1. */
function clearnessOf(columns: Float32Array, classes: number): number {
  let sum = 0;
  for (let at = 0; at < columns.length; at += classes) {
    let most = 0;
    for (let k = at; k < at + classes; k++) most = Math.max(most, columns[k] as number);
    sum += most;
  }
  return (sum * classes) / columns.length;
}

/** The views of one plate as one: their weighted mean, the clear ones counting for more. At least one view; all of one size. */
export function joinViews(views: readonly PlateView[], classes: number): PlateView {
  const clearness = views.map(({ columns }) => clearnessOf(columns, classes));
  const best = Math.max(...clearness);
  const weights = clearness.map((value) => Math.exp((value - best) / clearnessStep));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (name: keyof PlateView): Float32Array =>
    (views[0]?.[name] ?? new Float32Array()).map(
      (_, i) => views.reduce((sum, view, n) => sum + (weights[n] as number) * (view[name][i] as number), 0) / total,
    );
  return { columns: mean("columns"), layouts: mean("layouts") };
}

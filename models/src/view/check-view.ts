import type { LookView } from "../scene/look.ts";
import { compareViews } from "./compare-views.ts";
import { describeView, type ViewSignature } from "./describe-view.ts";
import { viewSize } from "./grey-picture.ts";
import { measureVisibility, type Visibility } from "./measure-visibility.ts";

/** What later looks of a scene are compared with. Plain JSON. */
export type ViewReference = {
  signature: ViewSignature;
  visibility: Pick<Visibility, "lightness" | "contrast" | "sharpness" | "glareShare">;
};

/**
 * Checks a thumbnail of `viewSize` against the view the zones were drawn on. Without a reference a clear picture becomes one: the
 * scene was drawn on what its camera showed.
 */
export function checkView(
  grey: Uint8Array,
  reference: ViewReference | null,
): { view: LookView; reference: ViewReference | null } {
  const { width, height } = viewSize;
  const seen = measureVisibility(grey, width, height, reference?.visibility);
  if (reference === null) {
    const { lightness, contrast, sharpness, glareShare } = seen;
    const fresh = {
      signature: describeView(grey, width, height),
      visibility: { lightness, contrast, sharpness, glareShare },
    };
    return seen.verdict === "clear"
      ? { view: { verdict: "same", visibility: "clear" }, reference: fresh }
      : { view: { verdict: "unsure", visibility: seen.verdict }, reference: null };
  }
  const { verdict } = compareViews(reference.signature, describeView(grey, width, height));
  return { view: { verdict, visibility: seen.verdict }, reference };
}

export {
  advanceView,
  emptyViewState,
  type ViewReason,
  type ViewState,
  votesKept,
  votesNeeded,
} from "./advance-view.ts";
export { checkView, type ViewReference } from "./check-view.ts";
export { compareViews, type ViewComparison } from "./compare-views.ts";
export { describeView, type ViewSignature } from "./describe-view.ts";
export { viewSize } from "./grey-picture.ts";
export { measureVisibility, type Visibility, type VisibilityReason, visibilityLimits } from "./measure-visibility.ts";
export { shrinkFrame } from "./shrink-frame.ts";

import type { ClueDetail } from "@mingcha/models/http";
import { roleSchema, roleTitles } from "@mingcha/models/scene";
import { useText } from "../../../lib/use-text.ts";
import { beyondText } from "../facts/ground-facts.tsx";
import { type LookView, shownBoxes } from "./looks.ts";

interface OverlayProps {
  readonly clue: ClueDetail;
  readonly look: LookView | undefined;
  readonly grid?: boolean;
  /** What each box is; in small panes beside others they would only cover the picture. */
  readonly labels?: boolean;
}

/** Zone, boxes and flag drawn over the picture; the bytes of the picture itself are never drawn into. */
export function Overlay({ clue, look, grid = false, labels = true }: OverlayProps) {
  const { t, pick } = useText();
  const [x, y, width, height] = clue.flag.boxNorm;
  const boxes = shownBoxes(look, clue.flag.boxNorm).shown;
  const titleOf = (box: LookView["boxes"][number]) => {
    const role = roleSchema.safeParse(box.role);
    return role.success ? pick(roleTitles[role.data]) : box.label;
  };
  return (
    <div className="overlay" aria-hidden="true">
      <svg viewBox="0 0 1 1" preserveAspectRatio="none">
        <title>{t("item.overlay")}</title>
        {clue.zone ? (
          <polygon className="overlay-zone" points={clue.zone.polygon.map((point) => point.join(",")).join(" ")} />
        ) : null}
        {grid && clue.ground
          ? clue.ground.grid.lines.map(([x1, y1, x2, y2]) => (
              <line key={`${x1},${y1},${x2},${y2}`} className="overlay-grid" x1={x1} y1={y1} x2={x2} y2={y2} />
            ))
          : null}
        {clue.zone?.line ? (
          <polyline className="overlay-line" points={clue.zone.line.map((point) => point.join(",")).join(" ")} />
        ) : null}
        {boxes.map((box) => (
          <rect
            key={box.boxNorm.join()}
            className="overlay-box"
            x={box.boxNorm[0]}
            y={box.boxNorm[1]}
            width={box.boxNorm[2]}
            height={box.boxNorm[3]}
          />
        ))}
        <rect className="overlay-flag-halo" x={x} y={y} width={width} height={height} />
        <rect className="overlay-flag" x={x} y={y} width={width} height={height} />
      </svg>
      {(labels ? boxes : []).map((box) => (
        <span
          key={box.boxNorm.join()}
          className="overlay-label"
          style={{ left: `${box.boxNorm[0] * 100}%`, top: `${box.boxNorm[1] * 100}%` }}
        >
          {titleOf(box)} {box.score?.toFixed(2)}
        </span>
      ))}
      <span className="overlay-label overlay-flag-label" style={{ left: `${x * 100}%`, top: `${(y + height) * 100}%` }}>
        {t("item.flagBox")}
        {clue.ground?.beyond && !("refused" in clue.ground.beyond) ? ` · ${beyondText(clue.ground.beyond, t)}` : ""}
      </span>
    </div>
  );
}

/** How many boxes are not drawn: nothing is left out in silence. */
export function HiddenBoxes({ clue, look }: Pick<OverlayProps, "clue" | "look">) {
  const { t } = useText();
  const { hidden, scoreMin } = shownBoxes(look, clue.flag.boxNorm);
  return hidden === 0 ? null : <span> · {t("item.hiddenBoxes", { total: hidden, score: scoreMin.toFixed(2) })}</span>;
}

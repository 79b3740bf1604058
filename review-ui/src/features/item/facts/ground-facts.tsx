import type { ClueDetail } from "@mingcha/models/http";
import { Fact } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";

/** Metres beyond the door line with their error, or why no number is stated. */
export function GroundFact({ clue }: { clue: Pick<ClueDetail, "ground" | "zone"> }) {
  const { t, pick } = useText();
  const { ground } = clue;
  if (ground === null) return <Fact label={t("corrections.ground.title")}>{t("corrections.ground.none")}</Fact>;
  const said =
    ground.refused !== null
      ? pick(ground.refused)
      : ground.beyond === null
        ? t("corrections.ground.noLine")
        : "refused" in ground.beyond
          ? pick(ground.beyond.refused)
          : beyondText(ground.beyond, t);
  return (
    <Fact label={t("corrections.ground.title")}>
      {said}
      {ground.residualM === null || ground.beyond === null ? null : (
        <small className="fact-small">
          {" "}
          {t("corrections.ground.error", { residual: ground.residualM.toFixed(2) })}
        </small>
      )}
    </Fact>
  );
}

type Measured = { readonly farthestM: number; readonly errorM: number };

/** “超出门线 1.32 ± 0.21 米” */
export function beyondText({ farthestM, errorM }: Measured, t: ReturnType<typeof useText>["t"]): string {
  const values = { metres: farthestM.toFixed(2), error: errorM.toFixed(2) };
  return farthestM > 0 ? t("corrections.ground.beyond", values) : t("corrections.ground.within", values);
}

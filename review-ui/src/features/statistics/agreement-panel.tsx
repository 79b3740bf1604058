import type { AgreementView, StatisticsView } from "@mingcha/models/http";
import { figures } from "@mingcha/models/statistics";
import { useMemo } from "react";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { SharesFigure } from "./shares-figure.tsx";

interface AgreementPanelProps {
  readonly agreement: StatisticsView["agreement"];
  /** Of the signed-in person alone. */
  readonly own?: boolean;
}

/** How far people agree, and how many known violations are seen: for training. */
export function AgreementPanel({ agreement, own = false }: AgreementPanelProps) {
  const { t, pick } = useText();
  const items = useMemo(() => {
    const kappa = (value: AgreementView) =>
      value.kappa === null ? t("statistics.noKappa") : `κ ${value.kappa.toFixed(2)}`;
    return [
      { key: "reviews", name: pick(figures.reviews.title), share: agreement.reviews, note: kappa(agreement.reviews) },
      { key: "samples", name: pick(figures.samples.title), share: agreement.samples, note: kappa(agreement.samples) },
      { key: "seeds", name: pick(figures.seeds.title), share: agreement.seeds, note: "" },
    ];
  }, [agreement, pick, t]);
  const title = own ? t("statistics.ownAgreement") : t("statistics.agreement");
  return (
    <Panel
      className="figure figure-wide"
      title={title}
      extra={own ? t("statistics.ownHint") : t("statistics.agreementHint")}
    >
      <details className="figure-how">
        <summary>{t("statistics.how")}</summary>
        {(["reviews", "samples", "seeds"] as const).map((id) => (
          <p key={id}>
            <b>{pick(figures[id].title)}</b> {pick(figures[id].text)}
          </p>
        ))}
      </details>
      <SharesFigure label={title} rowTitle={t("statistics.rate")} items={items} nothing={t("statistics.noAgreement")} />
    </Panel>
  );
}

import type { SuppressionsView } from "@mingcha/models/http";
import { useSuppressions } from "../../api/suppressions.ts";
import { ErrorPanel, Nothing, Page, Panel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { OfferCard } from "./offer-card.tsx";
import { SuppressionCard } from "./suppression-card.tsx";
import "./suppressions.css";

/** Looks that people rejected again and again: what is offered for suppression, what is suppressed now, what was. */
export function SuppressionsPage() {
  const { t } = useText();
  const suppressions = useSuppressions();
  return (
    <Page title={t("suppressions.title")}>
      <p className="suppressions-intro">{t("suppressions.intro")}</p>
      {suppressions.isError ? (
        <ErrorPanel error={suppressions.error} onRetry={() => void suppressions.refetch()} />
      ) : null}
      {suppressions.isPending ? <Waiting /> : null}
      {suppressions.data ? <Lists data={suppressions.data} /> : null}
    </Page>
  );
}

function Lists({ data: { offers, active, ended, endedTotal, mayRevoke } }: { data: SuppressionsView }) {
  const { t } = useText();
  return (
    <>
      <Panel title={t("suppressions.offers", { total: offers.length })} extra={t("suppressions.offersHint")}>
        {offers.length === 0 ? <Nothing>{t("suppressions.noOffers")}</Nothing> : null}
        {offers.map((offer) => (
          <OfferCard key={offer.key} offer={offer} />
        ))}
      </Panel>
      <Panel title={t("suppressions.active", { total: active.length })} extra={t("suppressions.activeHint")}>
        {active.length === 0 ? <Nothing>{t("suppressions.noActive")}</Nothing> : null}
        {active.map((item) => (
          <SuppressionCard key={item.id} item={item} state="active" mayRevoke={mayRevoke} />
        ))}
      </Panel>
      <Panel title={t("suppressions.ended", { total: endedTotal })}>
        {ended.length === 0 ? <Nothing>{t("suppressions.noEnded")}</Nothing> : null}
        {ended.map((item) => (
          <SuppressionCard key={item.id} item={item} state="ended" mayRevoke={false} />
        ))}
        {endedTotal > ended.length ? (
          <p className="suppressions-more">{t("suppressions.endedMore", { total: endedTotal - ended.length })}</p>
        ) : null}
      </Panel>
    </>
  );
}

import { clueStates, reasonText } from "@mingcha/models/clue";
import type { RejectedFlagView, SuppressionOffer } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { BoxedPicture } from "../../components/boxed-picture.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { ApproveDialog } from "./approve-dialog.tsx";
import { aspectOf } from "./aspect-of.ts";
import { LookHead } from "./look-head.tsx";

/** One look that was rejected again and again, with every rejection, and the decision on it. */
export function OfferCard({ offer }: { offer: SuppressionOffer }) {
  const { t, pick } = useText();
  const [asking, setAsking] = useState(false);
  return (
    <article className="suppression-card">
      <div className="suppression-top">
        <LookHead look={offer} />
        <span className="suppression-action">
          {offer.barred === null ? (
            <Button type="primary" onClick={() => setAsking(true)}>
              {t("suppressions.approve")}
            </Button>
          ) : (
            <span className="suppression-barred">{pick(offer.barred)}</span>
          )}
        </span>
      </div>
      <p>{t("suppressions.rejectedTimes", { total: offer.flags.length })}</p>
      <ul className="suppression-flags">
        {offer.flags.map((flag) => (
          <li key={flag.flagId}>
            <FlagPicture flag={flag} timezone={offer.timezone} />
          </li>
        ))}
      </ul>
      {asking ? <ApproveDialog offer={offer} onClose={() => setAsking(false)} /> : null}
    </article>
  );
}

function FlagPicture({ flag, timezone }: { flag: RejectedFlagView; timezone: string }) {
  const { t, pick } = useText();
  const reason = reasonText(flag.reasonCode);
  const when = formatInstant(flag.from, timezone);
  return (
    <>
      <BoxedPicture pictureId={flag.pictureId} aspect={aspectOf(flag)} boxNorm={flag.boxNorm} title={when} />
      <Link to={`/clues/${flag.clueId}`}>{when}</Link>
      <span className="suppression-small">
        {pick(clueStates[flag.state])}
        {reason === undefined ? null : ` · ${pick(reason)}`}
      </span>
      <span className="suppression-small">
        {t("suppressions.by", { name: flag.rejectedBy, at: formatInstant(flag.rejectedAt, timezone) })}
      </span>
    </>
  );
}

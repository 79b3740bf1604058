import type { FlightGround } from "@mingcha/models/http";
import { Link } from "react-router";
import { mayOpen } from "../../app/navigation.ts";
import { Nothing, Panel } from "../../components/page.tsx";
import { StoredPlace } from "../../components/stored-place.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { radiusText } from "../../lib/radius-text.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

interface FlightFlagsProps {
  readonly ground: FlightGround;
  /** Id of the flag in hand. */
  readonly chosen: string | null;
  readonly onChoose: (flagId: string) => void;
}

/** What was found on a flight, each with the number its mark has on the map. */
export function FlightFlags({ ground: { flags, flagsTotal, timezone }, chosen, onChoose }: FlightFlagsProps) {
  const { t, pick } = useText();
  const mayRead = mayOpen("queue", usePerson().duties);
  return (
    <Panel title={t("stands.flags", { total: flagsTotal })}>
      {flags.length === 0 ? <Nothing>{t("stands.flagsNone")}</Nothing> : null}
      {flagsTotal > flags.length ? (
        <p className="ground-soft">{t("stands.cut", { total: flagsTotal, shown: flags.length })}</p>
      ) : null}
      <ol className="ground-flags">
        {flags.map(({ flagId, clueId, violationTitle, statedPlace, from, stands }, nth) => (
          <li key={flagId}>
            <button type="button" aria-pressed={flagId === chosen} onClick={() => onChoose(flagId)}>
              <span className="ground-flag-number" aria-hidden>
                {nth + 1}
              </span>
              <b>{pick(violationTitle)}</b>
              <span className="ground-soft">
                {formatInstant(from, timezone)}
                {stands.place === null
                  ? null
                  : ` · ${radiusText(stands.place.ellipse, stands.height?.from ?? null, t)}`}
              </span>
            </button>
            <span className="ground-soft">{t("stands.stated", { place: statedPlace })}</span>
            {stands.refused === null ? null : (
              <span className="ground-soft">{t("stands.refused", { reason: pick(stands.refused) })}</span>
            )}
            {stands.stored === null ? null : (
              <span className="ground-soft">
                <StoredPlace stored={stands.stored} timezone={timezone} />
              </span>
            )}
            {clueId !== null && mayRead ? <Link to={`/clues/${clueId}`}>{t("stands.open")}</Link> : null}
          </li>
        ))}
      </ol>
    </Panel>
  );
}

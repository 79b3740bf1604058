import { CloseOutlined } from "@ant-design/icons";
import type { MapFlags, PlacedFlag } from "@mingcha/models/http";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { formatInstant } from "../../lib/format-time.ts";
import { radiusText } from "../../lib/radius-text.ts";
import { useText } from "../../lib/use-text.ts";

interface PlacedCardProps {
  readonly flags: readonly PlacedFlag[];
  readonly inHand: string | null;
  readonly timezoneOf: (sourceId: string) => string;
  readonly onPick: (clueId: string) => void;
  readonly onZoom: (flag: PlacedFlag) => void;
  readonly onClose: () => void;
}

/** Flags at one place of the map, in words: what, by record where, how surely the place was computed and on what that rests, and the way to the record. */
export function PlacedCard({ flags, inHand, timezoneOf, onPick, onZoom, onClose }: PlacedCardProps) {
  const { t, pick } = useText();
  return (
    <Card title={t("placed.title", { count: flags.length })} hint={t("stands.caution")} onClose={onClose}>
      {flags.map((flag) => (
        <li key={flag.clueId}>
          <button type="button" aria-pressed={flag.clueId === inHand} onClick={() => onPick(flag.clueId)}>
            <b>{pick(flag.violationTitle)}</b> {radiusText(flag.ellipse, flag.heightFrom, t)}
            {flag.open ? null : <em>{t("placed.closed")}</em>}
          </button>
          <span>
            {t("placed.stated", { place: flag.statedPlace })} · {formatInstant(flag.from, timezoneOf(flag.sourceId))}
          </span>
          {flag.warnings.map((warning) => (
            <span key={warning.en} className="placed-warning">
              {pick(warning)}
            </span>
          ))}
          <span className="placed-ways">
            <Link to={`/clues/${flag.clueId}`}>{t("placed.openRecord")}</Link>
            <button type="button" onClick={() => onZoom(flag)}>
              {t("placed.zoomTo")}
            </button>
          </span>
        </li>
      ))}
    </Card>
  );
}

interface WithoutCardProps {
  readonly placed: MapFlags["placed"];
  readonly onSource: (sourceId: string) => void;
  readonly onClose: () => void;
}

export const countWithout = ({ without }: MapFlags["placed"]): number =>
  without.reduce((sum, { flags }) => sum + flags, 0);

/** Drone flags that have no computed place, by source and reason. */
export function WithoutCard({ placed, onSource, onClose }: WithoutCardProps) {
  const { t, pick } = useText();
  return (
    <Card
      title={t("placed.withoutTitle", { count: countWithout(placed) })}
      hint={t("placed.withoutHint")}
      onClose={onClose}
    >
      {placed.without.map(({ sourceId, sourceName, reason, flags }) => (
        <li key={`${sourceId} ${reason.en}`}>
          <button type="button" onClick={() => onSource(sourceId)}>
            <b>{sourceName}</b>
          </button>
          <span>{t("placed.reason", { reason: pick(reason), flags })}</span>
        </li>
      ))}
    </Card>
  );
}

function Card({
  title,
  hint,
  onClose,
  children,
}: {
  title: string;
  hint: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const { t } = useText();
  return (
    <section className="placed-card" aria-label={title}>
      <header>
        <h3>{title}</h3>
        <button type="button" aria-label={t("placed.close")} title={t("placed.close")} onClick={onClose}>
          <CloseOutlined />
        </button>
      </header>
      <ul>{children}</ul>
      <p>{hint}</p>
    </section>
  );
}

import { toGcj02 } from "@mingcha/models/geo";
import type { ClueDetail, OnSiteCheckView } from "@mingcha/models/http";
import { BoxedPicture } from "../../components/boxed-picture.tsx";
import { Copyable } from "../../components/copyable.tsx";
import { Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import type { PositionState } from "../../lib/use-position.ts";
import { useText } from "../../lib/use-text.ts";
import { formatDistance, type Target, targetOf, wayTo } from "./target.ts";

interface TargetPanelProps {
  readonly clue: ClueDetail;
  readonly check: OnSiteCheckView;
  readonly position: PositionState;
}

/** What to look for and where. */
export function TargetPanel({ clue, check, position }: TargetPanelProps) {
  const { t, pick } = useText();
  const wide = clue.evidence.find(({ kind }) => kind === "wide") ?? clue.evidence[0];
  const target = targetOf(clue);
  return (
    <Panel title={t("onSite.target")} className="os-target">
      <BoxedPicture
        pictureId={wide?.id ?? null}
        aspect={wide === undefined ? 16 / 9 : wide.widthPx / wide.heightPx}
        boxNorm={wide?.kind === "close" ? null : clue.flag.boxNorm}
        title={`${pick(clue.violationTitle)} ${clue.place}`}
      />
      <div className="os-place">
        <Copyable value={clue.place} />
      </div>
      {target === null ? null : <Way target={target} position={position} />}
      <p className="os-soft">
        {t("onSite.seen", { source: clue.sourceName, time: formatInstant(clue.to, clue.timezone) })}
      </p>
      <p className="os-soft">
        {t("onSite.sentBy", {
          name: check.dispatchedBy,
          time: formatInstant(check.dispatchedAt, clue.timezone),
        })}
      </p>
      {check.note === null ? null : <p className="os-note">{check.note}</p>}
    </Panel>
  );
}

function Way({ target, position }: { target: Target; position: PositionState }) {
  const { t } = useText();
  const shifted = toGcj02(target);
  const at = `${target.latitude.toFixed(6)}, ${target.longitude.toFixed(6)}`;
  return (
    <p className="os-way">
      {position.kind === "known" ? (
        <>
          <b>{formatDistance(wayTo(position.position, target).metres)}</b>{" "}
          {t(`onSite.direction.${wayTo(position.position, target).direction}`)}{" "}
          <span className="os-soft">
            {t("onSite.accuracy", { metres: Math.round(position.position.accuracyM ?? 0) })}
          </span>
        </>
      ) : (
        <span className="os-soft">{t(`onSite.position.${position.kind}`)}</span>
      )}
      <Copyable value={at} />
      <span className="os-soft" title={t("map.gcjHint")}>
        {t("map.gcj")} <Copyable value={`${shifted.longitude.toFixed(6)}, ${shifted.latitude.toFixed(6)}`} />
      </span>
      {target.of === "aircraft" ? <span className="os-soft">{t("onSite.ofAircraft")}</span> : null}
    </p>
  );
}

import type { ClueDetail, EvidenceView, SightingView } from "@mingcha/models/http";
import { Link } from "react-router";
import { Badge, ClueStateBadge, EvidenceModeBadge } from "../../../components/badges.tsx";
import { BoxedPicture } from "../../../components/boxed-picture.tsx";
import { Copyable } from "../../../components/copyable.tsx";
import { Panel } from "../../../components/page.tsx";
import { formatClock, formatSpan } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";

/** Who else saw the same act: each source with its own times and pictures. Where it was joined itself, the record it belongs to. */
export function Sightings({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const { joined, mergedInto, perhapsSame } = clue;
  if (mergedInto !== null) {
    return (
      <Panel title={t("item.alsoSeen")}>
        <p className="sighting-note">
          {t("item.mergedInto")} <Link to={`/clues/${mergedInto.clueId}`}>{mergedInto.sourceName}</Link>
        </p>
      </Panel>
    );
  }
  if (joined.total === 0 && perhapsSame.length === 0) return null;
  return (
    <Panel title={t("item.alsoSeen")} extra={t("item.sightings", { total: joined.total })}>
      {perhapsSame.length > 0 ? <PerhapsSame records={perhapsSame} /> : null}
      {joined.total > 0 ? <Joined clue={clue} /> : null}
    </Panel>
  );
}

/** Records that nothing tells apart from this one: a person compares them and ends what is a duplicate. */
function PerhapsSame({ records }: { records: ClueDetail["perhapsSame"] }) {
  const { t } = useText();
  return (
    <>
      <p className="sighting-note">{t("item.perhapsSame")}</p>
      <ul className="perhaps-same">
        {records.map(({ clueId, sourceName, state }) => (
          <li key={clueId}>
            <Link to={`/clues/${clueId}`}>{sourceName}</Link> <ClueStateBadge state={state} />
          </li>
        ))}
      </ul>
      <p className="sighting-note">{t("item.perhapsSameHint")}</p>
    </>
  );
}

function Joined({ clue: { joined, timezone, violationTitle } }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  return (
    <>
      <p className="sighting-note">
        {t("item.actSpan")} <b>{formatSpan(joined.from, joined.to, timezone)}</b>
      </p>
      <p className="sighting-note">{t("item.alsoSeenHint")}</p>
      <ul className="sightings">
        {joined.items.map((sighting) => (
          <li key={sighting.clueId}>
            <Sighting sighting={sighting} title={pick(violationTitle)} />
          </li>
        ))}
      </ul>
      {joined.total > joined.items.length ? (
        <p className="sighting-note">{t("item.moreSightings", { total: joined.total - joined.items.length })}</p>
      ) : null}
    </>
  );
}

const kinds = ["fixed", "patrol", "gate", "drone", "body", "file", "shared_police"] as const;

function Sighting({ sighting, title }: { sighting: SightingView; title: string }) {
  const { t, duration } = useText();
  const kind = kinds.find((item) => item === sighting.sourceKind);
  return (
    <>
      <div className="sighting-head">
        <Badge tone="info">{kind ? t(`sourceKind.${kind}`) : sighting.sourceKind}</Badge>
        <b>{sighting.sourceName}</b>
        {sighting.deviceId ? <span className="sighting-device">{sighting.deviceId}</span> : null}
        <EvidenceModeBadge mode={sighting.evidenceMode} />
        <Link className="sighting-open" to={`/clues/${sighting.clueId}`}>
          {t("item.openSighting")}
        </Link>
      </div>
      <div className="sighting-when">
        {formatSpan(sighting.from, sighting.to, sighting.timezone)} ·{" "}
        {sighting.ended ? t("queue.stayed", { time: duration(sighting.dwellS) }) : t("item.stillThere")}
      </div>
      <ul className="sighting-pictures">
        {sighting.evidence.map((item) => (
          <li key={item.id}>
            <SightingPicture item={item} sighting={sighting} title={title} />
          </li>
        ))}
      </ul>
    </>
  );
}

function SightingPicture({ item, sighting, title }: { item: EvidenceView; sighting: SightingView; title: string }) {
  const { t } = useText();
  const clock = formatClock(item.capturedAt, sighting.timezone);
  return (
    <>
      <BoxedPicture
        pictureId={item.id}
        aspect={item.widthPx / item.heightPx}
        boxNorm={item.kind === "close" ? null : sighting.boxNorm}
        title={`${title} · ${sighting.sourceName} · ${clock}`}
      />
      <span>
        {t(`item.kind.${item.kind}`)} {clock}
      </span>
      <span>
        SHA-256 <Copyable hash value={item.sha256} />
      </span>
      <span>
        {t("cases.parent")} <Copyable hash value={item.parentSha256} />
      </span>
    </>
  );
}

import type { MissedLook } from "@mingcha/models/http";
import { stillUrl } from "../../api/media.ts";
import { useMissedLooks } from "../../api/statistics.ts";
import { ErrorPanel, Nothing, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { ZonesOverlay } from "./zones-overlay.tsx";

/** What was found on drawn looks: a hint to who watches and draws zones, no clue. */
export function MissedPanel() {
  const { t } = useText();
  const missed = useMissedLooks(true);
  const items = missed.data?.items ?? [];
  return (
    <Panel title={t("samples.hints", { total: items.length })} extra={t("samples.hintsHint")}>
      {missed.isError ? <ErrorPanel error={missed.error} onRetry={() => void missed.refetch()} /> : null}
      {missed.isPending ? <Waiting /> : null}
      {missed.data && items.length === 0 ? <Nothing>{t("samples.noHints")}</Nothing> : null}
      <ul className="missed">
        {items.map((item) => (
          <Missed key={`${item.id} ${item.violation} ${item.zone?.id ?? ""}`} item={item} />
        ))}
      </ul>
    </Panel>
  );
}

function Missed({ item }: { item: MissedLook }) {
  const { t, pick } = useText();
  const title = pick(item.violationTitle);
  return (
    <li>
      <div className="missed-picture" style={{ aspectRatio: item.widthPx / item.heightPx }}>
        <img
          src={stillUrl(item.clipId, item.offsetMs, 960)}
          alt={t("samples.seenOn", { title, at: item.sourceName })}
          loading="lazy"
          draggable={false}
        />
        <ZonesOverlay zones={item.zone === null ? [] : [item.zone]} />
      </div>
      <b>{title}</b>
      <span>
        {item.sourceName} {item.place}
      </span>
      <span>{formatInstant(item.capturedAt, item.timezone)}</span>
    </li>
  );
}

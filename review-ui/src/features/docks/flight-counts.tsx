import type { DockDetail } from "@mingcha/models/http";
import { useText } from "../../lib/use-text.ts";

type Flight = DockDetail["flights"][number];

/** How many files of a flight came and how many did not, and where the dock's own numbers say otherwise than its files. */
export function FlightCounts({ flight }: { flight: Flight }) {
  const { t } = useText();
  const { expected, uploaded, arrived, announced, missing, unnamed, beyond, fewer } = flight;
  const short = announced + missing + unnamed;
  const parts = [
    t("docks.arrived", { total: arrived }),
    ...(announced === 0 ? [] : [t("docks.announced", { total: announced })]),
    ...(missing === 0 ? [] : [t("docks.missing", { total: missing })]),
    ...(unnamed === 0 ? [] : [t("docks.unnamed", { total: unnamed })]),
  ];
  return (
    <>
      <CountBar flight={flight} />
      <p>
        {parts.join(" · ")}
        {short === 0 ? null : <b className="docks-bad"> · {t("docks.short", { total: short })}</b>}
      </p>
      <p className="docks-soft">
        {expected === null ? t("docks.notStated") : t("docks.expected", { total: expected })}
        {uploaded === null ? "" : ` · ${t("docks.uploaded", { total: uploaded })}`}
      </p>
      {fewer === 0 ? null : (
        <p className="docks-warn">{t("docks.fewer", { most: (expected ?? 0) + fewer, total: expected ?? 0 })}</p>
      )}
      {beyond === 0 ? null : <p className="docks-warn">{t("docks.beyond", { total: beyond })}</p>}
    </>
  );
}

/** The flight's files by what became of them; what is left of the bar is still to come, or closed. The words below say the same. */
function CountBar({ flight: { counts, unfit, unnamed } }: { flight: Flight }) {
  const total = Object.values(counts).reduce((sum, files) => sum + files, unnamed);
  if (total === 0) return null;
  const parts = [
    ["good", counts.taken],
    ["info", counts.verified + counts.noticed],
    ["bad", unfit],
  ] as const;
  return (
    <div className="docks-bar" aria-hidden="true">
      {parts.map(([tone, files]) => (
        <span key={tone} className={`docks-bar-${tone}`} style={{ width: `${(files / total) * 100}%` }} />
      ))}
    </div>
  );
}

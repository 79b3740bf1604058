import { reasonText } from "@mingcha/models/clue";
import type { DeviceView } from "@mingcha/models/http";
import { Link } from "react-router";
import { Nothing, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";

/** Records that were erased because of the device, its clock or its settings: what its next review has to look at. */
export function Erasures({ device: { erasures, timezone } }: { device: DeviceView }) {
  const { t, pick } = useText();
  const mayLook = holdsAny(usePerson(), ["monitor", "technical_reviewer", "legal_reviewer", "head", "auditor"]);
  return (
    <Panel title={t("endings.erasures", { total: erasures.length })}>
      {erasures.length === 0 ? <Nothing>{t("endings.noErasures")}</Nothing> : null}
      <ul className="device-records">
        {erasures.map(({ clueId, reasonCode, at }) => (
          <li key={clueId}>
            <b>{pick(reasonText(reasonCode) ?? { zh: reasonCode, en: reasonCode })}</b>
            <span className="device-span">
              {mayLook ? (
                <Link to={`/clues/${clueId}`}>{formatInstant(at, timezone)}</Link>
              ) : (
                formatInstant(at, timezone)
              )}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

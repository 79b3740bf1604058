import type { CaseDetail } from "@mingcha/models/http";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { DueBadge } from "./case-badges.tsx";

const knownUnits = ["working_day", "calendar_day"] as const;

/** Statutory clocks with the provision each rests on and the kind of day it counts. */
export function CaseDueDates({ detail }: { detail: CaseDetail }) {
  const { t, pick } = useText();
  const unitText = (unit: string) => {
    const known = knownUnits.find((item) => item === unit);
    return known ? t(`cases.unit.${known}`) : unit;
  };
  return (
    <Panel title={t("cases.dueDates")}>
      {detail.dueDates.length === 0 ? <p className="case-none">{t("cases.noDueDates")}</p> : null}
      <ul className="case-due">
        {detail.dueDates.map((item) => (
          <li key={item.id}>
            <span>{pick(item.title)}</span>
            <DueBadge dueOn={item.dueOn} />
            <small>
              {item.basis} · {unitText(item.unit)}
            </small>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

import { recusalReasons } from "@mingcha/models";
import type { RecusalView } from "@mingcha/models/http";
import { Button } from "antd";
import { useState } from "react";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { Badge } from "../badges.tsx";
import { DecideDialog } from "./decide-dialog.tsx";
import "./recusals.css";

/** One recusal: who, since when and why, what the head said of it, and a way to decide for whoever may. */
export function RecusalLine({ item, where }: { item: RecusalView; where?: React.ReactNode }) {
  const { t, pick } = useText();
  const [deciding, setDeciding] = useState(false);
  const time = (at: string): string => formatInstant(at, bureauTimezone).slice(0, 16);
  return (
    <li className="recusal">
      <div className="recusal-head">
        <b>{item.person.name}</b>
        <RecusalState item={item} />
        {item.mayDecide ? (
          <Button size="small" className="recusal-action" onClick={() => setDeciding(true)}>
            {t("people.decide")}
          </Button>
        ) : null}
      </div>
      {where === undefined ? null : <div>{where}</div>}
      <div>
        {pick(recusalReasons[item.reasonCode])}: {item.note}
      </div>
      <div className="recusal-small">
        {t(`people.recusalKind.${item.kind}`, { name: item.createdBy })} · {time(item.createdAt)}
      </div>
      {item.decisions.map((decision) => (
        <div className="recusal-small" key={decision.at}>
          {t(`people.decisionBy.${decision.result}`, { name: decision.by, time: time(decision.at) })}
          {decision.note === null ? "" : ` — ${decision.note}`}
        </div>
      ))}
      {deciding ? <DecideDialog item={item} onClose={() => setDeciding(false)} /> : null}
    </li>
  );
}

function RecusalState({ item }: { item: RecusalView }) {
  const { t } = useText();
  if (item.binds) return <Badge tone="bad">{t("people.binding")}</Badge>;
  return item.decisions.length === 0 ? (
    <Badge tone="warn">{t("people.waiting")}</Badge>
  ) : (
    <Badge>{t("people.lifted")}</Badge>
  );
}

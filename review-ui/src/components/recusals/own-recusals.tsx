import { Link } from "react-router";
import { useRecusals } from "../../api/recusals.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { ErrorPanel, Panel } from "../page.tsx";
import { RecordStanding } from "./record-standing.tsx";
import { RecusalLine } from "./recusal-line.tsx";

/** What the signed-in person stays away from, and a way to say so of a place. */
export function OwnRecusals() {
  const { t } = useText();
  const person = usePerson();
  const recusals = useRecusals("own");
  const items = recusals.data?.items ?? [];
  const acts = person.duties.some((duty) => !["administrator", "auditor", "pilot"].includes(duty));
  if (!acts) return null;
  return (
    <Panel title={t("people.ownRecusals")} extra={<RecordStanding people={[{ id: person.id, name: person.name }]} />}>
      {recusals.isError ? <ErrorPanel error={recusals.error} onRetry={() => void recusals.refetch()} /> : null}
      {recusals.isSuccess && items.length === 0 ? <p className="recusal-small">{t("people.noRecusals")}</p> : null}
      <ul className="recusals">
        {items.map((item) => (
          <RecusalLine
            key={item.id}
            item={item}
            where={item.clueId === null ? item.place : <Link to={`/clues/${item.clueId}`}>{item.place}</Link>}
          />
        ))}
      </ul>
    </Panel>
  );
}

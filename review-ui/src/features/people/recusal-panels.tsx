import type { AccountView } from "@mingcha/models/http";
import { Link } from "react-router";
import { useRecusals } from "../../api/recusals.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { RecordStanding } from "../../components/recusals/record-standing.tsx";
import { RecusalLine } from "../../components/recusals/recusal-line.tsx";
import { useText } from "../../lib/use-text.ts";

/** What the head still has to decide; until then the work goes on (APL 43(3)). */
export function OpenRecusals() {
  const { t } = useText();
  const open = useRecusals("open");
  const items = open.data?.items ?? [];
  return (
    <Panel title={t("people.openRecusals", { total: items.length })} extra={t("people.recusalLaw")}>
      {open.isError ? <ErrorPanel error={open.error} onRetry={() => void open.refetch()} /> : null}
      {open.isSuccess && items.length === 0 ? <p className="recusal-small">{t("people.noOpenRecusals")}</p> : null}
      <ul className="recusals">
        {items.map((item) => (
          <RecusalLine
            key={item.id}
            item={item}
            where={
              item.clueId === null ? (
                item.place
              ) : (
                <>
                  {item.place} · <Link to={`/clues/${item.clueId}`}>{t("people.openRecord")}</Link>
                </>
              )
            }
          />
        ))}
      </ul>
    </Panel>
  );
}

/** Who stays away from which place. The administrator may put one on record for anybody who acts. */
export function StandingRecusals({ people }: { people?: readonly AccountView[] }) {
  const { t } = useText();
  const standing = useRecusals("standing");
  const items = standing.data?.items ?? [];
  const acting = people?.filter(
    ({ disabledAt, duties }) =>
      disabledAt === null && duties.some((duty) => !["administrator", "auditor", "pilot"].includes(duty)),
  );
  return (
    <Panel
      title={t("people.standingRecusals", { total: items.length })}
      extra={acting === undefined ? undefined : <RecordStanding people={acting} />}
    >
      {standing.isError ? <ErrorPanel error={standing.error} onRetry={() => void standing.refetch()} /> : null}
      {standing.isSuccess && items.length === 0 ? (
        <p className="recusal-small">{t("people.noStandingRecusals")}</p>
      ) : null}
      <ul className="recusals">
        {items.map((item) => (
          <RecusalLine key={item.id} item={item} where={item.place} />
        ))}
      </ul>
    </Panel>
  );
}

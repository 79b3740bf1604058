import type { SeededItems } from "@mingcha/models/http";
import { Button } from "antd";
import { Link } from "react-router";
import { useSeeded, useWithdrawSeeded } from "../../api/seeded.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import "./known.css";

/** Known items: which past records reviewers meet again, and how they were answered. No reviewer is named here. */
export function KnownPage() {
  const { t } = useText();
  const seeded = useSeeded();
  return (
    <Page title={t("corrections.known.title")}>
      <p className="known-intro">{t("corrections.known.intro")}</p>
      {seeded.isError ? <ErrorPanel error={seeded.error} onRetry={() => void seeded.refetch()} /> : null}
      {seeded.isPending ? <Waiting /> : null}
      {seeded.data ? <KnownList data={seeded.data} /> : null}
    </Page>
  );
}

function KnownList({ data }: { data: SeededItems }) {
  const { t } = useText();
  const withdraw = useWithdrawSeeded();
  return (
    <>
      <p className="known-share">
        {data.share === 0
          ? t("corrections.known.off")
          : t("corrections.known.share", {
              percent: Math.round(data.share * 100),
              reveal: t(
                data.reveal === "statistics"
                  ? "corrections.known.revealStatistics"
                  : "corrections.known.revealAfter_verdict",
              ),
            })}
      </p>
      {withdraw.isError ? <ErrorPanel error={withdraw.error} /> : null}
      {data.items.length === 0 ? <Nothing>{t("corrections.known.nothing")}</Nothing> : null}
      <ul className="known-list">
        {data.items.map((item) => (
          <li key={item.id} className={item.withdrawnAt === null ? "" : "known-gone"}>
            <KnownRow item={item} onWithdraw={() => withdraw.mutate(item.id)} />
          </li>
        ))}
      </ul>
    </>
  );
}

function KnownRow({ item, onWithdraw }: { item: SeededItems["items"][number]; onWithdraw: () => void }) {
  const { t, pick } = useText();
  const person = usePerson();
  return (
    <>
      <div className="known-head">
        <b>{pick(item.violationTitle)}</b>
        <span>{item.place}</span>
        <Badge>{t(item.stage === "legal" ? "corrections.known.stageLegal" : "corrections.known.stageTechnical")}</Badge>
        <Badge tone={item.answer === "pass" ? "good" : "bad"}>
          {t("corrections.known.answer", { answer: t(`answer.${item.answer}`) })}
        </Badge>
        {item.withdrawnAt === null ? null : <Badge tone="warn">{t("corrections.known.withdrawn")}</Badge>}
      </div>
      <p>{t("corrections.known.why", { why: item.why })}</p>
      <div className="known-foot">
        <span>{t("corrections.known.met", { total: item.answered, right: item.right })}</span>
        <span>
          {t("corrections.known.by", { name: item.by, time: formatInstant(item.createdAt, "Asia/Shanghai") })}
        </span>
        {person.duties.includes("auditor") ? (
          <Link to={`/clues/${item.clueId}`}>{t("corrections.known.open")}</Link>
        ) : null}
        {item.withdrawnAt === null ? (
          <Button size="small" onClick={onWithdraw}>
            {t("corrections.known.withdraw")}
          </Button>
        ) : null}
      </div>
    </>
  );
}

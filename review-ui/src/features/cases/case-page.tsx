import type { CaseDetail } from "@mingcha/models/http";
import { Link, useParams } from "react-router";
import { useCase } from "../../api/cases.ts";
import { ErrorPanel, Fact, Facts, Page, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { CaseStateBadge } from "./case-badges.tsx";
import { CaseDocuments } from "./case-documents.tsx";
import { CaseDueDates } from "./case-due-dates.tsx";
import { CaseEvidence } from "./case-evidence.tsx";
import { CaseForm } from "./case-form.tsx";
import { CaseProvisions } from "./case-provisions.tsx";
import { caseTimezone } from "./case-timezone.ts";
import "./cases.css";

export function CasePage() {
  const { t } = useText();
  const { id = "" } = useParams();
  const found = useCase(id);
  if (found.isPending) return <Waiting />;
  if (found.data === undefined) {
    return (
      <Page title={t("cases.title")}>
        <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  return <CaseView detail={found.data} />;
}

/** Pictures and facts on the left, what the handlers fill in and draft on the right. */
function CaseView({ detail }: { detail: CaseDetail }) {
  const { t, pick } = useText();
  return (
    <Page
      title={
        <>
          {detail.number ?? t("cases.noNumber")} <span className="case-cause">{pick(detail.violationTitle)}</span>{" "}
          <CaseStateBadge state={detail.state} />
        </>
      }
      extra={<Link to={`/clues/${detail.clueId}`}>{t("cases.openClue")}</Link>}
    >
      <div className="case-columns">
        <div className="case-main">
          <Panel title={t("cases.facts")} extra={t("cases.factsHint")}>
            <p className="case-facts">{detail.factsText}</p>
            <Facts>
              <Fact label={t("cases.cause")}>{detail.cause}</Fact>
              <Fact label={t("cases.place")}>{detail.place}</Fact>
              <Fact label={t("cases.time")}>{formatSpan(detail.from, detail.to, caseTimezone)}</Fact>
              <Fact label={t("cases.filedAt")}>{formatInstant(detail.filedAt, caseTimezone)}</Fact>
              <Fact label={t("cases.handlers")}>
                {detail.handlers.map((item) => `${item.name} ${item.badgeNo ?? ""}`.trim()).join("、")}
              </Fact>
            </Facts>
          </Panel>
          <CaseEvidence detail={detail} />
          <CaseProvisions detail={detail} />
        </div>
        <div className="case-side">
          <CaseDueDates detail={detail} />
          <CaseDocuments detail={detail} />
          <CaseForm key={detail.version} detail={detail} />
        </div>
      </div>
    </Page>
  );
}

import { statisticsDuties } from "@mingcha/models/statistics";
import { Page } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { JudgePanel } from "./judge-panel.tsx";
import { MissedPanel } from "./missed-panel.tsx";
import "./samples.css";

/** Looks that no flag covers, drawn by chance: technical reviewers judge them, the monitoring staff sees what was found. */
export function SamplesPage() {
  const { t } = useText();
  const { duties } = usePerson();
  const may = (needed: readonly string[]) => duties.some((duty) => needed.includes(duty));
  return (
    <Page title={t("samples.title")}>
      {may(statisticsDuties.answer) ? <JudgePanel /> : null}
      {may(statisticsDuties.hints) ? <MissedPanel /> : null}
    </Page>
  );
}

import type { ClueDetail } from "@mingcha/models/http";
import { Button, Input, Radio } from "antd";
import { useState } from "react";
import { usePlantSeeded } from "../../../api/seeded.ts";
import { ErrorPanel, Panel } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";
import { usePerson } from "../../../session/person.tsx";

type Stage = "technical" | "legal";

/** For an auditor before a record that is closed for certain: makes a known item of it. The answer is what the review said then. */
export function PlantKnown({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const person = usePerson();
  const plant = usePlantSeeded();
  const [why, setWhy] = useState("");
  const stages = (["technical", "legal"] as const).flatMap((stage) => {
    const result = clue.reviews.filter((review) => review.round === clue.round && review.kind === stage).at(-1)?.result;
    return result === "pass" || result === "fail" ? [{ stage, answer: result }] : [];
  });
  const [chosen, setChosen] = useState<Stage | undefined>(stages.at(-1)?.stage);
  const item = stages.find(({ stage }) => stage === chosen);
  const isClosed = clue.state === "FILED" || clue.state === "REJECTED";
  if (!person.duties.includes("auditor") || !isClosed || stages.length === 0) return null;
  return (
    <Panel title={t("corrections.known.plant")}>
      <div className="plant">
        <p>{t("corrections.known.plantHint")}</p>
        {plant.isError ? <ErrorPanel error={plant.error} /> : null}
        {plant.isSuccess ? (
          <b>{t("corrections.known.planted")}</b>
        ) : (
          <>
            <Radio.Group
              size="small"
              optionType="button"
              aria-label={t("corrections.known.stage")}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
              options={stages.map(({ stage, answer }) => ({
                value: stage,
                label: `${t(stage === "legal" ? "corrections.known.stageLegal" : "corrections.known.stageTechnical")} · ${t(`answer.${answer}`)}`,
              }))}
            />
            <Input.TextArea
              rows={2}
              maxLength={500}
              value={why}
              placeholder={t("corrections.known.whyLabel")}
              aria-label={t("corrections.known.whyLabel")}
              onChange={(event) => setWhy(event.target.value)}
            />
            <Button
              disabled={item === undefined || why.trim().length < 5}
              loading={plant.isPending}
              onClick={() => item !== undefined && plant.mutate({ clueId: clue.id, ...item, why: why.trim() })}
            >
              {t("corrections.known.plant")}
            </Button>
          </>
        )}
      </div>
    </Panel>
  );
}

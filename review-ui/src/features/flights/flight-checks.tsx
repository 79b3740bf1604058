import { checkAnswerCodes, checkAnswers } from "@mingcha/models/flight-checks";
import type { FlightChecksView, FlightGround } from "@mingcha/models/http";
import { Alert, Button, Collapse, Input, Segmented } from "antd";
import { useState } from "react";
import { useAnswerCheck, useFlightChecks } from "../../api/flights.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Panel, Waiting } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import type { Moment } from "./moments.ts";

type List = FlightChecksView["lists"][number];
type Check = List["checks"][number];

interface FlightChecksProps {
  readonly ground: FlightGround;
  /** The picture in hand: what is found is found in it. */
  readonly shown: Moment | null;
  readonly onShow: (moment: Moment) => void;
}

/** What this flight was to look for: what the machine flagged of it beside each check, and what a person says. */
export function FlightChecks({ ground, shown, onShow }: FlightChecksProps) {
  const { t, pick } = useText();
  const checks = useFlightChecks(ground.id);
  if (checks.data === undefined)
    return (
      <Panel title={t("flightGround.open")}>
        {checks.isError ? <ErrorPanel error={checks.error} onRetry={() => void checks.refetch()} /> : <Waiting />}
      </Panel>
    );
  const { lists, answered, total, mayAnswer, isCut, verified } = checks.data;
  const file = ground.clips.find(({ id }) => id === shown?.clipId)?.fileName ?? "";
  return (
    <Panel
      title={t("flightChecks.title", { answered, total })}
      extra={verified ? null : <Badge tone="warn">{t("flightChecks.unverified")}</Badge>}
    >
      <p className="ground-soft">{t("flightChecks.hint")}</p>
      {isCut ? <Alert type="warning" showIcon title={t("flightChecks.cut")} /> : null}
      {mayAnswer && shown !== null ? (
        <p className="ground-soft">
          {t("flightChecks.foundHint", { file, seconds: (shown.offsetMs / 1000).toFixed(1) })}
        </p>
      ) : null}
      <Collapse
        size="small"
        ghost
        defaultActiveKey={lists
          .filter((list) => list.checks.some(({ flagIds }) => flagIds.length > 0))
          .map(({ id }) => id)}
        items={lists.map((list) => ({
          key: list.id,
          label: t("flightChecks.list", {
            name: pick(list.name),
            answered: list.checks.filter(({ answer }) => answer !== null).length,
            total: list.checks.length,
          }),
          children: (
            <ul className="ground-checklist">
              {list.checks.map((check) => (
                <CheckRow
                  key={check.id}
                  ground={ground}
                  listId={list.id}
                  check={check}
                  shown={shown}
                  view={checks.data}
                  onShow={onShow}
                />
              ))}
            </ul>
          ),
        }))}
      />
    </Panel>
  );
}

interface CheckRowProps extends FlightChecksProps {
  readonly listId: string;
  readonly check: Check;
  readonly view: FlightChecksView;
}

function CheckRow({ ground, listId, check, shown, view, onShow }: CheckRowProps) {
  const { t, pick } = useText();
  const send = useAnswerCheck(ground.id);
  const [note, setNote] = useState("");
  const numbers = check.flagIds.map((flagId) => ground.flags.findIndex((flag) => flag.flagId === flagId) + 1);
  const known = numbers.filter((number) => number > 0);
  const { answer } = check;
  const name = pick(check.text);
  const options = checkAnswerCodes.map((code) => ({
    value: code,
    label: pick(checkAnswers[code]),
    disabled: code === "found" && shown === null,
  }));
  const say = (code: (typeof checkAnswerCodes)[number]) =>
    send.mutate(
      {
        listId,
        checkId: check.id,
        answer: code,
        frame: code === "found" && shown !== null ? { clipId: shown.clipId, offsetMs: shown.offsetMs } : null,
        note: note.trim() === "" ? null : note.trim(),
        answers: view.answers,
      },
      { onSuccess: () => setNote("") },
    );
  return (
    <li>
      <b>{name}</b>
      <span className="ground-soft">
        {known.length > 0
          ? t("flightChecks.flagged", { numbers: known.join(t("item.listComma")) })
          : t(check.hasRule ? "flightChecks.flaggedNone" : "flightChecks.byPerson")}
      </span>
      {send.isError ? <ErrorPanel error={send.error} /> : null}
      {view.mayAnswer ? (
        <div className="ground-answer">
          <Segmented
            size="small"
            aria-label={t("flightChecks.answerOf", { check: name })}
            value={answer?.answer ?? ""}
            onChange={(code) => say(code as (typeof checkAnswerCodes)[number])}
            options={options}
            disabled={send.isPending}
          />
          <Input
            size="small"
            maxLength={300}
            value={note}
            placeholder={t("flightChecks.note")}
            aria-label={t("flightChecks.noteOf", { check: name })}
            onChange={(event) => setNote(event.target.value)}
          />
        </div>
      ) : answer === null ? null : (
        <span>{pick(checkAnswers[answer.answer])}</span>
      )}
      {answer === null ? null : <Said ground={ground} answer={answer} onShow={onShow} />}
    </li>
  );
}

interface SaidProps extends Pick<FlightChecksProps, "ground" | "onShow"> {
  readonly answer: NonNullable<Check["answer"]>;
}

/** Who said it when, with which words, of which picture. */
function Said({ ground, answer, onShow }: SaidProps) {
  const { t } = useText();
  const { frame, note, by, at } = answer;
  return (
    <span className="ground-soft">
      {t("flightChecks.said", { name: by, time: formatInstant(at, ground.timezone) })}
      {note === null ? null : ` · ${note}`}
      {frame === null ? null : (
        <>
          {" · "}
          <Button type="link" size="small" title={t("flightChecks.showFrame")} onClick={() => onShow(frame)}>
            {t("flightChecks.frame", { seconds: (frame.offsetMs / 1000).toFixed(1) })}
          </Button>
        </>
      )}
    </span>
  );
}

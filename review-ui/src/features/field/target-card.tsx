import type { FieldTarget } from "@mingcha/models/http";
import { Button } from "antd";
import { Link } from "react-router";
import { mayOpen } from "../../app/navigation.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { formatInstant, formatSpan } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

const marks = { for: "✓", against: "✕", open: "?" } as const;
const tones: Record<FieldTarget["state"], BadgeTone> = {
  proposed: "info",
  linked: "good",
  rejected: "plain",
  lapsed: "plain",
};

interface TargetCardProps {
  readonly target: FieldTarget;
  /** Its number on the map. */
  readonly nth: number;
  readonly timezone: string;
  readonly mayLink: boolean;
  readonly mayReject: boolean;
  readonly isBusy: boolean;
  readonly hasKey: boolean;
  readonly onLink: () => void;
  readonly onReject: () => void;
}

/** One thing a recording may belong to, with every fact for and against it. */
export function TargetCard({ target, nth, timezone, hasKey, ...props }: TargetCardProps) {
  const { t, pick, chinese } = useText();
  const { duties } = usePerson();
  const { state, certainty } = target;
  return (
    <article className={`field-target field-target-${state}`}>
      <h3>
        <span className="field-number" aria-hidden>
          {nth}
        </span>
        {pick(target.title)}
      </h3>
      <p className="field-target-head">
        <Badge tone={tones[state]}>{t(`field.targetState.${state}`)}</Badge>
        {certainty !== null && state === "proposed" ? (
          <Badge tone={certainty === "certain" ? "good" : "warn"}>{t(`field.${certainty}`)}</Badge>
        ) : null}
        <span>{target.place}</span>
        {target.from === null ? null : (
          <span>
            {target.to === null ? formatInstant(target.from, timezone) : formatSpan(target.from, target.to, timezone)}
          </span>
        )}
        {target.officers.length === 0 ? null : <span>{target.officers.join(chinese ? "、" : ", ")}</span>}
      </p>
      <ul className="field-reasons">
        {target.reasons.map((reason) => (
          <li key={reason.en} className={`field-reason-${reason.says}`}>
            <span role="img" aria-label={t(`field.says.${reason.says}`)}>
              {marks[reason.says]}
            </span>
            {pick(reason)}
          </li>
        ))}
        {target.rivals.length === 0 ? null : (
          <li className="field-reason-against">
            <span role="img" aria-label={t("field.says.against")}>
              {marks.against}
            </span>
            {t("field.rivals", { places: target.rivals.join(chinese ? "、" : ", ") })}
          </li>
        )}
      </ul>
      {target.barred === null ? null : <p className="field-hint">{pick(target.barred)}</p>}
      <p className="field-actions">
        {props.mayLink ? (
          <Button type="primary" loading={props.isBusy} onClick={props.onLink}>
            {t(hasKey ? "field.confirmKey" : "field.confirm")}
          </Button>
        ) : null}
        {props.mayReject && (state === "proposed" || state === "linked") ? (
          <Button disabled={props.isBusy} onClick={props.onReject}>
            {t(state === "linked" ? "field.undo" : "field.reject")}
          </Button>
        ) : null}
        {target.clueId === null ? null : <Link to={`/clues/${target.clueId}`}>{t("field.openClue")}</Link>}
        {target.caseId === null || !mayOpen("cases", duties) ? null : (
          <Link to={`/cases/${target.caseId}`}>{t("field.openCase")}</Link>
        )}
      </p>
    </article>
  );
}

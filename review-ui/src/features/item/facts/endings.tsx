import { clueStates, reasonText } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { Badge } from "../../../components/badges.tsx";
import { Fact, Facts, Panel } from "../../../components/page.tsx";
import { formatInstant } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";

/** Whether the pictures have a lawful purpose (guard G-10), and what is lacking. */
export function Purpose({ clue: { purposeLacks } }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  if (purposeLacks.length === 0) return <Badge tone="good">{t("endings.purposeGood")}</Badge>;
  return (
    <ul className="purpose-lacks">
      {purposeLacks.map((lack) => (
        <li key={lack.en}>
          <Badge tone="bad">{t("endings.purposeLacks")}</Badge> {pick(lack)}
        </li>
      ))}
    </ul>
  );
}

/** By when a record that is not this authority's goes on, or where it went. */
export function Transfer({ clue }: { clue: ClueDetail }) {
  const { t, pick } = useText();
  const { dueOn, done } = clue.transfer;
  if (done === null && !clueStates[clue.state].open) return null;
  const late = done === null ? isPast(dueOn) : !done.inTime;
  return (
    <Panel title={t("endings.transferTitle")}>
      <Facts>
        {done === null ? null : (
          <Fact label={t("endings.transferred", { authority: done.authority })}>
            {pick(reasonText(done.reasonCode) ?? { zh: done.reasonCode, en: done.reasonCode })} ·{" "}
            {t("endings.transferredBy", { name: done.by, time: formatInstant(done.at, clue.timezone) })}
          </Fact>
        )}
        <Fact label={t("endings.transferDue")}>
          {dueOn} {late ? <Badge tone="bad">{t("endings.late")}</Badge> : null}
        </Fact>
      </Facts>
    </Panel>
  );
}

const isPast = (day: string): boolean => Date.parse(`${day}T15:59:59Z`) < Date.now();

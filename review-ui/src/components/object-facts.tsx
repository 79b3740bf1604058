import type { ObjectFactView, ObjectItem } from "@mingcha/models/http";
import { isMuckKind, objectColumns, plateColours } from "@mingcha/models/objects";
import { findPersonStarted, findViolation } from "@mingcha/models/violations";
import type { ReactNode } from "react";
import { useText } from "../lib/use-text.ts";
import { weekdaysOf } from "../lib/weekday-text.ts";
import { Copyable } from "./copyable.tsx";
import { Fact, Facts } from "./page.tsx";

/**
 * What the register says of an object; what it does not know is said. `short` is for a card that has its name above: only what is known, but
 * for pledges, where none is a fact as well.
 */
export function ObjectFacts({ object, short = false }: { object: ObjectItem; short?: boolean }) {
  const { t, pick } = useText();
  const { fact } = object;
  const titleOf = (field: string) =>
    pick(objectColumns[object.kind].find((column) => column.field === field)?.title ?? { zh: field, en: field });
  const blank = <span className="object-blank">{t("objects.unknown")}</span>;
  const row = (field: keyof ObjectFactView, value: ReactNode) =>
    short && value === null ? null : (
      <Fact key={field} label={titleOf(field)}>
        {value ?? blank}
      </Fact>
    );
  const telephone =
    fact.telephone ?? (fact.hasTelephone ? <span className="object-soft">{t("objects.phoneHidden")}</span> : null);
  const pledges = (
    <Fact key="pledges" label={t("objects.pledges")}>
      {fact.pledges.length === 0 ? (
        <span className="object-soft">{t("objects.noPledges")}</span>
      ) : (
        <ul className="object-pledges">
          {fact.pledges.map((pledge) => (
            <li key={`${pledge.signedOn}${pledge.reference}`}>
              {pledge.signedOn} {pledge.reference}
            </li>
          ))}
        </ul>
      )}
    </Fact>
  );
  if (isMuckKind(object.kind))
    return (
      <Facts>
        {objectColumns[object.kind].map(({ field, title }) => (
          <Fact key={field} label={pick(title)}>
            {field === "route" && fact.cells.route ? (
              <code className="object-route">{fact.cells.route}</code>
            ) : (
              fact.cells[field] || blank
            )}
          </Fact>
        ))}
      </Facts>
    );
  if (object.kind === "shop")
    return (
      <Facts>
        {short ? null : row("name", fact.name)}
        {row("place", fact.place)}
        {row("creditCode", fact.creditCode === null ? null : <Copyable value={fact.creditCode} />)}
        {row("operator", fact.operator)}
        {row("telephone", telephone)}
        {row("address", fact.address)}
        {pledges}
        {row("note", fact.note)}
      </Facts>
    );
  if (object.kind === "vehicle")
    return (
      <Facts>
        {short ? null : row("plate", fact.plate === null ? null : <Copyable value={fact.plate} />)}
        {row("plateColour", fact.plateColour === null ? null : <PlateColour code={fact.plateColour} />)}
        {row("carrier", fact.carrier)}
        {row("permitNo", fact.permitNo)}
        {short ? null : row("terminalNo", fact.terminalNo)}
        {row("telephone", telephone)}
        {pledges}
        {row("note", fact.note)}
      </Facts>
    );
  return (
    <Facts>
      {row("reference", fact.reference)}
      {row("place", fact.place)}
      {row("violations", <Matters codes={fact.violations} />)}
      <Fact label={t("objects.validity")}>
        {fact.validFrom} – {fact.validTo}
      </Fact>
      <Fact label={t("objects.hours")}>
        <PermitHours fact={fact} />
      </Fact>
      {row("note", fact.note)}
    </Facts>
  );
}

function PlateColour({ code }: { code: string }) {
  const { pick } = useText();
  return <>{code in plateColours ? pick(plateColours[code as keyof typeof plateColours]) : code}</>;
}

/** What is permitted, by name. */
export function Matters({ codes }: { codes: readonly string[] }) {
  const { pick, chinese } = useText();
  return (
    <>
      {codes
        .map((code) => pick((findViolation(code) ?? findPersonStarted(code))?.title ?? { zh: code, en: code }))
        .join(chinese ? "；" : "; ")}
    </>
  );
}

/** "周一、周二 17:00–22:00" */
export function PermitHours({ fact }: { fact: Pick<ObjectFactView, "days" | "from" | "to"> }) {
  const { t, chinese } = useText();
  const named = weekdaysOf(fact.days ?? "1-7");
  const days =
    named === undefined
      ? t("objects.everyDay")
      : named.map((day) => t(`objects.weekday.${day}`)).join(chinese ? "、" : ", ");
  return (
    <>
      {days} {fact.from}–{fact.to}
    </>
  );
}

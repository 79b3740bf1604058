import type { AboutAt } from "@mingcha/models/http";
import { type Bilingual, useText } from "../../lib/use-text.ts";

/** Where a patrol car was: "about at" with its error and what else it may be, or why that is not known. A proposal, never the stated place. */
export function AboutAtText({ about, why }: { about: AboutAt | null; why: Bilingual | null }) {
  const { t, pick, chinese } = useText();
  if (about === null) return why === null ? null : <span className="field-about">{pick(why)}</span>;
  const { nearest, candidates, isAmbiguous, isTooUnsure } = about;
  const others = candidates.filter(({ id, kind }) => kind === nearest?.kind && id !== nearest.id);
  return (
    <span className="field-about">
      <b>
        {nearest === null
          ? t(isTooUnsure ? "field.aboutAtTooUnsure" : "field.aboutAtNowhere", { error: about.errorM })
          : t("field.aboutAtText", { name: nearest.name, error: about.errorM })}
      </b>
      <br />
      {candidates
        .map(({ name, distanceM }) => t("field.aboutAtDistance", { name, distance: distanceM }))
        .join(chinese ? "；" : "; ")}
      {isAmbiguous ? (
        <>
          <br />
          {t("field.aboutAtAmbiguous", { names: others.map(({ name }) => name).join(chinese ? "、" : ", ") })}
        </>
      ) : null}
      <br />
      <small>{t("field.aboutAtParts", { fix: about.fixM, clock: about.clockM, between: about.betweenM })}</small>
    </span>
  );
}

import type { ClueDetail } from "@mingcha/models/http";
import { useLookPlace } from "../../../api/field.ts";
import { AboutAtText } from "../../../components/field/about-at.tsx";
import { Fact } from "../../../components/page.tsx";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { useText } from "../../../lib/use-text.ts";

/** Where a patrol car was at the record's picture, beside the stated place; nothing for another kind of source. */
export function LookPlace({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const found = useLookPlace(clue.id, clue.sourceKind === "patrol");
  const place = found.data?.place ?? null;
  if (place === null) return null;
  return (
    <Fact label={t("field.aboutAt")}>
      <AboutAtText about={place.about} why={place.why} />
      {place.others.length === 0 ? null : (
        <>
          <br />
          <small>{t("field.aboutAtOthers")}</small>
          <ul className="look-moments">
            {place.others.map((other) => (
              <li key={`${other.clipId} ${other.offsetMs}`}>
                {formatInstantExact(other.capturedAt, clue.timezone)}
                <br />
                <AboutAtText about={other.about} why={null} />
              </li>
            ))}
          </ul>
        </>
      )}
      <br />
      <small>{t("field.aboutAtHint")}</small>
    </Fact>
  );
}

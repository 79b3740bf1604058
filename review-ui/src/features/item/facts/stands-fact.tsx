import type { ClueDetail } from "@mingcha/models/http";
import { type ObjectKind, objectKinds } from "@mingcha/models/objects";
import { Copyable } from "../../../components/copyable.tsx";
import { Fact } from "../../../components/page.tsx";
import { StoredPlace } from "../../../components/stored-place.tsx";
import { useText } from "../../../lib/use-text.ts";

type Stands = NonNullable<ClueDetail["stands"]>;

/** Where the flagged thing of a drone's picture stands on the ground, how surely, and what the bureau has on record there. */
export function StandsFact({ stands, timezone }: { stands: Stands | null; timezone: string }) {
  const { t, pick } = useText();
  if (stands === null) return null;
  const { place, height, refused, warnings, stored } = stands;
  const kept = stored === null ? null : <StoredPlace stored={stored} timezone={timezone} />;
  if (place === null)
    return (
      <Fact label={t("stands.title")}>
        {t("stands.refused", { reason: refused === null ? t("item.unknown") : pick(refused) })}
        <small className="fact-small stands-said">{kept}</small>
      </Fact>
    );
  const radius = place.ellipse.radius95M.toFixed(1);
  const [longitude, latitude] = place.at;
  return (
    <>
      <Fact label={t("stands.title")}>
        <Copyable value={`${longitude.toFixed(6)}, ${latitude.toFixed(6)}`} />
        <small className="fact-small stands-said">
          {height === null
            ? t("stands.withinUnknown", { radius })
            : t(height.from === "take_off" ? "stands.withinTakeOff" : "stands.within", {
                radius,
                height: height.metres.toFixed(1),
                from: t(`stands.${height.from}`),
              })}
          {kept}
          {warnings.map((warning) => (
            <span key={warning.en} className="stands-warning">
              {pick(warning)}
            </span>
          ))}
          {t("stands.caution")}
        </small>
      </Fact>
      <Fact label={t("stands.near")}>
        <Near stands={stands} />
      </Fact>
    </>
  );
}

function Near({ stands: { near, isAmbiguous, isTooUnsure } }: { stands: Stands }) {
  const { t, pick } = useText();
  const kindText = (kind: string): string =>
    kind === "street" ? t("stands.street") : kind in objectKinds ? pick(objectKinds[kind as ObjectKind]) : kind;
  if (isTooUnsure) return t("stands.tooUnsure");
  if (near.length === 0) return t("stands.nobody");
  return (
    <>
      <ul className="stands-near">
        {near.map((one) => (
          <li key={`${one.kind}/${one.id}`} className={one.isWithinError ? "" : "stands-beyond"}>
            {t("stands.nearOne", { name: one.name, kind: kindText(one.kind), distance: one.distanceM })}
            {one.isWithinError ? null : <small> {t("stands.beyondError")}</small>}
          </li>
        ))}
      </ul>
      {isAmbiguous ? <small className="stands-warning">{t("stands.ambiguous")}</small> : null}
    </>
  );
}

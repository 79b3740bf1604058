import type { TruckLead, TruckRegister } from "@mingcha/models/http";
import { tripRules } from "@mingcha/models/trips";
import { useText } from "../../lib/use-text.ts";
import type { MapLine } from "./map-overlay.ts";
import type { MapMark } from "./map-view.tsx";
import "./truck-places.css";

/** Layers of muck transport 项目地图、问题地图、运输路线, in the order of their switches. */
export const truckLayers = ["projects", "problems", "routes"] as const;
export type TruckLayer = (typeof truckLayers)[number];

/** Sites and tipping sites where they lie. */
export function placeMarks(register: Pick<TruckRegister, "sites" | "tippings"> | undefined): MapMark[] {
  const marksOf = (kind: "site" | "tipping", places: TruckRegister["sites"]): MapMark[] =>
    places.map(({ id, name, longitude, latitude }) => ({
      id: `${kind} ${id}`,
      longitude,
      latitude,
      node: <PlaceMark kind={kind} name={name} />,
    }));
  return register === undefined ? [] : [...marksOf("site", register.sites), ...marksOf("tipping", register.tippings)];
}

/** New findings where they belong, those at one place as one mark. */
export function problemMarks(leads: readonly TruckLead[]): MapMark[] {
  const groups = new Map<string, TruckLead[]>();
  for (const lead of leads) {
    if (lead.longitude === null || lead.latitude === null) continue;
    const key = `${lead.longitude.toFixed(4)},${lead.latitude.toFixed(4)}`;
    groups.set(key, [...(groups.get(key) ?? []), lead]);
  }
  return [...groups].map(([key, group]) => ({
    id: `problem ${key}`,
    longitude: group[0]?.longitude ?? 0,
    latitude: group[0]?.latitude ?? 0,
    node: <ProblemMark leads={group} />,
  }));
}

/** Approved routes with their corridors. */
export const routeLines = (
  permits: readonly Pick<TruckRegister["permits"][number], "route" | "corridorM">[],
): MapLine[] =>
  permits.flatMap(({ route, corridorM }): MapLine[] =>
    route === null
      ? []
      : [
          ...(corridorM === null ? [] : [{ kind: "corridor" as const, lines: route, widthM: corridorM }]),
          { kind: "route", lines: route },
        ],
  );

export function PlaceMark({ kind, name }: { kind: "site" | "tipping"; name: string }) {
  const { t } = useText();
  const title = t(`trucks.mark.${kind}`, { name });
  return (
    <span className={`truck-place truck-place-${kind}`} role="img" aria-label={title} title={title}>
      <i />
    </span>
  );
}

function ProblemMark({ leads }: { leads: readonly TruckLead[] }) {
  const { t, pick, chinese } = useText();
  const rules = [...new Set(leads.map(({ rule }) => pick(tripRules[rule])))];
  const title = t("trucks.mark.problem", { total: leads.length, rules: rules.join(chinese ? "、" : ", ") });
  return (
    <span className="truck-problem" role="img" aria-label={title} title={title}>
      {leads.length}
    </span>
  );
}

/** Switches of the layers, which are their legend as well. */
export function TruckLayerSwitches({
  shown,
  onToggle,
}: {
  shown: ReadonlySet<TruckLayer>;
  onToggle: (layer: TruckLayer) => void;
}) {
  const { t } = useText();
  return (
    <fieldset className="truck-layers" aria-label={t("trucks.layers.title")}>
      {truckLayers.map((layer) => (
        <button key={layer} type="button" aria-pressed={shown.has(layer)} onClick={() => onToggle(layer)}>
          <span className="truck-layer-signs" aria-hidden="true">
            {layer === "projects" ? (
              <>
                <span className="truck-place truck-place-site">
                  <i />
                </span>
                <span className="truck-place truck-place-tipping">
                  <i />
                </span>
              </>
            ) : null}
            {layer === "problems" ? <span className="truck-problem">!</span> : null}
            {layer === "routes" ? <span className="truck-route-sign" /> : null}
          </span>
          {t(`trucks.layers.${layer}`)}
        </button>
      ))}
    </fieldset>
  );
}

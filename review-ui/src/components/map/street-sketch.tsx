import { toGcj02 } from "@mingcha/models/geo";
import { useMemo } from "react";
import { useMapBase } from "../../api/map.ts";
import { useText } from "../../lib/use-text.ts";
import { Copyable } from "../copyable.tsx";
import { sketchStreets } from "./sketch-streets.ts";
import "./street-sketch.css";

const widthPx = 420;
const heightPx = 210;
const acrossM = 520;

/** Where a source stands, on the bureau's street lines: a drawing, light enough to stand on every record. North is up. */
export function StreetSketch({ longitude, latitude, name }: { longitude: number; latitude: number; name: string }) {
  const { t } = useText();
  const base = useMapBase();
  const streets = base.data?.streets ?? null;
  const drawn = useMemo(
    () => (streets === null ? [] : sketchStreets(streets, { longitude, latitude }, { widthPx, heightPx, acrossM })),
    [streets, longitude, latitude],
  );
  const shifted = toGcj02({ longitude, latitude });
  return (
    <div className="sketch">
      {drawn.length === 0 ? null : (
        <figure>
          <svg viewBox={`0 0 ${widthPx} ${heightPx}`} role="img" aria-label={t("map.sketch", { name })}>
            {drawn.map((street) => (
              <path key={street.id} className={`sketch-${street.class}`} d={street.path} />
            ))}
            {drawn.map((street) =>
              street.label === null ? null : (
                <text
                  key={street.id}
                  transform={`translate(${street.label.x} ${street.label.y}) rotate(${street.label.angleDeg})`}
                >
                  {street.label.text}
                </text>
              ),
            )}
            <circle className="sketch-halo" cx={widthPx / 2} cy={heightPx / 2} r="11" />
            <circle className="sketch-dot" cx={widthPx / 2} cy={heightPx / 2} r="6" />
          </svg>
          {base.data?.isFictional ? <figcaption>{t("map.fictional")}</figcaption> : null}
        </figure>
      )}
      <div className="sketch-copy" title={t("map.gcjHint")}>
        <span>{t("map.gcj")}</span>
        <Copyable value={`${shifted.longitude.toFixed(6)}, ${shifted.latitude.toFixed(6)}`} />
      </div>
    </div>
  );
}

import { Fact, Facts } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";

const fields = [
  { key: "heightM", unit: " m", digits: 1 },
  { key: "pitchDeg", unit: "°", digits: 1 },
  { key: "yawDeg", unit: "°", digits: 1 },
  { key: "rollDeg", unit: "°", digits: 1 },
  { key: "longitude", unit: "°", digits: 6 },
  { key: "latitude", unit: "°", digits: 6 },
] as const;

/** Where the drone was and how its camera hung at the look that is shown. */
export function PoseFacts({ pose }: { pose: Readonly<Record<string, number | null>> }) {
  const { t } = useText();
  return (
    <Facts>
      {fields.map(({ key, unit, digits }) => {
        const value = pose[key];
        return (
          <Fact key={key} label={t(`pose.${key}`)}>
            {value === null || value === undefined ? t("item.unknown") : `${value.toFixed(digits)}${unit}`}
          </Fact>
        );
      })}
    </Facts>
  );
}

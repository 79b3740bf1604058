import type { TripCheck } from "@mingcha/models/http";
import { useText } from "../../lib/use-text.ts";

/** By how much a finding is beyond its threshold, for a glance; the words say what was compared. */
export function Margin({ check: { margin, unit } }: { check: TripCheck }) {
  const { t } = useText();
  if (margin === null || unit === null) return null;
  return <span className="trucks-margin">{t(`trucks.margin.${unit}`, { margin })}</span>;
}

import { type MapFlags, mapCountMax } from "@mingcha/models/http";
import { useText } from "../../lib/use-text.ts";

/** That of some drones the newest flags alone are on the map, and of which. */
export function CutNote({ cut }: { cut: MapFlags["placed"]["cut"] }) {
  const { t } = useText();
  const names = cut.map(({ sourceName }) => sourceName).join(t("item.listComma"));
  return (
    <span className="placed-cut" title={t("placed.cutHint", { names })}>
      {t("placed.cut", { most: mapCountMax, drones: cut.length })}
    </span>
  );
}

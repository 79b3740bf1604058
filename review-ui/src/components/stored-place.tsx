import type { Stands } from "@mingcha/models/http";
import { formatInstant, formatMinute } from "../lib/format-time.ts";
import { useText } from "../lib/use-text.ts";

interface StoredPlaceProps {
  readonly stored: NonNullable<Stands["stored"]>;
  readonly timezone: string;
}

/** That a place is the one stored before its recording was deleted, when and by which method it was computed. */
export function StoredPlace({ stored: { computedAt, method, deletedAt }, timezone }: StoredPlaceProps) {
  const { t } = useText();
  return (
    <span>
      {t("stands.stored", {
        computed: formatMinute(computedAt, timezone),
        method,
        deleted: formatInstant(deletedAt, timezone).slice(0, 10),
      })}
    </span>
  );
}

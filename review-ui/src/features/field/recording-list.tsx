import { fieldTargetKinds } from "@mingcha/models/field";
import type { FieldItem } from "@mingcha/models/http";
import { Badge } from "../../components/badges.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

/** Recordings one below the other: device, time, carrier, and what each may belong to. */
export function RecordingList({
  items,
  chosen,
  onChoose,
}: {
  items: readonly FieldItem[];
  chosen: string | null;
  onChoose: (clipId: string) => void;
}) {
  const { t, pick, duration } = useText();
  return (
    <ul>
      {items.map((item) => (
        <li key={item.clipId}>
          <button
            type="button"
            className="field-item"
            aria-current={item.clipId === chosen}
            onClick={() => onChoose(item.clipId)}
          >
            <b>{item.sourceName}</b>
            <span>
              {formatInstant(item.startedAt, item.timezone).slice(0, 16)} · {duration(item.durationMs / 1_000)}
            </span>
            <span>{item.carriers.length === 0 ? t("field.noCarrier") : item.carriers.join("、")}</span>
            {item.first === null ? null : (
              <span className="field-first">
                {item.first.certainty === null ? null : (
                  <Badge tone={item.first.certainty === "certain" ? "good" : "warn"}>
                    {t(`field.${item.first.certainty}`)}
                  </Badge>
                )}{" "}
                {pick(fieldTargetKinds[item.first.kind])} · {item.first.place}
                {item.targets > 1 ? ` · ${t("field.more", { count: item.targets - 1 })}` : ""}
              </span>
            )}
            {item.isGone ? <Badge>{t("field.gone")}</Badge> : null}
          </button>
        </li>
      ))}
    </ul>
  );
}

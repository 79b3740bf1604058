import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useText } from "../../lib/use-text.ts";

interface PeriodPickerProps {
  readonly from: string;
  readonly to: string;
  readonly onChange: (period: { from: string; to: string }) => void;
}

/** First and last day of the period. Choosing one beyond the other moves both. */
export function PeriodPicker({ from, to, onChange }: PeriodPickerProps) {
  const { t } = useText();
  const presets = [7, 30, 90, 366].map((days) => ({
    label: t("statistics.lastDays", { days }),
    value: dayjs(to).subtract(days - 1, "day"),
  }));
  return (
    <span className="period">
      <DatePicker
        aria-label={t("statistics.from")}
        allowClear={false}
        value={dayjs(from)}
        presets={presets}
        onChange={(day) => {
          const chosen = day?.format("YYYY-MM-DD") ?? from;
          onChange({ from: chosen, to: chosen > to ? chosen : to });
        }}
      />
      <span aria-hidden="true">–</span>
      <DatePicker
        aria-label={t("statistics.to")}
        allowClear={false}
        value={dayjs(to)}
        onChange={(day) => {
          const chosen = day?.format("YYYY-MM-DD") ?? to;
          onChange({ from: chosen < from ? chosen : from, to: chosen });
        }}
      />
    </span>
  );
}

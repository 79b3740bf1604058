import type { ClueDetail } from "@mingcha/models/http";
import { Button, Input, Radio, Select } from "antd";
import { formatInstantExact } from "../../../lib/format-time.ts";
import { type Bilingual, useText } from "../../../lib/use-text.ts";

type Correctable = Pick<ClueDetail["correctable"][number], "field" | "values" | "valueText">;

/** More choices than this are searched, fewer stand there. */
const shownChoices = 4;

/** A value the way a person reads it: instants in the zone of the source, codes by their titles. */
export function valueInWords(
  item: Correctable,
  value: string,
  timezone: string,
  pick: (text: Bilingual) => string,
): string {
  if (item.field === "from" || item.field === "to") return formatInstantExact(value, timezone);
  const known = item.values?.find((choice) => choice.value === value);
  return known === undefined ? value : pick(known.text);
}

interface CorrectionValueProps {
  readonly clue: Pick<ClueDetail, "looks" | "looksSpan" | "timezone">;
  readonly item: Correctable;
  readonly value: string;
  readonly cursorMs: number | undefined;
  readonly onChange: (value: string) => void;
}

/** The input that fits a fact: a choice, one of the moments that were looked at, or words. */
export function CorrectionValue({ clue, item, value, cursorMs, onChange }: CorrectionValueProps) {
  const { t, pick } = useText();
  if (item.field === "from" || item.field === "to")
    return <InstantValue clue={clue} value={value} cursorMs={cursorMs} onChange={onChange} />;
  if (item.values === null)
    return (
      <Input
        autoFocus
        maxLength={200}
        value={value}
        aria-label={t("corrections.value")}
        placeholder={t("corrections.value")}
        onFocus={(event) => event.target.select()}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  const options = item.values.map((choice) => ({ value: choice.value, label: pick(choice.text) }));
  return options.length <= shownChoices ? (
    <Radio.Group
      optionType="button"
      aria-label={t("corrections.value")}
      value={value}
      options={options}
      onChange={(event) => onChange(event.target.value)}
    />
  ) : (
    <Select
      autoFocus
      showSearch={{ optionFilterProp: "label" }}
      aria-label={t("corrections.value")}
      placeholder={t("corrections.value")}
      value={value === "" ? null : value}
      options={options}
      onChange={onChange}
    />
  );
}

/** Beginning and end of an act are moments that were looked at: nothing is known in between. */
function InstantValue({ clue, value, cursorMs, onChange }: Omit<CorrectionValueProps, "item">) {
  const { t } = useText();
  const span = clue.looksSpan;
  const moments = clue.looks
    .filter((look) => look.status === "seen")
    .map((look) => Date.parse(look.capturedAt))
    .filter((at) => span !== null && at >= Date.parse(span.from) && at <= Date.parse(span.to));
  const nearest =
    cursorMs === undefined
      ? undefined
      : moments.reduce<number | undefined>(
          (best, at) => (best === undefined || Math.abs(at - cursorMs) < Math.abs(best - cursorMs) ? at : best),
          undefined,
        );
  return (
    <div className="correction-instant">
      <Select
        autoFocus
        aria-label={t("corrections.instant")}
        placeholder={t("corrections.instant")}
        value={value === "" ? null : value}
        options={[...new Set(moments)].map((at) => ({
          value: new Date(at).toISOString(),
          label: formatInstantExact(at, clue.timezone),
        }))}
        onChange={onChange}
      />
      <Button
        disabled={nearest === undefined}
        onClick={() => nearest !== undefined && onChange(new Date(nearest).toISOString())}
      >
        {t("corrections.atPicture")}
      </Button>
    </div>
  );
}

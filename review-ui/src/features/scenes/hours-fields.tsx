import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { type HolidayChoice, holidayChoices } from "@mingcha/models/scene";
import { Button, Input, Select, TimePicker } from "antd";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import { useText } from "../../lib/use-text.ts";
import type { DraftRule } from "./draft.ts";
import { daysOf, daysText } from "./weekdays.ts";

dayjs.extend(customParseFormat);

type Window = { days?: string | undefined; holidays?: HolidayChoice; from: string; to: string };
type Rest = NonNullable<DraftRule["unless"]>[number];

const clock = "HH:mm";
/** Monday first, as ISO 8601 counts. */
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
const usual: Window = { days: "1-7", from: "07:00", to: "22:00" };

interface HoursFieldsProps {
  readonly id: string;
  readonly rule: DraftRule;
  readonly onChange: (change: { active?: DraftRule["active"]; unless?: Rest[] | undefined }) => void;
}

/** When a rule holds, and when it rests although it would hold (a night market). Permits are kept and counted. */
export function HoursFields({ id, rule, onChange }: HoursFieldsProps) {
  const { t } = useText();
  const active: Window[] = rule.active === undefined ? [] : Array.isArray(rule.active) ? rule.active : [rule.active];
  const unless = rule.unless ?? [];
  const setActive = (windows: Window[]) => {
    const [only] = windows;
    onChange({ active: (windows.length > 1 ? windows : only) as DraftRule["active"] });
  };
  const setUnless = (rests: Rest[]) => onChange({ unless: rests.length === 0 ? undefined : rests });
  return (
    <div className="scene-hours">
      <span className="scene-hours-title">{t("scenes.active")}</span>
      {active.length === 0 ? <span className="scene-hint">{t("scenes.always")}</span> : null}
      {active.map((window, nth) => (
        <WindowRow
          // biome-ignore lint/suspicious/noArrayIndexKey: windows have no names
          key={nth}
          id={`${id}-active-${nth}`}
          window={window}
          onChange={(next) => setActive(active.map((one, other) => (other === nth ? next : one)))}
          onRemove={() => setActive(active.filter((_, other) => other !== nth))}
        />
      ))}
      <Button type="link" size="small" icon={<PlusOutlined />} onClick={() => setActive([...active, usual])}>
        {t("scenes.addHours")}
      </Button>
      <span className="scene-hours-title">{t("scenes.unless")}</span>
      {unless.map((rest, nth) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rests have no names
        <div key={nth}>
          <Input
            size="small"
            aria-label={t("scenes.restNote")}
            placeholder={t("scenes.restNote")}
            value={rest.note}
            onChange={(event) =>
              setUnless(unless.map((one, other) => (other === nth ? { ...one, note: event.target.value } : one)))
            }
          />
          <WindowRow
            id={`${id}-unless-${nth}`}
            window={rest as Window}
            onChange={(next) =>
              setUnless(unless.map((one, other) => (other === nth ? ({ ...one, ...next } as Rest) : one)))
            }
            onRemove={() => setUnless(unless.filter((_, other) => other !== nth))}
          />
        </div>
      ))}
      <Button
        type="link"
        size="small"
        icon={<PlusOutlined />}
        onClick={() =>
          setUnless([...unless, { ...usual, from: "18:00", to: "22:00", note: t("scenes.nightMarket") } as Rest])
        }
      >
        {t("scenes.addRest")}
      </Button>
      {rule.permits === undefined ? null : (
        <span className="scene-hint">{t("scenes.permits", { total: rule.permits.length })}</span>
      )}
    </div>
  );
}

interface WindowRowProps {
  readonly id: string;
  readonly window: Window;
  readonly onChange: (window: Window) => void;
  readonly onRemove: () => void;
}

function WindowRow({ id, window, onChange, onRemove }: WindowRowProps) {
  const { t } = useText();
  return (
    <div className="scene-window">
      <Select
        size="small"
        mode="multiple"
        maxTagCount={0}
        maxTagPlaceholder={(chosen) =>
          chosen.length === 7 ? t("scenes.everyDay") : chosen.map(({ label }) => label).join(" ")
        }
        aria-label={t("scenes.days")}
        value={daysOf(window.days ?? "1-7")}
        onChange={(days: number[]) => days.length > 0 && onChange({ ...window, days: daysText(days) })}
        options={weekdays.map((day, nth) => ({ value: nth + 1, label: t(`scenes.weekday.${day}`) }))}
      />
      <TimePicker.RangePicker
        id={{ start: `${id}-from`, end: `${id}-to` }}
        size="small"
        format={clock}
        order={false}
        allowClear={false}
        value={[dayjs(window.from, clock), dayjs(window.to, clock)]}
        onChange={(range) => {
          const [from, to] = range ?? [];
          if (from && to) onChange({ ...window, from: from.format(clock), to: to.format(clock) });
        }}
      />
      <Select<HolidayChoice>
        size="small"
        aria-label={t("scenes.holidays")}
        value={window.holidays ?? "any"}
        onChange={(holidays) => {
          const { holidays: _, ...rest } = window;
          onChange(holidays === "any" ? rest : { ...rest, holidays });
        }}
        options={holidayChoices.map((choice) => ({ value: choice, label: t(`scenes.holiday.${choice}`) }))}
      />
      <Button
        type="text"
        size="small"
        icon={<DeleteOutlined />}
        aria-label={t("scenes.removeHours")}
        onClick={onRemove}
      />
    </div>
  );
}

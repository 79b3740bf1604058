import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { findViolation, violations } from "@mingcha/models/violations";
import { Button, InputNumber, Select } from "antd";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { addRule, changeRule, type DraftRule, removeRule } from "./draft.ts";
import { HoursFields } from "./hours-fields.tsx";
import type { Editor } from "./use-editor.ts";

/** How often the source is looked at, and what counts as a violation where. Empty fields take the violation's own value, shown in grey. */
export function RulesPanel({ editor }: { editor: Editor }) {
  const { t, pick } = useText();
  const { draft } = editor;
  const usable = draft.zones.filter(({ kind }) => kind !== "exempt" && kind !== "privacy");
  const add = (code: string) => {
    const kinds: readonly string[] = findViolation(code)?.zoneKinds ?? [];
    const fitting = usable.filter(({ kind }) => kinds.includes(kind));
    const zones = (fitting.length > 0 ? fitting : usable).slice(0, 1).map(({ id }) => id);
    editor.change(addRule(draft, code, zones));
  };
  return (
    <>
      <div className="scene-form">
        <label htmlFor="scene-cadence">{t("scenes.cadence")}</label>
        <InputNumber
          id="scene-cadence"
          size="small"
          min={0.04}
          max={3600}
          step={0.5}
          value={draft.lookEveryS ?? 2}
          suffix={t("scenes.seconds")}
          onChange={(lookEveryS) => lookEveryS !== null && editor.change({ ...draft, lookEveryS })}
        />
      </div>
      {draft.rules.map((rule, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rules have no names
        <RuleForm key={index} editor={editor} rule={rule} index={index} />
      ))}
      <Select
        size="small"
        className="scene-add"
        aria-label={t("scenes.addRule")}
        placeholder={
          <>
            <PlusOutlined /> {t(usable.length === 0 ? "scenes.zoneFirst" : "scenes.addRule")}
          </>
        }
        disabled={usable.length === 0}
        value={null}
        onChange={(code: string | null) => code !== null && add(code)}
        options={violations.map(({ code, title }) => ({ value: code, label: `${pick(title)} · ${code}` }))}
      />
    </>
  );
}

/** Numbers of a rule: field, unit, smallest, largest and step. */
const numbers = [
  ["dwellS", "seconds", 0, 604_800, 5],
  ["graceS", "seconds", 0, 86_400, 5],
  ["minScore", "share", 0, 1, 0.05],
  ["minScoreFromStart", "share", 0, 1, 0.05],
  ["minContact", "share", 0, 1, 0.05],
  ["minCount", "things", 1, 1_000, 1],
  ["beyondM", "metres", 0, 100, 0.1],
] as const;

function RuleForm({ editor, rule, index }: { editor: Editor; rule: DraftRule; index: number }) {
  const { t, pick } = useText();
  const { draft } = editor;
  const violation = findViolation(rule.violation);
  const set = (change: { [K in keyof DraftRule]?: DraftRule[K] | undefined }) =>
    editor.change(changeRule(draft, index, change));
  const own = violation as Partial<Record<(typeof numbers)[number][0], number>> | undefined;
  return (
    <Panel
      className="scene-rule"
      title={violation === undefined ? rule.violation : pick(violation.title)}
      extra={
        <Button
          type="text"
          size="small"
          icon={<DeleteOutlined />}
          aria-label={t("scenes.removeRule")}
          onClick={() => editor.change(removeRule(draft, index))}
        />
      }
    >
      <div className="scene-form">
        <label htmlFor={`rule-${index}-zones`}>{t("scenes.ruleZones")}</label>
        <Select
          id={`rule-${index}-zones`}
          size="small"
          mode="multiple"
          value={rule.zones}
          onChange={(zones) => set({ zones })}
          options={draft.zones
            .filter(({ kind }) => kind !== "exempt" && kind !== "privacy")
            .map(({ id, place }) => ({ value: id, label: place ?? id }))}
        />
        {numbers.map(([field, unit, min, max, step]) => (
          <FieldNumber
            key={field}
            id={`rule-${index}-${field}`}
            label={t(`scenes.field.${field}`)}
            unit={t(`scenes.unit.${unit}`)}
            range={{ min, max, step }}
            value={rule[field]}
            own={own?.[field]}
            onChange={(value) => set({ [field]: value })}
          />
        ))}
      </div>
      <HoursFields id={`rule-${index}`} rule={rule} onChange={set} />
    </Panel>
  );
}

function FieldNumber(props: {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly range: { min: number; max: number; step: number };
  readonly value: number | undefined;
  readonly own: number | undefined;
  readonly onChange: (value: number | undefined) => void;
}) {
  return (
    <>
      <label htmlFor={props.id}>{props.label}</label>
      <InputNumber
        id={props.id}
        size="small"
        {...props.range}
        value={props.value ?? null}
        placeholder={props.own === undefined ? "–" : String(props.own)}
        suffix={props.unit}
        onChange={(value) => props.onChange(value ?? undefined)}
      />
    </>
  );
}

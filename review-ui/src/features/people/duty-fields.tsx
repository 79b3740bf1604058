import { type Duty, duties, incompatibleDuties } from "@mingcha/models";
import { Checkbox } from "antd";
import { useDistricts } from "../../api/session.ts";
import { useText } from "../../lib/use-text.ts";
import { dutyOptions } from "./account-filter.ts";

interface DutyFieldsProps {
  readonly duties: readonly Duty[];
  readonly districts: readonly string[];
  readonly onDuties: (held: Duty[]) => void;
  readonly onDistricts: (ids: string[]) => void;
  readonly disabled?: boolean;
}

/** Duties and districts of an account. What may not go together cannot be ticked, and says with which. */
export function DutyFields({ duties: held, districts, onDuties, onDistricts, disabled = false }: DutyFieldsProps) {
  const { t, pick } = useText();
  const known = useDistricts();
  return (
    <>
      <fieldset className="people-choices">
        <legend>{t("people.duties")}</legend>
        {dutyOptions.map(({ value, label }) => {
          const other = held.includes(value) ? undefined : conflictWith(value, held);
          const hint = other === undefined ? undefined : t("people.dutiesHint", { duty: pick(duties[other]) });
          return (
            <span key={value} title={hint}>
              <Checkbox
                checked={held.includes(value)}
                disabled={disabled || other !== undefined}
                onChange={({ target }) =>
                  onDuties(target.checked ? [...held, value] : held.filter((duty) => duty !== value))
                }
              >
                {pick(label)}
              </Checkbox>
            </span>
          );
        })}
      </fieldset>
      <fieldset className="people-choices">
        <legend>{t("people.districts")}</legend>
        {known.map(({ id, name }) => (
          <Checkbox
            key={id}
            checked={districts.includes(id)}
            disabled={disabled}
            onChange={({ target }) =>
              onDistricts(target.checked ? [...districts, id] : districts.filter((one) => one !== id))
            }
          >
            {pick(name)}
          </Checkbox>
        ))}
        <p className="people-hint">
          {t("people.districtsHint")} {t("people.districtsUnverified")}
        </p>
      </fieldset>
    </>
  );
}

function conflictWith(duty: Duty, held: readonly Duty[]): Duty | undefined {
  for (const [a, b] of incompatibleDuties) {
    if (a === duty && held.includes(b)) return b;
    if (b === duty && held.includes(a)) return a;
  }
  return undefined;
}

import type { DeviceRecordBody } from "@mingcha/models/http";
import { Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useHandlers } from "../../api/records.ts";
import { useText } from "../../lib/use-text.ts";

export type Carrier = NonNullable<DeviceRecordBody["carrier"]>;

/** To whom a body camera is issued, or with which car a device rides. */
export function CarrierFields({ onChange }: { onChange: (carrier: Carrier | null) => void }) {
  const { t } = useText();
  const people = useHandlers(true);
  const [to, setTo] = useState<"person" | "car">("person");
  return (
    <>
      <span id="record-carrier-kind">{t("field.carrierKind")}</span>
      <Segmented
        aria-labelledby="record-carrier-kind"
        value={to}
        onChange={(value) => {
          setTo(value);
          onChange(null);
        }}
        options={[
          { value: "person" as const, label: t("field.carrierPerson") },
          { value: "car" as const, label: t("field.carrierCar") },
        ]}
      />
      {to === "person" ? (
        <>
          <label htmlFor="record-carrier">{t("field.carrierPerson")}</label>
          <Select
            id="record-carrier"
            showSearch={{ optionFilterProp: "label" }}
            loading={people.isPending}
            onChange={(personId: string) => onChange({ personId })}
            options={(people.data?.items ?? []).map(({ id, name, badgeNo }) => ({
              value: id,
              label: badgeNo === null ? name : `${name} ${badgeNo}`,
            }))}
          />
        </>
      ) : (
        <>
          <label htmlFor="record-car">{t("field.carrierCarName")}</label>
          <Input
            id="record-car"
            maxLength={60}
            onChange={({ target }) => onChange(target.value.trim().length < 2 ? null : { car: target.value.trim() })}
          />
        </>
      )}
    </>
  );
}

import { type DeviceRecordCode, deviceRecordCodes, deviceRecordKinds } from "@mingcha/models/device";
import { App, Button, DatePicker, Input, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useAddRecord } from "../../api/devices.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { type Carrier, CarrierFields } from "./carrier-fields.tsx";

/** Enters one dated fact; only the kinds that the person's duties answer for are offered. */
export function RecordForm({ sourceId }: { sourceId: string }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const { duties } = usePerson();
  const add = useAddRecord(sourceId);
  const [kind, setKind] = useState<DeviceRecordCode | null>(null);
  const [from, setFrom] = useState<Dayjs | null>(dayjs().startOf("day"));
  const [to, setTo] = useState<Dayjs | null>(null);
  const [reference, setReference] = useState("");
  const [note, setNote] = useState("");
  const [reason, setReason] = useState("");
  const [person, setPerson] = useState("");
  const [carrier, setCarrier] = useState<Carrier | null>(null);
  const isRetrieval = kind === "retrieval";
  const isCarrier = kind === "carrier";
  const allowed = deviceRecordCodes.filter((code) => deviceRecordKinds[code].by.some((duty) => duties.includes(duty)));
  const isComplete =
    kind !== null &&
    from !== null &&
    reference.trim() !== "" &&
    (to === null ? !isRetrieval : to.isAfter(from)) &&
    (!isCarrier || carrier !== null) &&
    (!isRetrieval || (reason.trim().length > 1 && person.trim() !== ""));
  const send = () => {
    if (!isComplete) return;
    add.mutate(
      {
        kind,
        validFrom: from.toISOString(),
        ...(to === null ? {} : { validTo: to.toISOString() }),
        reference: reference.trim(),
        ...(isRetrieval ? { retrieval: { reason: reason.trim(), person: person.trim() } } : {}),
        ...(isCarrier && carrier !== null ? { carrier } : {}),
        ...(note.trim() === "" ? {} : { note: note.trim() }),
      },
      {
        onSuccess: () => {
          void message.success(t("devices.added"));
          setKind(null);
          setTo(null);
          setReference("");
          setNote("");
          setReason("");
          setPerson("");
          setCarrier(null);
        },
      },
    );
  };
  return (
    <Panel title={t("devices.add")}>
      {allowed.length === 0 ? (
        <p className="device-hint">{t("devices.nothingToAdd")}</p>
      ) : (
        <div className="device-form">
          <p className="device-hint">{t("devices.addHint")}</p>
          {add.isError ? <ErrorPanel error={add.error} /> : null}
          <label htmlFor="record-kind">{t("devices.kind")}</label>
          <Select
            id="record-kind"
            value={kind}
            onChange={setKind}
            options={allowed.map((code) => ({ value: code, label: pick(deviceRecordKinds[code]) }))}
          />
          <label htmlFor="record-from">{t("devices.validFrom")}</label>
          <DatePicker
            id="record-from"
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            value={from}
            onChange={setFrom}
          />
          <label htmlFor="record-to">{t("devices.validTo")}</label>
          <DatePicker
            id="record-to"
            showTime={{ format: "HH:mm" }}
            format="YYYY-MM-DD HH:mm"
            value={to}
            onChange={setTo}
          />
          <label htmlFor="record-reference">{t("devices.reference")}</label>
          <Input
            id="record-reference"
            maxLength={300}
            value={reference}
            onChange={(event) => setReference(event.target.value)}
          />
          {isRetrieval ? (
            <>
              <label htmlFor="record-reason">{t("endings.retrievalReason")}</label>
              <Input
                id="record-reason"
                maxLength={500}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
              <label htmlFor="record-person">{t("endings.retrievalPerson")}</label>
              <Input
                id="record-person"
                maxLength={120}
                value={person}
                onChange={(event) => setPerson(event.target.value)}
              />
            </>
          ) : null}
          {isCarrier ? <CarrierFields onChange={setCarrier} /> : null}
          <label htmlFor="record-note">{t("devices.note")}</label>
          <Input id="record-note" maxLength={1000} value={note} onChange={(event) => setNote(event.target.value)} />
          <Button type="primary" disabled={!isComplete} loading={add.isPending} onClick={send}>
            {t("devices.add")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

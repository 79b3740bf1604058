import { aircraftClassCodes, aircraftClasses } from "@mingcha/models/device";
import type { FlightsView, FlightView } from "@mingcha/models/http";
import { App, Checkbox, Input, InputNumber, Modal, Segmented, Select } from "antd";
import { useState } from "react";
import { useStateFlight } from "../../api/flights.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

type Form = Omit<NonNullable<FlightView["statement"]>, "by" | "at">;
const blank: Form = {
  aircraftClass: "light",
  registration: "",
  operator: "",
  approval: null,
  noApprovalReason: "",
  inFreeAirspace: true,
  byRelay: false,
  overCrowd: false,
  statedHeightM: null,
  checklists: [],
};

interface FlightDialogProps {
  readonly flight: FlightView;
  readonly checklists: FlightsView["checklists"];
  readonly onClose: () => void;
}

/** What the pilot states of one flight; begins with the last statement. */
export function FlightDialog({ flight, checklists, onClose }: FlightDialogProps) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const state = useStateFlight(flight.id);
  const [form, setForm] = useState<Form>(() => {
    if (flight.statement === null) return blank;
    const { by: _by, at: _at, ...last } = flight.statement;
    return last;
  });
  const change = (part: Partial<Form>) => setForm((before) => ({ ...before, ...part }));
  const { approval } = form;
  const isComplete =
    form.registration.trim() !== "" &&
    form.operator.trim() !== "" &&
    (approval === null
      ? (form.noApprovalReason ?? "").trim() !== ""
      : approval.number.trim().length > 1 && approval.heightLimitM > 0);
  const send = () =>
    state.mutate(
      { ...form, noApprovalReason: approval === null ? form.noApprovalReason : null, statements: flight.statements },
      {
        onSuccess: () => {
          void message.success(t("flights.stated"));
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      title={t("flights.formTitle")}
      okText={t("flights.state")}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: !isComplete, loading: state.isPending }}
      onOk={send}
      onCancel={onClose}
    >
      <div className="flight-form">
        {state.isError ? <ErrorPanel error={state.error} /> : null}
        <label htmlFor="flight-class">{t("flights.aircraftClass")}</label>
        <Select
          id="flight-class"
          value={form.aircraftClass}
          onChange={(aircraftClass) => change({ aircraftClass })}
          options={aircraftClassCodes.map((code) => ({ value: code, label: pick(aircraftClasses[code]) }))}
        />
        <label htmlFor="flight-registration">{t("flights.registration")}</label>
        <Input
          id="flight-registration"
          maxLength={60}
          value={form.registration}
          onChange={(event) => change({ registration: event.target.value })}
        />
        <label htmlFor="flight-operator">{t("flights.operator")}</label>
        <Input
          id="flight-operator"
          maxLength={120}
          value={form.operator}
          onChange={(event) => change({ operator: event.target.value })}
        />
        <span id="flight-approval">{t("flights.needed")}</span>
        <Segmented
          aria-labelledby="flight-approval"
          value={approval === null ? "no" : "yes"}
          onChange={(value) => change({ approval: value === "yes" ? { number: "", heightLimitM: 120 } : null })}
          options={[
            { value: "no", label: t("flights.notNeeded") },
            { value: "yes", label: t("flights.approved") },
          ]}
        />
        {approval === null ? (
          <>
            <label htmlFor="flight-reason">{t("flights.noApprovalReason")}</label>
            <Input
              id="flight-reason"
              maxLength={300}
              value={form.noApprovalReason ?? ""}
              onChange={(event) => change({ noApprovalReason: event.target.value })}
            />
          </>
        ) : (
          <>
            <label htmlFor="flight-number">{t("flights.approvalNumber")}</label>
            <Input
              id="flight-number"
              maxLength={120}
              value={approval.number}
              onChange={(event) => change({ approval: { ...approval, number: event.target.value } })}
            />
            <label htmlFor="flight-limit">{t("flights.heightLimit")}</label>
            <InputNumber
              id="flight-limit"
              min={1}
              max={5_000}
              value={approval.heightLimitM}
              onChange={(value) => change({ approval: { ...approval, heightLimitM: value ?? 0 } })}
            />
          </>
        )}
        <Checkbox checked={form.inFreeAirspace} onChange={(e) => change({ inFreeAirspace: e.target.checked })}>
          {t("flights.inFreeAirspace")}
        </Checkbox>
        <Checkbox checked={form.byRelay} onChange={(e) => change({ byRelay: e.target.checked })}>
          {t("flights.byRelay")}
        </Checkbox>
        <Checkbox checked={form.overCrowd} onChange={(e) => change({ overCrowd: e.target.checked })}>
          {t("flights.overCrowd")}
        </Checkbox>
        <label htmlFor="flight-height">{t("flights.statedHeight")}</label>
        <InputNumber
          id="flight-height"
          min={0}
          max={5_000}
          value={form.statedHeightM}
          onChange={(statedHeightM) => change({ statedHeightM })}
        />
        <label htmlFor="flight-checklists">{t("flightChecks.chosen")}</label>
        <Select
          id="flight-checklists"
          mode="multiple"
          allowClear
          placeholder={t("flightChecks.all")}
          value={form.checklists}
          onChange={(chosen) => change({ checklists: chosen })}
          options={checklists.map(({ id, name }) => ({ value: id, label: pick(name) }))}
        />
        <p className="flight-soft">{t("flights.limits")}</p>
      </div>
    </Modal>
  );
}

import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import type { ObjectItem } from "@mingcha/models/http";
import {
  checkCreditCode,
  importProblems,
  isMuckKind,
  isPlate,
  type MuckKind,
  normalizeCreditCode,
  normalizePlate,
  type ObjectFactInput,
  type ObjectKind,
  objectColumns,
  objectKinds,
  plateColourCodes,
  plateColours,
} from "@mingcha/models/objects";
import { personStarted, violations } from "@mingcha/models/violations";
import { App, Button, DatePicker, Form, Input, Modal, Select, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import type { ReactNode } from "react";
import { useChangeObject, useCreateObject } from "../../api/objects.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { type FormValues, factOf, readCells, valuesOf } from "./form-values.ts";

dayjs.extend(customParseFormat);

interface ObjectFormProps {
  readonly kind: ObjectKind;
  readonly object?: ObjectItem;
  readonly onClose: () => void;
  readonly onSaved: (id: string) => void;
}

/** Enters an object or its next version. What the server refuses is said in its own words; the form only catches slips early. */
export function ObjectForm({ kind, object, onClose, onSaved }: ObjectFormProps) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const create = useCreateObject();
  const change = useChangeObject(object?.id ?? "");
  const [form] = Form.useForm<FormValues>();
  const failed = create.error ?? change.error;
  const save = (values: FormValues) => {
    const fact = factOf(kind, values) as ObjectFactInput;
    const onSuccess = ({ id }: { id: string }) => {
      void message.success(t("objects.saved"));
      onSaved(id);
    };
    if (object === undefined) create.mutate({ fact }, { onSuccess });
    else {
      const reason = values.reason?.trim();
      change.mutate({ version: object.version, fact, ...(reason ? { reason } : {}) }, { onSuccess });
    }
  };
  return (
    <Modal
      open
      width={680}
      title={
        object === undefined ? t("objects.form.create", { kind: pick(objectKinds[kind]) }) : t("objects.form.change")
      }
      okText={t("action.save")}
      cancelText={t("action.cancel")}
      okButtonProps={{ loading: create.isPending || change.isPending }}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      {failed === null ? null : <ErrorPanel error={failed} />}
      <Form<FormValues>
        form={form}
        layout="vertical"
        className="objects-form"
        initialValues={valuesOf(kind, object?.fact)}
        onFinish={save}
      >
        {isMuckKind(kind) ? <MuckFields kind={kind} /> : null}
        {kind === "shop" ? <ShopFields /> : null}
        {kind === "vehicle" ? <VehicleFields /> : null}
        {kind === "permit" ? <PermitFields /> : null}
        {kind === "shop" || kind === "vehicle" ? <PledgeFields /> : null}
        {isMuckKind(kind) ? null : (
          <Field kind={kind} field="note" wide>
            <Input.TextArea rows={2} maxLength={1000} />
          </Field>
        )}
        {object === undefined ? null : (
          <Form.Item className="objects-form-wide" name="reason" label={t("objects.form.changeReason")}>
            <Input maxLength={500} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}

interface FieldProps {
  readonly kind: ObjectKind;
  readonly field: keyof FormValues & string;
  readonly wide?: boolean;
  readonly extra?: string;
  /** Says what is wrong with a text, or nothing. */
  readonly check?: (text: string) => string | undefined;
  readonly children: ReactNode;
}

function Field({ kind, field, wide = false, extra, check, children }: FieldProps) {
  const { t, pick } = useText();
  const column = objectColumns[kind].find((one) => one.field === field);
  return (
    <Form.Item
      name={field}
      label={column === undefined ? field : pick(column.title)}
      className={wide ? "objects-form-wide" : ""}
      extra={extra}
      rules={[
        ...(column?.required === true ? [{ required: true, message: t("objects.form.required") }] : []),
        {
          validator: (_: unknown, value: unknown) => {
            const wrong = typeof value === "string" && value.trim() !== "" ? check?.(value) : undefined;
            return wrong === undefined ? Promise.resolve() : Promise.reject(new Error(wrong));
          },
        },
      ]}
    >
      {children}
    </Form.Item>
  );
}

function ShopFields() {
  const { t } = useText();
  const badCode = (text: string) =>
    checkCreditCode(normalizeCreditCode(text)) === "ok" ? undefined : t("objects.form.badCode");
  return (
    <>
      <Field kind="shop" field="name">
        <Input maxLength={200} />
      </Field>
      <Field kind="shop" field="creditCode" check={badCode}>
        <Input maxLength={40} />
      </Field>
      <Field kind="shop" field="place" wide extra={t("objects.form.placeHint")}>
        <Input maxLength={300} />
      </Field>
      <Field kind="shop" field="operator">
        <Input maxLength={100} />
      </Field>
      <Field kind="shop" field="telephone">
        <Input maxLength={40} inputMode="tel" />
      </Field>
      <Field kind="shop" field="address" wide>
        <Input maxLength={300} />
      </Field>
      <DegreesFields kind="shop" />
    </>
  );
}

/** Where it is, if known: then a drone's picture can say that it may be about here. */
function DegreesFields({ kind }: { kind: "shop" | "permit" }) {
  const { pick } = useText();
  const bad = (most: number) => (text: string) =>
    Math.abs(Number(text.trim())) <= most ? undefined : pick(importProblems.bad_degrees);
  return (
    <>
      <Field kind={kind} field="longitude" check={bad(180)}>
        <Input maxLength={20} inputMode="decimal" />
      </Field>
      <Field kind={kind} field="latitude" check={bad(90)}>
        <Input maxLength={20} inputMode="decimal" />
      </Field>
    </>
  );
}

function VehicleFields() {
  const { t, pick } = useText();
  const badPlate = (text: string) => (isPlate(normalizePlate(text)) ? undefined : t("objects.form.badPlate"));
  return (
    <>
      <Field kind="vehicle" field="plate" check={badPlate}>
        <Input maxLength={20} />
      </Field>
      <Field kind="vehicle" field="plateColour">
        <Select
          allowClear
          options={plateColourCodes.map((code) => ({ value: code, label: pick(plateColours[code]) }))}
        />
      </Field>
      <Field kind="vehicle" field="carrier" wide>
        <Input maxLength={200} />
      </Field>
      <Field kind="vehicle" field="permitNo">
        <Input maxLength={120} />
      </Field>
      <Field kind="vehicle" field="terminalNo">
        <Input maxLength={20} inputMode="numeric" />
      </Field>
      <Field kind="vehicle" field="telephone">
        <Input maxLength={40} inputMode="tel" />
      </Field>
    </>
  );
}

const wideFields = ["place", "tippingSites", "route", "note"];

/** Every column of the kind's sheet as a text, read as an import reads it. */
function MuckFields({ kind }: { kind: MuckKind }) {
  const { t, pick } = useText();
  return objectColumns[kind].map(({ field, title, required, example }) => (
    <Form.Item
      key={field}
      name={["cells", field]}
      label={pick(title)}
      className={wideFields.includes(field) ? "objects-form-wide" : ""}
      rules={[
        ...(required ? [{ required: true, message: t("objects.form.required") }] : []),
        {
          validator: (_: unknown, value: unknown) => {
            if (typeof value !== "string" || value.trim() === "") return Promise.resolve();
            const problem = readCells(kind, { [field]: value }).problems.find((one) => one.field === field);
            return problem === undefined
              ? Promise.resolve()
              : Promise.reject(new Error(pick(importProblems[problem.code])));
          },
        },
      ]}
    >
      {field === "route" || field === "note" ? (
        <Input.TextArea rows={field === "route" ? 4 : 2} placeholder={example} />
      ) : (
        <Input maxLength={300} placeholder={example} />
      )}
    </Form.Item>
  ));
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

function PermitFields() {
  const { t, pick } = useText();
  return (
    <>
      <Field kind="permit" field="reference" wide>
        <Input maxLength={200} />
      </Field>
      <Field kind="permit" field="place" wide extra={t("objects.form.placeHint")}>
        <Input maxLength={300} />
      </Field>
      <Field kind="permit" field="violations" wide>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: "label" }}
          options={[...violations, ...personStarted].map(({ code, title }) => ({ value: code, label: pick(title) }))}
        />
      </Field>
      <Form.Item
        name="validity"
        label={t("objects.validity")}
        rules={[{ required: true, message: t("objects.form.required") }]}
      >
        <DatePicker.RangePicker />
      </Form.Item>
      <Form.Item
        name="hours"
        label={t("objects.hours")}
        rules={[{ required: true, message: t("objects.form.required") }]}
      >
        <TimePicker.RangePicker format="HH:mm" order={false} />
      </Form.Item>
      <Form.Item
        name="weekdays"
        className="objects-form-wide"
        label={t("objects.form.days")}
        rules={[{ required: true, message: t("objects.form.required") }]}
      >
        <Select
          mode="multiple"
          options={weekdays.map((day, nth) => ({ value: nth + 1, label: t(`objects.weekday.${day}`) }))}
        />
      </Form.Item>
      <DegreesFields kind="permit" />
    </>
  );
}

function PledgeFields() {
  const { t } = useText();
  const required = [{ required: true, message: t("objects.form.required") }];
  return (
    <div className="objects-form-wide">
      <div className="objects-form-title">{t("objects.pledges")}</div>
      <Form.List name="pledges">
        {(fields, { add, remove }) => (
          <>
            {fields.map(({ key, name }) => (
              <div key={key} className="objects-form-pledge">
                <Form.Item name={[name, "signedOn"]} rules={required}>
                  <DatePicker placeholder={t("objects.form.signedOn")} aria-label={t("objects.form.signedOn")} />
                </Form.Item>
                <Form.Item name={[name, "reference"]} rules={required}>
                  <Input
                    maxLength={120}
                    placeholder={t("objects.form.pledgeReference")}
                    aria-label={t("objects.form.pledgeReference")}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined />}
                  aria-label={t("objects.form.removePledge")}
                  onClick={() => remove(name)}
                />
              </div>
            ))}
            <Button
              size="small"
              icon={<PlusOutlined />}
              onClick={() => add({ signedOn: dayjs() as Dayjs, reference: "" })}
            >
              {t("objects.form.addPledge")}
            </Button>
          </>
        )}
      </Form.List>
    </div>
  );
}

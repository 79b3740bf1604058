import type { CaseDetail } from "@mingcha/models/http";
import { Alert, Checkbox, Form } from "antd";
import { Link } from "react-router";
import { useText } from "../../lib/use-text.ts";

const labels = {
  name: "cases.partyName",
  idNumber: "cases.partyId",
  representative: "cases.partyRepresentative",
  address: "cases.partyAddress",
  phone: "cases.partyPhone",
} as const;
const isLabelled = (field: string): field is keyof typeof labels => field in labels;

/** Says which facts of the party came from the register and are still to be confirmed; within the form a handler can say that they are right. */
export function PartyFromRegister({ party, editable }: { party: CaseDetail["party"]; editable: boolean }) {
  const { t, chinese } = useText();
  const { register } = party;
  if (register === undefined) return null;
  const fields = register.unconfirmed.filter(isLabelled).map((field) => t(labels[field]));
  return (
    <Alert
      className="case-form-wide case-register"
      type="warning"
      showIcon
      title={t("objects.party.title")}
      description={
        <>
          <p>{t("objects.party.hint", { version: register.version, fields: fields.join(chinese ? "、" : ", ") })}</p>
          {editable ? (
            <Form.Item name="partyConfirmed" valuePropName="checked" noStyle>
              <Checkbox>{t("objects.party.confirm")}</Checkbox>
            </Form.Item>
          ) : null}{" "}
          <Link to={`/objects/${register.objectId}`}>{t("objects.party.openObject")}</Link>
        </>
      }
    />
  );
}

import type { CaseDetail } from "@mingcha/models/http";
import { Alert, App, Button, Form, Input, InputNumber, Select } from "antd";
import { type CasePatch, usePatchCase, useReloadCase } from "../../api/cases.ts";
import { ErrorPanel, Fact, Facts, Panel } from "../../components/page.tsx";
import { isStale } from "../../lib/api-error.ts";
import { useText } from "../../lib/use-text.ts";
import { PartyFromRegister } from "./party-from-register.tsx";

interface CaseFormValues {
  readonly party: CaseDetail["party"];
  readonly proposal: CaseDetail["proposal"];
  readonly partyConfirmed?: boolean;
}

/** Party and proposal: what no picture can tell. Only the handlers of the case may write it. */
export function CaseForm({ detail }: { detail: CaseDetail }) {
  return detail.mayEdit ? <CaseEditor detail={detail} /> : <CaseReading detail={detail} />;
}

function CaseEditor({ detail }: { detail: CaseDetail }) {
  const { t, errorText } = useText();
  const { message } = App.useApp();
  const patch = usePatchCase(detail.id);
  const reload = useReloadCase(detail.id);
  const save = (values: CaseFormValues) =>
    patch.mutate(bodyOf(detail.version, values), { onSuccess: () => message.success(t("cases.saved")) });
  return (
    <Panel title={t("cases.partyAndProposal")}>
      {isStale(patch.error) ? (
        <Alert
          type="warning"
          showIcon
          title={errorText(patch.error)}
          action={
            <Button size="small" onClick={() => void reload()}>
              {t("action.reload")}
            </Button>
          }
        />
      ) : patch.isError ? (
        <ErrorPanel error={patch.error} />
      ) : null}
      <Form<CaseFormValues>
        // what the server took off or kept of the register's mark is drawn anew
        key={detail.version}
        className="case-form"
        layout="vertical"
        size="small"
        initialValues={{ party: detail.party, proposal: detail.proposal }}
        onFinish={save}
      >
        <PartyFromRegister party={detail.party} editable />
        <Form.Item name={["party", "kind"]} label={t("cases.partyKind")}>
          <Select
            options={(["unknown", "person", "unit"] as const).map((kind) => ({
              value: kind,
              label: t(`cases.partyKinds.${kind}`),
            }))}
          />
        </Form.Item>
        <Form.Item name={["party", "name"]} label={t("cases.partyName")}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={["party", "idNumber"]} label={t("cases.partyId")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={["party", "representative"]} label={t("cases.partyRepresentative")}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name={["party", "phone"]} label={t("cases.partyPhone")}>
          <Input maxLength={40} />
        </Form.Item>
        <Form.Item name={["party", "address"]} label={t("cases.partyAddress")}>
          <Input maxLength={300} />
        </Form.Item>
        <Form.Item name={["proposal", "kind"]} label={t("cases.proposalKind")}>
          <Select
            allowClear
            options={(["warning", "fine", "none"] as const).map((kind) => ({
              value: kind,
              label: t(`cases.proposalKinds.${kind}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          noStyle
          shouldUpdate={(a: CaseFormValues, b: CaseFormValues) => a.proposal?.kind !== b.proposal?.kind}
        >
          {({ getFieldValue }) => (
            <Form.Item name={["proposal", "amountYuan"]} label={t("cases.amount")}>
              <InputNumber
                min={0}
                max={10_000_000}
                disabled={getFieldValue(["proposal", "kind"]) !== "fine"}
                style={{ width: "100%" }}
                suffix={t("cases.yuan")}
              />
            </Form.Item>
          )}
        </Form.Item>
        <Form.Item className="case-form-wide" name={["proposal", "reason"]} label={t("cases.proposalReason")}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
        <Button className="case-form-wide" type="primary" htmlType="submit" loading={patch.isPending}>
          {t("action.save")}
        </Button>
      </Form>
    </Panel>
  );
}

function CaseReading({ detail }: { detail: CaseDetail }) {
  const { t } = useText();
  const { party, proposal } = detail;
  const blank = (text: string | undefined) => text || <span className="case-blank">{t("cases.notKnown")}</span>;
  return (
    <Panel title={t("cases.partyAndProposal")}>
      <PartyFromRegister party={party} editable={false} />
      <Facts>
        <Fact label={t("cases.partyKind")}>{t(`cases.partyKinds.${party.kind}`)}</Fact>
        <Fact label={t("cases.partyName")}>{blank(party.name)}</Fact>
        <Fact label={t("cases.partyId")}>{blank(party.idNumber)}</Fact>
        <Fact label={t("cases.partyAddress")}>{blank(party.address)}</Fact>
        <Fact label={t("cases.proposalKind")}>
          {proposal.kind ? t(`cases.proposalKinds.${proposal.kind}`) : blank(undefined)}
          {proposal.kind === "fine" && proposal.amountYuan !== undefined
            ? ` ${proposal.amountYuan} ${t("cases.yuan")}`
            : ""}
        </Fact>
        <Fact label={t("cases.proposalReason")}>{blank(proposal.reason)}</Fact>
      </Facts>
    </Panel>
  );
}

/** Empty fields are left out: a fact that is not known stays missing, it does not become an empty text. */
function bodyOf(version: number, values: CaseFormValues): CasePatch {
  const filled = (record: object) =>
    Object.fromEntries(
      Object.entries(record).filter(([, value]) => value !== undefined && value !== null && value !== ""),
    );
  const proposal = filled(values.proposal);
  if (values.proposal.kind !== "fine") delete proposal.amountYuan;
  const { register: _, ...party } = values.party;
  return {
    version,
    party: { kind: party.kind, ...filled(party) },
    ...(values.partyConfirmed === true ? { partyConfirmed: true } : {}),
    proposal,
  };
}

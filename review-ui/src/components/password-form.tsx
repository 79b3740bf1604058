import { passwordMinLength } from "@mingcha/models";
import { Button, Form, Input } from "antd";
import { useChangePassword } from "../api/session.ts";
import { useText } from "../lib/use-text.ts";
import { ErrorPanel } from "./page.tsx";

interface PasswordFormProps {
  readonly login: string;
  /** What the present password is to this person. */
  readonly currentLabel: string;
  readonly submit: string;
  readonly onDone: () => void;
}

interface Fields {
  readonly current: string;
  readonly next: string;
  readonly again: string;
}

/** The present password and a new one, twice. */
export function PasswordForm({ login, currentLabel, submit, onDone }: PasswordFormProps) {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const change = useChangePassword();
  const send = ({ current, next }: Fields) =>
    change.mutate(
      { current, next },
      {
        onSuccess: () => {
          form.resetFields();
          onDone();
        },
      },
    );
  return (
    <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={send}>
      {change.isError ? <ErrorPanel error={change.error} /> : null}
      <input type="text" hidden readOnly autoComplete="username" value={login} />
      <Form.Item name="current" label={currentLabel} rules={[{ required: true, message: t("people.passwordMissing") }]}>
        <Input.Password autoComplete="current-password" />
      </Form.Item>
      <Form.Item
        name="next"
        label={t("people.newPassword")}
        extra={t("people.passwordRule")}
        rules={[
          { required: true, message: t("people.passwordMissing") },
          { min: passwordMinLength, message: t("people.passwordRule") },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        name="again"
        label={t("people.repeatPassword")}
        dependencies={["next"]}
        rules={[
          {
            validator: async (_, value: string | undefined) => {
              if ((value ?? "") !== (form.getFieldValue("next") ?? "")) throw new Error(t("people.passwordsDiffer"));
            },
          },
        ]}
      >
        <Input.Password autoComplete="new-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={change.isPending}>
        {submit}
      </Button>
    </Form>
  );
}

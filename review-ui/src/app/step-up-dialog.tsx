import type { PersonView } from "@mingcha/models/http";
import { Form, Input, type InputRef, Modal } from "antd";
import { useEffect, useRef, useState } from "react";
import { useStepUp } from "../api/session.ts";
import { ErrorPanel } from "../components/page.tsx";
import { isSignedOut } from "../lib/api-error.ts";
import { registerPasswordAsker } from "../lib/step-up.ts";
import { useText } from "../lib/use-text.ts";

/** Asks for the password once before a step of the law; the request that wanted it waits and is then sent again as it was. */
export function StepUpDialog({ person }: { person: PersonView }) {
  const [answer, setAnswer] = useState<{ give: (confirmed: boolean) => void } | null>(null);
  useEffect(() => registerPasswordAsker((give) => setAnswer({ give })), []);
  if (answer === null) return null;
  const finish = (confirmed: boolean) => {
    setAnswer(null);
    answer.give(confirmed);
  };
  return <PasswordQuestion login={person.login} onDone={finish} />;
}

function PasswordQuestion({ login, onDone }: { login: string; onDone: (confirmed: boolean) => void }) {
  const { t } = useText();
  const stepUp = useStepUp();
  const [password, setPassword] = useState("");
  const field = useRef<InputRef>(null);
  const send = () => {
    if (password === "" || stepUp.isPending) return;
    stepUp.mutate(password, {
      onSuccess: () => onDone(true),
      onError: (error) => {
        if (isSignedOut(error)) onDone(false);
        setPassword("");
        field.current?.focus();
      },
    });
  };
  return (
    <Modal
      open
      width={420}
      title={t("people.stepUp")}
      okText={t("people.stepUpGo")}
      okButtonProps={{ disabled: password === "", loading: stepUp.isPending }}
      onOk={send}
      onCancel={() => onDone(false)}
      afterOpenChange={(open) => {
        if (open) field.current?.focus();
      }}
    >
      <p className="step-up-why">{t("people.stepUpWhy", { login })}</p>
      {stepUp.isError ? <ErrorPanel error={stepUp.error} /> : null}
      <Form layout="vertical" onFinish={send}>
        {/* Password managers look for the name that belongs to a password. */}
        <input type="text" hidden readOnly autoComplete="username" value={login} />
        <Form.Item label={t("people.password")} htmlFor="step-up-password">
          <Input.Password
            id="step-up-password"
            ref={field}
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </Form.Item>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </Form>
    </Modal>
  );
}

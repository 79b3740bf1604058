import type { sessionSchema } from "@mingcha/models/http";
import { Alert, Button, Form, Input } from "antd";
import { type SignIn, useSignIn } from "../../api/session.ts";
import { useText } from "../../lib/use-text.ts";
import "./sign-in.css";

type Bureau = ReturnType<typeof sessionSchema.parse>["bureau"];

export function SignInPage({ bureau, tools }: { bureau: Bureau; tools: React.ReactNode }) {
  const { t, pick, errorText } = useText();
  const signIn = useSignIn();
  return (
    <div className="sign-in">
      <div className="sign-in-tools">{tools}</div>
      <main className="sign-in-card">
        <img className="sign-in-mark" src="/favicon.svg" alt="" />
        <h1>{pick({ zh: bureau.nameZh, en: bureau.nameEn })}</h1>
        <p className="sign-in-product">
          {t("app.name")} · {t("app.purpose")}
        </p>
        {signIn.isError ? (
          <Alert className="sign-in-error" type="error" showIcon title={errorText(signIn.error)} />
        ) : null}
        <Form<SignIn> layout="vertical" requiredMark={false} onFinish={(values) => signIn.mutate(values)}>
          <Form.Item
            name="login"
            label={t("signIn.login")}
            rules={[{ required: true, message: t("signIn.loginMissing") }]}
          >
            <Input autoFocus autoComplete="username" size="large" />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("signIn.password")}
            rules={[{ required: true, message: t("signIn.passwordMissing") }]}
          >
            <Input.Password autoComplete="current-password" size="large" />
          </Form.Item>
          <Button block type="primary" size="large" htmlType="submit" loading={signIn.isPending}>
            {t("signIn.submit")}
          </Button>
        </Form>
        {bureau.demo ? <p className="sign-in-demo">{t("signIn.demo")}</p> : null}
      </main>
    </div>
  );
}

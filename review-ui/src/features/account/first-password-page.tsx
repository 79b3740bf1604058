import type { PersonView } from "@mingcha/models/http";
import { PasswordForm } from "../../components/password-form.tsx";
import { useText } from "../../lib/use-text.ts";
import "./account.css";

/** Nothing else is open before a password that was handed out has become one's own. */
export function FirstPasswordPage({ person, tools }: { person: PersonView; tools: React.ReactNode }) {
  const { t } = useText();
  return (
    <div className="first-password">
      <div className="first-password-tools">{tools}</div>
      <main className="first-password-card">
        <img src="/favicon.svg" alt="" />
        <h1>{t("people.firstPassword")}</h1>
        <p>{t("people.firstPasswordHint")}</p>
        <PasswordForm
          login={person.login}
          currentLabel={t("people.handedPassword")}
          submit={t("people.setPassword")}
          onDone={() => undefined}
        />
      </main>
    </div>
  );
}

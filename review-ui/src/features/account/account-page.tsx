import { duties } from "@mingcha/models";
import { App } from "antd";
import { useDistricts } from "../../api/session.ts";
import { Fact, Facts, Page, Panel } from "../../components/page.tsx";
import { PasswordForm } from "../../components/password-form.tsx";
import { OwnRecusals } from "../../components/recusals/own-recusals.tsx";
import { useText } from "../../lib/use-text.ts";
import { holdsAny, usePerson } from "../../session/person.tsx";
import { OwnKnownPanel } from "./own-known-panel.tsx";
import { SessionsPanel } from "./sessions-panel.tsx";
import "./account.css";

/** What a person may do, where the account is signed in, the own recusals and the own password. */
export function AccountPage() {
  const { t, pick, chinese } = useText();
  const { message } = App.useApp();
  const person = usePerson();
  const districts = useDistricts();
  const comma = chinese ? "、" : ", ";
  const names = districts.filter(({ id }) => person.districts.includes(id)).map(({ name }) => pick(name));
  return (
    <Page title={t("people.ownAccount")}>
      <div className="account-columns">
        <div>
          <Panel title={person.name}>
            <Facts>
              <Fact label={t("people.login")}>{person.login}</Fact>
              <Fact label={t("people.badgeNo")}>{person.badgeNo ?? "—"}</Fact>
              <Fact label={t("people.duties")}>{person.duties.map((duty) => pick(duties[duty])).join(comma)}</Fact>
              <Fact label={t("people.districts")}>
                {person.districts.length === 0 ? t("people.wholeBureau") : names.join(comma)}
              </Fact>
            </Facts>
          </Panel>
          <SessionsPanel />
          <OwnRecusals />
          {holdsAny(person, ["technical_reviewer", "legal_reviewer"]) ? <OwnKnownPanel /> : null}
        </div>
        <Panel title={t("people.changePassword")}>
          <PasswordForm
            login={person.login}
            currentLabel={t("people.currentPassword")}
            submit={t("people.changePassword")}
            onDone={() => void message.success(t("people.passwordChanged"))}
          />
        </Panel>
      </div>
    </Page>
  );
}

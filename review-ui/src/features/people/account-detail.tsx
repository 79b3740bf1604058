import { ArrowLeftOutlined } from "@ant-design/icons";
import type { AccountView } from "@mingcha/models/http";
import { App, Button, Input } from "antd";
import { useState } from "react";
import { useChangePerson, useResetPassword } from "../../api/people.ts";
import { Badge } from "../../components/badges.tsx";
import { ErrorPanel, Fact, Facts, Panel } from "../../components/page.tsx";
import { bureauTimezone } from "../../lib/bureau-timezone.ts";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { CertificatesPanel } from "./certificates-panel.tsx";
import { DutyFields } from "./duty-fields.tsx";
import { HandedPassword } from "./handed-password.tsx";

interface AccountDetailProps {
  readonly account: AccountView;
  readonly onBack?: (() => void) | undefined;
}

/** One account: what it may do and where, its certificates, its password and whether it is in use. */
export function AccountDetail({ account, onBack }: AccountDetailProps) {
  const { t } = useText();
  const me = usePerson();
  const own = account.id === me.id;
  return (
    <div>
      {onBack === undefined ? null : (
        <Button type="link" size="small" icon={<ArrowLeftOutlined />} onClick={onBack}>
          {t("people.back")}
        </Button>
      )}
      <PowersPanel key={account.version} account={account} own={own} />
      <CertificatesPanel account={account} own={own} />
      <AccessPanel account={account} own={own} />
    </div>
  );
}

/** Name, duties and districts; nothing is sent before it is saved, and only what was changed. */
function PowersPanel({ account, own }: { account: AccountView; own: boolean }) {
  const { t } = useText();
  const { message } = App.useApp();
  const change = useChangePerson(account.id);
  const [name, setName] = useState(account.name);
  const [badgeNo, setBadgeNo] = useState(account.badgeNo ?? "");
  const [duties, setDuties] = useState(account.duties);
  const [districts, setDistricts] = useState(account.districts);
  const differs = (a: readonly string[], b: readonly string[]) => [...a].sort().join() !== [...b].sort().join();
  const changes = {
    ...(name.trim() === account.name ? {} : { name: name.trim() }),
    ...(badgeNo.trim() === (account.badgeNo ?? "") ? {} : { badgeNo: badgeNo.trim() || null }),
    ...(differs(duties, account.duties) ? { duties } : {}),
    ...(differs(districts, account.districts) ? { districts } : {}),
  };
  const isReady = Object.keys(changes).length > 0 && name.trim() !== "" && duties.length > 0;
  const save = () =>
    change.mutate(
      { version: account.version, ...changes },
      { onSuccess: () => void message.success(t("people.saved")) },
    );
  return (
    <Panel
      title={account.name}
      extra={
        <>
          {account.login} {account.demo ? <Badge>{t("people.demo")}</Badge> : null}
        </>
      }
    >
      <div className="people-form">
        {change.isError ? <ErrorPanel error={change.error} /> : null}
        {own ? <p className="people-hint">{t("people.own")}</p> : null}
        <label htmlFor="person-name">{t("people.name")}</label>
        <Input id="person-name" maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        <label htmlFor="person-badge">{t("people.badgeNo")}</label>
        <Input id="person-badge" maxLength={40} value={badgeNo} onChange={(event) => setBadgeNo(event.target.value)} />
        <DutyFields
          duties={duties}
          districts={districts}
          onDuties={setDuties}
          onDistricts={setDistricts}
          disabled={own}
        />
        <Button type="primary" disabled={!isReady} loading={change.isPending} onClick={save}>
          {t("action.save")}
        </Button>
      </div>
    </Panel>
  );
}

/** Password and disabling: both end every session of the account, so both are asked twice. */
function AccessPanel({ account, own }: { account: AccountView; own: boolean }) {
  const { t } = useText();
  const { modal, message } = App.useApp();
  const change = useChangePerson(account.id);
  const reset = useResetPassword(account.id);
  const isOff = account.disabledAt !== null;
  const switchTo = (disabled: boolean) =>
    change.mutateAsync({ version: account.version, disabled }).then(
      () => void message.success(t("people.saved")),
      () => undefined,
    );
  const ask = (title: string, content: string, onOk: () => Promise<unknown>) =>
    void modal.confirm({ title, content, okText: title, okButtonProps: { danger: true }, onOk });
  const time = (at: string): string => formatInstant(at, bureauTimezone).slice(0, 16);
  return (
    <Panel title={t("people.account")}>
      {change.isError ? <ErrorPanel error={change.error} /> : null}
      {reset.isError ? <ErrorPanel error={reset.error} /> : null}
      <Facts>
        <Fact label={t("people.signedIn")}>
          {account.lastSeenAt === null ? t("people.neverSignedIn") : time(account.lastSeenAt)}
        </Fact>
        {account.mustChangePassword ? (
          <Fact label={t("people.password")}>
            <Badge tone="info">{t("people.mustChange")}</Badge>
          </Fact>
        ) : null}
        {account.disabledAt === null ? null : (
          <Fact label={t("people.disabled")}>{t("people.disabledAt", { time: time(account.disabledAt) })}</Fact>
        )}
      </Facts>
      <div className="people-tools">
        <Button
          size="small"
          disabled={own || isOff}
          loading={reset.isPending}
          onClick={() =>
            ask(t("people.resetPassword"), t("people.resetSure"), () => reset.mutateAsync().catch(() => undefined))
          }
        >
          {t("people.resetPassword")}
        </Button>
        {isOff ? (
          <Button size="small" disabled={own} loading={change.isPending} onClick={() => void switchTo(false)}>
            {t("people.enable")}
          </Button>
        ) : (
          <Button
            size="small"
            danger
            disabled={own}
            loading={change.isPending}
            onClick={() => ask(t("people.disable"), t("people.disableSure"), () => switchTo(true))}
          >
            {t("people.disable")}
          </Button>
        )}
      </div>
      {reset.data ? <HandedPassword {...reset.data} onClose={reset.reset} /> : null}
    </Panel>
  );
}

import { duties } from "@mingcha/models";
import type { AccountView } from "@mingcha/models/http";
import { useDistricts } from "../../api/session.ts";
import { Badge, type BadgeTone } from "../../components/badges.tsx";
import { Nothing, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { needsCertificate } from "./account-filter.ts";

interface AccountListProps {
  readonly items: readonly AccountView[];
  readonly chosenId: string | null;
  readonly onChoose: (id: string) => void;
}

/** Everybody, one row each: who, what they may do and where, and how long they may. */
export function AccountList({ items, chosenId, onChoose }: AccountListProps) {
  const { t } = useText();
  return (
    <Panel title={`${t("people.title")} ${items.length}`} className="people-list">
      {items.length === 0 ? <Nothing>{t("people.none")}</Nothing> : null}
      <ul>
        {items.map((account) => (
          <li key={account.id}>
            <button
              type="button"
              className={`person-row ${account.id === chosenId ? "person-chosen" : ""} ${account.disabledAt === null ? "" : "person-off"}`}
              aria-current={account.id === chosenId}
              onClick={() => onChoose(account.id)}
            >
              <PersonRow account={account} />
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function PersonRow({ account }: { account: AccountView }) {
  const { t, pick, chinese } = useText();
  const districts = useDistricts();
  const comma = chinese ? "、" : ", ";
  const where = districts.filter(({ id }) => account.districts.includes(id)).map(({ name }) => pick(name));
  return (
    <>
      <span className="person-name">
        <b>{account.name}</b> <span>{account.login}</span>
      </span>
      <span className="person-duties">{account.duties.map((duty) => pick(duties[duty])).join(comma)}</span>
      <span className="person-where">
        {account.districts.length === 0 ? t("people.wholeBureau") : where.join(comma)}
      </span>
      <span className="person-state">
        {account.disabledAt === null ? null : <Badge>{t("people.disabled")}</Badge>}
        {account.mustChangePassword && account.disabledAt === null ? (
          <Badge tone="info">{t("people.mustChange")}</Badge>
        ) : null}
        {needsCertificate(account) || account.qualification.until !== null ? (
          <CertificateBadge account={account} />
        ) : null}
      </span>
    </>
  );
}

const tones: Record<AccountView["qualification"]["state"], BadgeTone> = {
  none: "bad",
  lapsed: "bad",
  expiring: "warn",
  valid: "good",
};

export function CertificateBadge({ account: { qualification } }: { account: AccountView }) {
  const { t } = useText();
  return (
    <Badge tone={tones[qualification.state]}>
      {t("people.certificate")} {t(`people.certificateState.${qualification.state}`)}
      {qualification.until === null ? "" : ` ${t("people.until", { day: qualification.until })}`}
    </Badge>
  );
}

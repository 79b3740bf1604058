import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";
import { useAccounts } from "../../api/people.ts";
import { useDistricts } from "../../api/session.ts";
import { ErrorPanel, Nothing, Page, Waiting } from "../../components/page.tsx";
import { useNarrow } from "../../lib/use-narrow.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { AccountDetail } from "./account-detail.tsx";
import { type AccountFilter, dutyOptions, everyAccount, filterAccounts } from "./account-filter.ts";
import { AccountList } from "./account-list.tsx";
import { NewAccount } from "./new-account.tsx";
import { OpenRecusals, StandingRecusals } from "./recusal-panels.tsx";
import "./people.css";

/** Accounts for the administrator; recusals that wait for the head. */
export function PeoplePage() {
  const { t } = useText();
  const { duties } = usePerson();
  const keeps = duties.includes("administrator");
  return keeps ? (
    <Accounts />
  ) : (
    <Page title={t("people.recusals")}>
      <OpenRecusals />
      <StandingRecusals />
    </Page>
  );
}

function Accounts() {
  const { t, pick } = useText();
  const accounts = useAccounts();
  const districts = useDistricts();
  const narrow = useNarrow();
  const [params, setParams] = useSearchParams();
  const [filter, setFilter] = useState<AccountFilter>(everyAccount);
  const [creating, setCreating] = useState(false);
  if (accounts.isPending) return <Waiting />;
  const items = accounts.data?.items ?? [];
  const shown = filterAccounts(items, filter);
  const chosen = items.find(({ id }) => id === params.get("id"));
  const open = (id: string | null) => setParams(id === null ? {} : { id });
  const count = (state: AccountFilter["state"]): number => filterAccounts(items, { ...everyAccount, state }).length;
  const set = (change: Partial<AccountFilter>) => setFilter((before) => ({ ...before, ...change }));
  return (
    <Page
      title={t("people.title")}
      extra={
        narrow && chosen ? undefined : (
          <>
            <Segmented
              size="small"
              value={filter.state}
              onChange={(state) => set({ state })}
              options={(["all", "expiring", "disabled"] as const).map((value) => ({
                value,
                label: `${t(`people.${value}`)} ${count(value)}`,
              }))}
            />
            <Select
              size="small"
              className="people-select"
              aria-label={t("people.duties")}
              value={filter.duty}
              onChange={(duty) => set({ duty })}
              options={[
                { value: "" as const, label: t("people.anyDuty") },
                ...dutyOptions.map(({ value, label }) => ({ value, label: pick(label) })),
              ]}
            />
            <Select
              size="small"
              className="people-select"
              aria-label={t("people.districts")}
              value={filter.district}
              onChange={(district) => set({ district })}
              options={[
                { value: "", label: t("people.anyDistrict") },
                ...districts.map(({ id, name }) => ({ value: id, label: pick(name) })),
              ]}
            />
            <Input.Search
              size="small"
              allowClear
              className="people-search"
              placeholder={t("people.search")}
              aria-label={t("people.search")}
              onChange={(event) => set({ text: event.target.value })}
            />
            <Button type="primary" size="small" icon={<PlusOutlined />} onClick={() => setCreating(true)}>
              {t("people.create")}
            </Button>
          </>
        )
      }
    >
      {accounts.isError ? <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} /> : null}
      <div className="people-columns">
        {narrow && chosen ? null : (
          <div>
            <AccountList items={shown} chosenId={chosen?.id ?? null} onChoose={open} />
            <StandingRecusals people={items} />
          </div>
        )}
        {chosen === undefined ? (
          narrow ? null : (
            <Nothing>{t("people.choose")}</Nothing>
          )
        ) : (
          <AccountDetail key={chosen.id} account={chosen} onBack={narrow ? () => open(null) : undefined} />
        )}
      </div>
      {creating ? (
        <NewAccount
          onClose={() => setCreating(false)}
          onCreated={(id) => {
            setFilter(everyAccount);
            open(id);
          }}
        />
      ) : null}
    </Page>
  );
}

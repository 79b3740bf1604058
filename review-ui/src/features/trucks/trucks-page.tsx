import { Tabs } from "antd";
import { useSearchParams } from "react-router";
import { useTruckRegister } from "../../api/trucks.ts";
import { ErrorPanel, Page } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { ImportsTab } from "./imports-tab.tsx";
import { LeadsTab } from "./leads-tab.tsx";
import { RegisterTab } from "./register-tab.tsx";
import { TripsTab } from "./trips-tab.tsx";
import "./trucks.css";

const tabs = ["leads", "trips", "register", "imports"] as const;
type Tab = (typeof tabs)[number];

/** Muck trucks from site to tipping site: what does not agree, every trip, what they are compared with, and what was imported. */
export function TrucksPage() {
  const { t } = useText();
  const [search, setSearch] = useSearchParams();
  const tab: Tab = tabs.find((one) => one === search.get("tab")) ?? "leads";
  const register = useTruckRegister();
  return (
    <Page title={t("trucks.title")}>
      {register.isError ? <ErrorPanel error={register.error} onRetry={() => void register.refetch()} /> : null}
      <Tabs
        className="trucks-tabs"
        activeKey={tab}
        onChange={(key) => setSearch(key === "leads" ? {} : { tab: key })}
        destroyOnHidden
        items={tabs.map((key) => ({
          key,
          label: t(`trucks.tab.${key}`),
          children:
            key === "leads" ? (
              <LeadsTab register={register.data} />
            ) : key === "trips" ? (
              <TripsTab register={register.data} />
            ) : key === "register" ? (
              <RegisterTab register={register.data} />
            ) : (
              <ImportsTab register={register.data} />
            ),
        }))}
      />
    </Page>
  );
}

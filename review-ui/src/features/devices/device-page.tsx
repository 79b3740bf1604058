import { Alert } from "antd";
import { Link, useParams } from "react-router";
import { useDevice } from "../../api/devices.ts";
import { DeviceState } from "../../components/device-state.tsx";
import { ErrorPanel, Page, Panel, Waiting } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { StreamPanel } from "../streams/stream-panel.tsx";
import { ClockPanel } from "./clock-panel.tsx";
import { Erasures } from "./erasures.tsx";
import { RecordForm } from "./record-form.tsx";
import { RecordList } from "./record-list.tsx";
import "./devices.css";

/** The register of one recording device: what it must have, what it has, and everything ever entered (domain D.6, H.3). */
export function DevicePage() {
  const { t, pick } = useText();
  const { id = "" } = useParams();
  const device = useDevice(id);
  if (device.isPending) return <Waiting />;
  if (device.data === undefined)
    return (
      <Page title={t("devices.title")}>
        <ErrorPanel error={device.error} onRetry={() => void device.refetch()} />
      </Page>
    );
  const { data } = device;
  return (
    <Page
      title={
        <span className="device-heading">
          <Link to="/sources">{t("nav.sources")}</Link>
          <span aria-hidden="true">/</span>
          {data.name} · {t("devices.title")}
        </span>
      }
    >
      {data.barred === null ? null : <Alert className="device-barred" type="info" showIcon title={pick(data.barred)} />}
      <div className="device-columns">
        <div>
          <Panel title={t("devices.stateNow")} extra={data.place}>
            <DeviceState at={data.now} timezone={data.timezone} />
          </Panel>
          <StreamPanel sourceId={data.sourceId} timezone={data.timezone} />
          {data.barred === null ? <RecordForm sourceId={data.sourceId} /> : null}
          <ClockPanel sourceId={data.sourceId} samples={data.samples} readOnly={data.barred !== null} />
        </div>
        <div>
          <RecordList device={data} />
          <Erasures device={data} />
        </div>
      </div>
    </Page>
  );
}

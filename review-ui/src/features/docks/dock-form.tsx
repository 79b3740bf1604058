import { isSerial } from "@mingcha/models/dock";
import type { DockDetail } from "@mingcha/models/http";
import { App, Button, Input, Select, Switch } from "antd";
import { useState } from "react";
import { useDocks, useSetDock } from "../../api/docks.ts";
import { useSources } from "../../api/records.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface DockFormProps {
  /** Null: a new one. */
  readonly dock: DockDetail | null;
  readonly onSaved: (sn: string) => void;
}

/** What a dock is entered as. Its serial number is its name at the broker and never changes. */
export function DockForm({ dock, onSaved }: DockFormProps) {
  const { t } = useText();
  const { message } = App.useApp();
  const sources = useSources();
  const docks = useDocks();
  const set = useSetDock();
  const [sn, setSn] = useState(dock?.sn ?? "");
  const [name, setName] = useState(dock?.name ?? "");
  const [sourceId, setSourceId] = useState(dock?.source?.id ?? "");
  const [aircraftSn, setAircraftSn] = useState(dock?.aircraftSn ?? "");
  const [enabled, setEnabled] = useState(dock?.enabled ?? true);
  const taken = new Set((docks.data?.items ?? []).filter((one) => one.sn !== dock?.sn).map((one) => one.source?.id));
  const drones = (sources.data?.items ?? []).filter(({ id, kind }) => kind === "drone" && !taken.has(id));
  const isReady =
    isSerial(sn.trim()) && name.trim() !== "" && (aircraftSn.trim() === "" || isSerial(aircraftSn.trim()));
  const send = () =>
    set.mutate(
      {
        sn: sn.trim(),
        version: dock?.version ?? 0,
        name,
        sourceId: sourceId === "" ? null : sourceId,
        aircraftSn: aircraftSn.trim() === "" ? null : aircraftSn.trim(),
        enabled,
      },
      {
        onSuccess: () => {
          void message.success(t("docks.saved"));
          onSaved(sn.trim());
        },
      },
    );
  const key = dock?.sn ?? "new";
  return (
    <div className="docks-form">
      {set.isError ? <ErrorPanel error={set.error} /> : null}
      {dock === null ? (
        <>
          <label htmlFor={`dock-sn-${key}`}>{t("docks.sn")}</label>
          <Input
            id={`dock-sn-${key}`}
            value={sn}
            placeholder={t("docks.snHint")}
            onChange={(event) => setSn(event.target.value)}
          />
        </>
      ) : null}
      <label htmlFor={`dock-name-${key}`}>{t("docks.name")}</label>
      <Input id={`dock-name-${key}`} value={name} maxLength={80} onChange={(event) => setName(event.target.value)} />
      <label htmlFor={`dock-source-${key}`}>{t("docks.source")}</label>
      <Select
        id={`dock-source-${key}`}
        value={sourceId}
        onChange={setSourceId}
        options={[
          { value: "", label: t("docks.sourceNone") },
          ...drones.map((source) => ({ value: source.id, label: source.name })),
        ]}
      />
      <label htmlFor={`dock-aircraft-${key}`}>{t("docks.aircraftSn")}</label>
      <Input id={`dock-aircraft-${key}`} value={aircraftSn} onChange={(event) => setAircraftSn(event.target.value)} />
      <label htmlFor={`dock-on-${key}`}>{t("docks.enabled")}</label>
      <span>
        <Switch id={`dock-on-${key}`} checked={enabled} onChange={setEnabled} />
      </span>
      <Button type="primary" disabled={!isReady} loading={set.isPending} onClick={send}>
        {t("action.save")}
      </Button>
    </div>
  );
}

import type { DockDetail } from "@mingcha/models/http";
import { App, Button } from "antd";
import { useSetDock } from "../../api/docks.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Fact, Facts, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";

interface DockBindingProps {
  readonly dock: DockDetail;
  readonly binding: NonNullable<DockDetail["binding"]>;
  readonly timezone: string;
}

/** What is typed into DJI Pilot 2 on site, once. */
export function DockBinding({ dock, binding, timezone }: DockBindingProps) {
  const { t } = useText();
  const { message } = App.useApp();
  const set = useSetDock();
  const { sn, version, name, aircraftSn, enabled, source, boundAt } = dock;
  const renew = () =>
    set.mutate(
      { sn, version, name, aircraftSn, enabled, sourceId: source?.id ?? null, newCode: true },
      { onSuccess: () => void message.success(t("docks.saved")) },
    );
  return (
    <Panel
      className="docks-binding"
      title={t("docks.binding")}
      extra={boundAt === null ? t("docks.notBound") : formatInstant(boundAt, timezone)}
    >
      {set.isError ? <ErrorPanel error={set.error} /> : null}
      <p className="docks-soft">{t("docks.bindingHint")}</p>
      <Facts>
        <Fact label={t("docks.organization")}>
          <Copyable value={binding.organizationId} />
        </Fact>
        <Fact label={t("docks.code")}>
          <Copyable value={binding.code} />
        </Fact>
      </Facts>
      <Button size="small" loading={set.isPending} onClick={renew}>
        {t("docks.newCode")}
      </Button>
    </Panel>
  );
}

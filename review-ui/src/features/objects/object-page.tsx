import { objectKinds } from "@mingcha/models/objects";
import { Alert, App, Button, Input, Modal } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useCloseObject, useObject } from "../../api/objects.ts";
import { mayOpen } from "../../app/navigation.ts";
import { Badge } from "../../components/badges.tsx";
import { ObjectFacts } from "../../components/object-facts.tsx";
import { ErrorPanel, Page, Panel, Waiting } from "../../components/page.tsx";
import { PriorActs } from "../../components/prior-acts.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { ObjectForm } from "./object-form.tsx";
import { registerTimezone } from "./timezone.ts";
import { VersionList } from "./version-list.tsx";
import "./objects.css";

/** One file: what is entered, what happened, and every version of it. */
export function ObjectPage() {
  const { t, pick } = useText();
  const { id = "" } = useParams();
  const { duties } = usePerson();
  const object = useObject(id);
  const [dialog, setDialog] = useState<"change" | "close" | null>(null);
  if (object.isPending) return <Waiting />;
  if (object.data === undefined)
    return (
      <Page title={t("objects.title")}>
        <ErrorPanel error={object.error} onRetry={() => void object.refetch()} />
      </Page>
    );
  const { data } = object;
  const maySave = data.mayWrite && data.closed === null;
  return (
    <Page
      title={
        <span className="objects-heading">
          <Link to={`/objects?kind=${data.kind}`}>{t("objects.title")}</Link>
          <span aria-hidden="true">/</span>
          {data.name}
          <Badge tone="info">{pick(objectKinds[data.kind])}</Badge>
          {data.demo ? <Badge>{t("objects.demo")}</Badge> : null}
        </span>
      }
      extra={
        maySave ? (
          <>
            <Button danger onClick={() => setDialog("close")}>
              {t("objects.close")}
            </Button>
            <Button type="primary" onClick={() => setDialog("change")}>
              {t("objects.change")}
            </Button>
          </>
        ) : null
      }
    >
      {data.closed === null ? null : (
        <Alert
          className="objects-closed"
          type="warning"
          showIcon
          title={t("objects.closedWhy", {
            time: formatInstant(data.closed.at, registerTimezone),
            reason: data.closed.reason,
          })}
        />
      )}
      <div className="objects-columns">
        <div>
          <Panel title={t("objects.facts")}>
            <ObjectFacts object={data} />
          </Panel>
          <Panel title={t("objects.acts.title", { total: data.acts?.total ?? 0 })}>
            {data.acts === null ? (
              <p className="objects-hint">{t("objects.acts.notForYou")}</p>
            ) : (
              <PriorActs acts={data.acts} cases={mayOpen("cases", duties)} />
            )}
          </Panel>
        </div>
        <VersionList versions={data.versions} kind={data.kind} />
      </div>
      {dialog === "change" ? (
        <ObjectForm kind={data.kind} object={data} onClose={() => setDialog(null)} onSaved={() => setDialog(null)} />
      ) : null}
      {dialog === "close" ? <CloseDialog id={data.id} version={data.version} onClose={() => setDialog(null)} /> : null}
    </Page>
  );
}

function CloseDialog({ id, version, onClose }: { id: string; version: number; onClose: () => void }) {
  const { t } = useText();
  const { message } = App.useApp();
  const close = useCloseObject(id);
  const [reason, setReason] = useState("");
  return (
    <Modal
      open
      title={t("objects.close")}
      okText={t("objects.close")}
      cancelText={t("action.cancel")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: close.isPending }}
      onOk={() =>
        close.mutate(
          { version, reason: reason.trim() },
          {
            onSuccess: () => {
              void message.success(t("objects.closed"));
              onClose();
            },
          },
        )
      }
      onCancel={onClose}
    >
      {close.isError ? <ErrorPanel error={close.error} /> : null}
      <p className="objects-hint">{t("objects.closeHint")}</p>
      <Input.TextArea
        rows={3}
        maxLength={500}
        aria-label={t("objects.reason")}
        placeholder={t("objects.reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
    </Modal>
  );
}

import type { StreamView } from "@mingcha/models/http";
import {
  type StreamKind,
  type StreamPolicy,
  streamKindCodes,
  streamKinds,
  streamPolicies,
  streamPolicyCodes,
} from "@mingcha/models/streams";
import { App, Button, Input, InputNumber, Select, Switch } from "antd";
import { useState } from "react";
import { useSetStream } from "../../api/streams.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** How the source is reached. A password that is kept is never shown; left empty it stays. */
export function StreamForm({ view }: { view: StreamView }) {
  const { t, pick } = useText();
  const { message } = App.useApp();
  const { stream } = view;
  const set = useSetStream(view.sourceId);
  const [kind, setKind] = useState<StreamKind>(stream?.kind ?? "rtsp");
  const [url, setUrl] = useState(stream?.url ?? "");
  const [userName, setUserName] = useState(stream?.userName ?? "");
  const [password, setPassword] = useState("");
  const [policy, setPolicy] = useState<StreamPolicy>(stream?.policy ?? "never-drop");
  const [clipS, setClipS] = useState<number | null>(stream?.clipS ?? 10);
  const [enabled, setEnabled] = useState(stream?.enabled ?? true);
  const [hasOnvif, setHasOnvif] = useState(stream?.onvif.enabled ?? true);
  const [onvifPort, setOnvifPort] = useState<number | null>(stream?.onvif.port ?? null);
  const [onvifPath, setOnvifPath] = useState(stream?.onvif.path ?? "");
  const send = () => {
    if (clipS === null) return;
    const secret = password === "" ? {} : { password };
    const user = userName.trim() === "" ? null : userName.trim();
    const onvif = { enabled: hasOnvif, port: onvifPort, path: onvifPath.trim() === "" ? null : onvifPath.trim() };
    set.mutate(
      { version: stream?.version ?? 0, kind, url, userName: user, ...secret, policy, clipS, enabled, onvif },
      { onSuccess: () => void message.success(t("streams.saved")) },
    );
  };
  return (
    <div className="device-form stream-form">
      {set.isError ? <ErrorPanel error={set.error} /> : null}
      <label htmlFor="stream-kind">{t("streams.kind")}</label>
      <Select
        id="stream-kind"
        value={kind}
        onChange={setKind}
        options={streamKindCodes.map((value) => ({ value, label: pick(streamKinds[value]) }))}
      />
      <label htmlFor="stream-url">{t("streams.url")}</label>
      <Input
        id="stream-url"
        value={url}
        placeholder={streamKinds[kind].example}
        onChange={(e) => setUrl(e.target.value)}
      />
      <label htmlFor="stream-user">{t("streams.user")}</label>
      <Input id="stream-user" autoComplete="off" value={userName} onChange={(e) => setUserName(e.target.value)} />
      <label htmlFor="stream-password">{t("streams.password")}</label>
      <Input.Password
        id="stream-password"
        autoComplete="new-password"
        value={password}
        placeholder={stream?.hasPassword ? t("streams.passwordKept") : ""}
        onChange={(e) => setPassword(e.target.value)}
      />
      <label htmlFor="stream-policy">{t("streams.policy")}</label>
      <Select
        id="stream-policy"
        value={policy}
        onChange={setPolicy}
        options={streamPolicyCodes.map((value) => ({ value, label: pick(streamPolicies[value]) }))}
      />
      <label htmlFor="stream-clip">{pick(streamKinds[kind].every)}</label>
      <InputNumber id="stream-clip" min={2} max={60} value={clipS} onChange={setClipS} />
      <label htmlFor="stream-onvif">{t("clocks.onvif")}</label>
      <span>
        <Switch id="stream-onvif" checked={hasOnvif} onChange={setHasOnvif} />
      </span>
      {hasOnvif ? (
        <>
          <label htmlFor="stream-onvif-port">{t("clocks.onvifPort")}</label>
          <InputNumber
            id="stream-onvif-port"
            min={1}
            max={65_535}
            value={onvifPort}
            placeholder={kind === "rtsp" ? t("clocks.usualPort") : t("clocks.samePort")}
            onChange={setOnvifPort}
          />
          <label htmlFor="stream-onvif-path">{t("clocks.onvifPath")}</label>
          <Input
            id="stream-onvif-path"
            value={onvifPath}
            placeholder="/onvif/device_service"
            onChange={(e) => setOnvifPath(e.target.value)}
          />
        </>
      ) : null}
      <label htmlFor="stream-on">{t("streams.enabled")}</label>
      <span>
        <Switch id="stream-on" checked={enabled} onChange={setEnabled} />
      </span>
      <Button type="primary" disabled={url.trim() === "" || clipS === null} loading={set.isPending} onClick={send}>
        {t("action.save")}
      </Button>
    </div>
  );
}

import { FileAddOutlined } from "@ant-design/icons";
import { Alert, Button } from "antd";
import { useRef, useState } from "react";
import { useRegisterScene } from "../../api/records.ts";
import { Copyable } from "../../components/copyable.tsx";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

/** Registers a source from its scene.json, or gives it a new version of its zones and rules. */
export function SceneForm() {
  const { t } = useText();
  const register = useRegisterScene();
  const input = useRef<HTMLInputElement>(null);
  const [unreadable, setUnreadable] = useState(false);
  const send = async (file: File) => {
    register.reset();
    const scene = await file.text().then(parseJson);
    setUnreadable(scene === undefined);
    if (scene !== undefined) register.mutate(scene);
  };
  return (
    <Panel title={t("upload.scene")}>
      <p className="scene-hint">{t("upload.sceneHint")}</p>
      <Button icon={<FileAddOutlined />} loading={register.isPending} onClick={() => input.current?.click()}>
        {t("upload.chooseScene")}
      </Button>
      <input
        ref={input}
        hidden
        type="file"
        accept=".json,application/json"
        aria-label={t("upload.chooseScene")}
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) send(file).catch(() => setUnreadable(true));
          event.target.value = "";
        }}
      />
      <div className="scene-result">
        {unreadable ? <Alert type="error" showIcon title={t("upload.sceneUnreadable")} /> : null}
        {register.isError ? <ErrorPanel error={register.error} /> : null}
        {register.data ? (
          <Alert
            type="success"
            showIcon
            title={t("upload.sceneDone", { source: register.data.sourceId, version: register.data.version })}
            description={<Copyable hash value={register.data.sha256} />}
          />
        ) : null}
      </div>
    </Panel>
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

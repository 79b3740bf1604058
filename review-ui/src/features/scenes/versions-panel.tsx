import { DownloadOutlined } from "@ant-design/icons";
import type { SceneVersionView, SourceDetail } from "@mingcha/models/http";
import { Button } from "antd";
import { Nothing } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { ChangeList } from "./change-list.tsx";
import type { Draft } from "./draft.ts";
import { sceneChanges } from "./scene-changes.ts";

interface VersionsPanelProps {
  readonly source: SourceDetail;
  readonly onBringBack: (version: number, document: Draft) => void;
}

/** The file `npm run analyze -- --scene` reads. */
function download({ document: scene, version }: SceneVersionView, sourceId: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(scene, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${sourceId}-v${version}.scene.json`;
  link.click();
  URL.revokeObjectURL(url);
}

/** Every version with who drew it, since when it holds and what it changed. */
export function VersionsPanel({ source, onBringBack }: VersionsPanelProps) {
  const { t } = useText();
  if (source.scenes.length === 0) return <Nothing>{t("scenes.noVersions")}</Nothing>;
  return (
    <ul className="scene-list">
      {source.scenes.map((scene, nth) => {
        const before = source.scenes[nth + 1];
        return (
          <li key={scene.version} className="scene-row">
            <div className="scene-version">
              <b>{t("scenes.version", { version: scene.version })}</b>
              <span>{scene.createdBy ?? t("scenes.byFile")}</span>
              <span className="scene-row-time">{formatInstant(scene.createdAt, source.timezone)}</span>
              <span className="scene-version-end">
                <Button
                  type="text"
                  size="small"
                  icon={<DownloadOutlined />}
                  aria-label={t("scenes.download", { version: scene.version })}
                  title={t("scenes.download", { version: scene.version })}
                  onClick={() => download(scene, source.id)}
                />
                {nth === 0 ? null : (
                  <Button size="small" onClick={() => onBringBack(scene.version, scene.document as Draft)}>
                    {t("scenes.bringBack")}
                  </Button>
                )}
              </span>
            </div>
            {before === undefined ? null : (
              <ChangeList changes={sceneChanges(before.document as Draft, scene.document as Draft)} />
            )}
          </li>
        );
      })}
    </ul>
  );
}

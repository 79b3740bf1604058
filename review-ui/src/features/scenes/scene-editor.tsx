import type { SceneClipView, SourceDetail, TrialFlagView } from "@mingcha/models/http";
import { Alert, App, Button, Slider, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import { useBlocker } from "react-router";
import { useText } from "../../lib/use-text.ts";
import { Canvas } from "./canvas.tsx";
import { GroundPanel } from "./ground-panel.tsx";
import { PositionForm } from "./position-form.tsx";
import { RulesPanel } from "./rules-panel.tsx";
import { SaveDialog } from "./save-dialog.tsx";
import { ToolBar } from "./tool-bar.tsx";
import { TrialPanel } from "./trial-panel.tsx";
import { newestBase, useBase } from "./use-base.ts";
import { useEditor } from "./use-editor.ts";
import { useEditorKeys } from "./use-editor-keys.ts";
import { VersionsPanel } from "./versions-panel.tsx";
import { ZonesPanel } from "./zones-panel.tsx";

interface SceneEditorProps {
  readonly source: SourceDetail;
  readonly clip: SceneClipView;
  readonly heading: ReactNode;
  readonly clips: ReactNode;
}

const tabs = ["zones", "rules", "ground", "trial", "versions"] as const;
type Tab = (typeof tabs)[number];

/** The picture with everything drawn on it, and beside it what the drawing means. */
export function SceneEditor({ source, clip, heading, clips }: SceneEditorProps) {
  const { t, pick } = useText();
  const { modal } = App.useApp();
  const editor = useEditor(newestBase(source).draft, clip);
  const { base, newerVersion, takeNewer, begin } = useBase(source, editor);
  const [tab, setTab] = useState<Tab>("zones");
  const [offsetMs, setOffsetMs] = useState(0);
  const [shown, setShown] = useState<TrialFlagView | null>(null);
  const [isSaving, setSaving] = useState(false);
  const lastMs = Math.max(0, clip.durationMs - 200);
  useEditorKeys(editor, { save: () => editor.scene !== undefined && setSaving(true) });
  useBlocker(({ currentLocation, nextLocation }) => {
    if (!editor.isChanged || currentLocation.pathname === nextLocation.pathname) return false;
    return !window.confirm(t("scenes.leave"));
  });

  const chooseZone = (index: number | null) => {
    editor.selectZone(index);
    if (index !== null) setTab("zones");
  };
  const panels: Record<Tab, ReactNode> = {
    zones: <ZonesPanel editor={editor} onChoose={chooseZone} />,
    rules: <RulesPanel editor={editor} />,
    ground: (
      <>
        <GroundPanel editor={editor} picture={clip} />
        <PositionForm editor={editor} />
      </>
    ),
    trial: <TrialPanel editor={editor} source={source} shown={shown} onShow={setShown} />,
    versions: (
      <VersionsPanel
        source={source}
        onBringBack={(version, document) =>
          modal.confirm({
            title: t("scenes.bringBackTitle", { version }),
            content: t("scenes.bringBackHint"),
            okText: t("scenes.bringBack"),
            cancelText: t("action.cancel"),
            onOk: () => editor.change(document),
          })
        }
      />
    ),
  };
  return (
    <div className="scene">
      <div className="scene-bar">
        <h1 className="page-title">{heading}</h1>
        <ToolBar editor={editor} />
        <span className="scene-bar-end">
          {editor.problem === undefined ? null : (
            <span className="scene-problem" role="alert" title={pick(editor.problem)}>
              {pick(editor.problem)}
            </span>
          )}
          <Button
            type="primary"
            size="small"
            disabled={editor.scene === undefined || !editor.isChanged}
            onClick={() => setSaving(true)}
          >
            {t("scenes.save")}
          </Button>
        </span>
      </div>
      {newerVersion === undefined ? null : (
        <Alert
          banner
          type="warning"
          title={t("scenes.newer", { version: newerVersion, base: base.version })}
          action={
            <Button size="small" onClick={takeNewer}>
              {t("scenes.takeNewer", { version: newerVersion })}
            </Button>
          }
        />
      )}
      <div className="scene-body">
        <div className="scene-picture">
          <Canvas
            editor={editor}
            clip={clip}
            offsetMs={Math.min(offsetMs, lastMs)}
            shown={shown}
            onChoose={chooseZone}
          />
          <div className="scene-time">
            {clips}
            <Slider
              ariaLabelForHandle={t("scenes.moment")}
              min={0}
              max={Math.max(1, lastMs)}
              step={500}
              defaultValue={0}
              tooltip={{ formatter: (ms) => `${((ms ?? 0) / 1000).toFixed(1)} s` }}
              onChangeComplete={setOffsetMs}
            />
          </div>
        </div>
        <div className="scene-side">
          <Tabs
            size="small"
            activeKey={tab}
            onChange={(key) => setTab(key as Tab)}
            items={tabs.map((key) => ({
              key,
              label: t(`scenes.tab.${key}`),
              children: tab === key ? panels[key] : null,
            }))}
          />
        </div>
      </div>
      {isSaving && editor.scene !== undefined ? (
        <SaveDialog
          sourceId={source.id}
          base={base}
          after={editor.draft}
          onSaved={begin}
          onClose={() => setSaving(false)}
        />
      ) : null}
    </div>
  );
}

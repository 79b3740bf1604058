import { Button, Segmented, Tooltip } from "antd";
import { useText } from "../../lib/use-text.ts";
import type { Editor } from "./use-editor.ts";
import { tools } from "./use-editor.ts";
import { toolKeys } from "./use-editor-keys.ts";

/** What a press on the picture does, each with its key. */
export function ToolBar({ editor }: { editor: Editor }) {
  const { t } = useText();
  const isDrawing = editor.tool === "zone" || editor.tool === "line";
  return (
    <span className="scene-tools">
      <Segmented
        size="small"
        aria-label={t("scenes.tools")}
        value={editor.tool}
        onChange={editor.setTool}
        options={tools.map((tool) => ({
          value: tool,
          disabled: tool === "line" && editor.zoneIndex === null,
          label: (
            <Tooltip title={t(`scenes.toolHint.${tool}`)}>
              <span>
                {t(`scenes.tool.${tool}`)} <kbd>{toolKeys[tool]}</kbd>
              </span>
            </Tooltip>
          ),
        }))}
      />
      {isDrawing ? (
        <Button size="small" disabled={editor.points.length < (editor.tool === "zone" ? 3 : 2)} onClick={editor.finish}>
          {t("scenes.finish")} <kbd>Enter</kbd>
        </Button>
      ) : null}
      <Button size="small" disabled={!editor.canUndo} onClick={editor.undo}>
        {t("scenes.undo")} <kbd>Z</kbd>
      </Button>
      <Button size="small" disabled={!editor.canRedo} onClick={editor.redo}>
        {t("scenes.redo")} <kbd>⇧Z</kbd>
      </Button>
    </span>
  );
}

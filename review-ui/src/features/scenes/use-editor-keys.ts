import { usePageKeys } from "../../lib/keyboard.ts";
import { removeZone } from "./draft.ts";
import type { Editor, Tool } from "./use-editor.ts";

/** Keys of the editor, as its tool bar shows them. */
export const toolKeys: Record<Tool, string> = { select: "V", zone: "P", line: "L", mark: "M" };

/** Tools by their keys; Enter ends what is drawn, Backspace takes the last point, Escape leaves; Delete takes the chosen zone out. */
export function useEditorKeys(editor: Editor, { save }: { save: () => void }): void {
  usePageKeys(({ key, shift }) => {
    const tool = (Object.keys(toolKeys) as Tool[]).find((name) => toolKeys[name].toLowerCase() === key);
    if (tool === "line" && editor.zoneIndex === null) return false;
    if (tool !== undefined) editor.setTool(tool);
    else if (key === "z") (shift ? editor.redo : editor.undo)();
    else if (key === "s") save();
    else if (key === "Enter" && editor.points.length > 0) editor.finish();
    else if (key === "Backspace" && editor.points.length > 0) editor.dropLastPoint();
    else if (key === "Escape") editor.tool === "select" ? editor.selectZone(null) : editor.setTool("select");
    else if (key === "Delete" && editor.zoneIndex !== null) {
      editor.change(removeZone(editor.draft, editor.zoneIndex));
      editor.selectZone(null);
    } else return false;
    return true;
  });
}

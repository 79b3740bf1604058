import { DeleteOutlined } from "@ant-design/icons";
import { zoneKinds } from "@mingcha/models/scene";
import { Button, Input, Select } from "antd";
import { Nothing } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { changeZone, type DraftZone, removeZone } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

interface ZonesPanelProps {
  readonly editor: Editor;
  readonly onChoose: (index: number | null) => void;
}

/** Every zone with its meaning and place; the chosen one opens. */
export function ZonesPanel({ editor, onChoose }: ZonesPanelProps) {
  const { t } = useText();
  const { draft, zoneIndex } = editor;
  if (draft.zones.length === 0) return <Nothing>{t("scenes.noZones")}</Nothing>;
  return (
    <ul className="scene-list">
      {draft.zones.map((zone, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names change while they are typed
        <li key={index} className={index === zoneIndex ? "scene-row scene-row-open" : "scene-row"}>
          <button type="button" className="scene-row-head" onClick={() => onChoose(index === zoneIndex ? null : index)}>
            <span className={`zone-swatch zone-swatch-${zone.kind}`} />
            <b>{zone.place ?? zone.id}</b>
            <span>{t(`item.zoneKind.${zone.kind}`)}</span>
          </button>
          {index === zoneIndex ? <ZoneForm editor={editor} zone={zone} index={index} onChoose={onChoose} /> : null}
        </li>
      ))}
    </ul>
  );
}

function ZoneForm({ editor, zone, index, onChoose }: ZonesPanelProps & { zone: DraftZone; index: number }) {
  const { t } = useText();
  const set = (change: Partial<DraftZone>) => editor.change(changeZone(editor.draft, index, change));
  return (
    <div className="scene-form">
      <label htmlFor="zone-kind">{t("scenes.zoneKind")}</label>
      <Select
        id="zone-kind"
        size="small"
        value={zone.kind}
        onChange={(kind) => set({ kind })}
        options={zoneKinds.map((kind) => ({ value: kind, label: t(`item.zoneKind.${kind}`) }))}
      />
      <label htmlFor="zone-place">{t("scenes.place")}</label>
      <Input
        id="zone-place"
        size="small"
        maxLength={120}
        value={zone.place ?? ""}
        placeholder={t("scenes.placeHint")}
        onChange={(event) => set({ place: event.target.value })}
      />
      <label htmlFor="zone-id">{t("scenes.zoneId")}</label>
      <Input
        id="zone-id"
        size="small"
        maxLength={60}
        value={zone.id}
        onChange={(event) => set({ id: event.target.value.trim() })}
      />
      <span>{t("scenes.doorLine")}</span>
      {zone.line === undefined ? (
        <Button size="small" onClick={() => editor.setTool("line")}>
          {t("scenes.drawLine")} <kbd>L</kbd>
        </Button>
      ) : (
        <Button size="small" onClick={() => set({ line: undefined } as unknown as Partial<DraftZone>)}>
          {t("scenes.removeLine")}
        </Button>
      )}
      <span className="scene-form-end">
        {t("scenes.corners", { total: zone.polygon.length })}
        <Button
          size="small"
          danger
          icon={<DeleteOutlined />}
          onClick={() => {
            editor.change(removeZone(editor.draft, index));
            onChoose(null);
          }}
        >
          {t("scenes.removeZone")}
        </Button>
      </span>
    </div>
  );
}

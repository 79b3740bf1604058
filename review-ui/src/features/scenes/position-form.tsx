import { type Crs, crsCodes, crsNames, toWgs84 } from "@mingcha/models/geo";
import { InputNumber, Select } from "antd";
import { useText } from "../../lib/use-text.ts";
import { setPosition, type TypedPosition } from "./draft.ts";
import type { Editor } from "./use-editor.ts";

/** Where the source stands, in the datum it was read in; shown and stored in WGS-84, the version keeps what was typed. */
export function PositionForm({ editor }: { editor: Editor }) {
  const { t, pick } = useText();
  const { source } = editor.draft;
  const crs: Crs = source.crs ?? "wgs84";
  const set = (change: Partial<TypedPosition>) =>
    editor.change(
      setPosition(editor.draft, { longitude: source.longitude, latitude: source.latitude, crs, ...change }),
    );
  const wgs84 =
    source.longitude === undefined || source.latitude === undefined
      ? null
      : toWgs84({ longitude: source.longitude, latitude: source.latitude }, crs);
  return (
    <fieldset className="scene-position">
      <legend>{t("position.title")}</legend>
      <p className="scene-hint">{t("position.hint")}</p>
      <Select<Crs>
        size="small"
        aria-label={t("position.crs")}
        value={crs}
        onChange={(next) => set({ crs: next })}
        options={crsCodes.map((code) => ({ value: code, label: pick(crsNames[code]) }))}
      />
      <span className="scene-position-fields">
        <InputNumber<number>
          size="small"
          min={-180}
          max={180}
          step={0.0001}
          aria-label={t("position.longitude")}
          placeholder={t("position.longitude")}
          value={source.longitude ?? null}
          onChange={(value) => set({ longitude: value ?? undefined })}
        />
        <InputNumber<number>
          size="small"
          min={-90}
          max={90}
          step={0.0001}
          aria-label={t("position.latitude")}
          placeholder={t("position.latitude")}
          value={source.latitude ?? null}
          onChange={(value) => set({ latitude: value ?? undefined })}
        />
      </span>
      {wgs84 === null || crs === "wgs84" ? null : (
        <p className="scene-hint">
          {t("position.stored", { at: `${wgs84.longitude.toFixed(6)}, ${wgs84.latitude.toFixed(6)}` })}
        </p>
      )}
    </fieldset>
  );
}

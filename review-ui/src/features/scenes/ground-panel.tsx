import { DeleteOutlined } from "@ant-design/icons";
import { Button, InputNumber } from "antd";
import { useState } from "react";
import { Fact, Facts } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";
import { asRectangle, type DraftMark, type Picture, setMarks } from "./draft.ts";
import { useGround } from "./ground-grid.tsx";
import type { Editor } from "./use-editor.ts";

/** Marks whose place on the ground is known: from four of them on the picture is measured in metres, with the error that is left. */
export function GroundPanel({ editor, picture }: { editor: Editor; picture: Picture }) {
  const { t, pick } = useText();
  const { draft } = editor;
  const marks = draft.calibration?.points ?? [];
  const ground = useGround(draft, picture);
  const set = (points: readonly DraftMark[]) => editor.change(setMarks(draft, points, picture));
  const setMetres = (nth: number, axis: 0 | 1, value: number | null) => {
    if (value === null) return;
    set(
      marks.map((mark, other) =>
        other === nth ? { ...mark, m: axis === 0 ? [value, mark.m[1]] : [mark.m[0], value] } : mark,
      ),
    );
  };
  return (
    <>
      <p className="scene-hint">{t("scenes.groundHint")}</p>
      <Button size="small" onClick={() => editor.setTool("mark")}>
        {t("scenes.setMarks")} <kbd>M</kbd>
      </Button>
      {marks.length === 0 ? null : (
        <table className="scene-marks">
          <thead>
            <tr>
              <th scope="col">{t("scenes.mark")}</th>
              <th scope="col">{t("scenes.eastM")}</th>
              <th scope="col">{t("scenes.northM")}</th>
              <th aria-label={t("scenes.removeMark")} />
            </tr>
          </thead>
          <tbody>
            {marks.map((mark, nth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a mark is its place in the list
              <tr key={nth}>
                <th scope="row">{nth + 1}</th>
                {([0, 1] as const).map((axis) => (
                  <td key={axis}>
                    <InputNumber
                      size="small"
                      step={0.1}
                      aria-label={`${t("scenes.markNumber", { number: nth + 1 })} ${t(axis === 0 ? "scenes.eastM" : "scenes.northM")}`}
                      value={mark.m[axis]}
                      onChange={(value) => setMetres(nth, axis, value)}
                    />
                  </td>
                ))}
                <td>
                  <Button
                    type="text"
                    size="small"
                    icon={<DeleteOutlined />}
                    aria-label={t("scenes.removeMark")}
                    onClick={() => set(marks.filter((_, other) => other !== nth))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {marks.length === 4 ? <RectangleForm onSet={(longM, deepM) => set(asRectangle(marks, longM, deepM))} /> : null}
      {ground === undefined ? (
        <p className="scene-hint">{t("scenes.marksNeeded", { total: Math.max(0, 4 - marks.length) })}</p>
      ) : ground.kind === "bad" ? (
        <p className="scene-refused" role="alert">
          {pick(ground.text)}
        </p>
      ) : (
        <Facts>
          <Fact label={t("scenes.residual")}>
            {t("scenes.residualValue", {
              rms: ground.fit.residual.rmsM.toFixed(2),
              max: ground.fit.residual.maxM.toFixed(2),
            })}
          </Fact>
          <Fact label={t("scenes.leaveOneOut")}>
            {ground.fit.leaveOneOut === null
              ? t("scenes.leaveOneOutNone")
              : t("scenes.residualValue", {
                  rms: ground.fit.leaveOneOut.rmsM.toFixed(2),
                  max: ground.fit.leaveOneOut.maxM.toFixed(2),
                })}
          </Fact>
        </Facts>
      )}
    </>
  );
}

/** Four corners of something rectangular (paving, a parking bay): its two lengths are all there is to measure. */
function RectangleForm({ onSet }: { onSet: (longM: number, deepM: number) => void }) {
  const { t } = useText();
  const [longM, setLongM] = useState<number | null>(null);
  const [deepM, setDeepM] = useState<number | null>(null);
  return (
    <fieldset className="scene-rectangle">
      <legend>{t("scenes.rectangle")}</legend>
      <InputNumber
        size="small"
        min={0.1}
        max={500}
        aria-label={t("scenes.sideOne")}
        placeholder={t("scenes.sideOne")}
        value={longM}
        onChange={setLongM}
      />
      <span aria-hidden="true">×</span>
      <InputNumber
        size="small"
        min={0.1}
        max={500}
        aria-label={t("scenes.sideTwo")}
        placeholder={t("scenes.sideTwo")}
        value={deepM}
        onChange={setDeepM}
      />
      <Button
        size="small"
        disabled={longM === null || deepM === null}
        onClick={() => longM !== null && deepM !== null && onSet(longM, deepM)}
      >
        {t("scenes.setRectangle")}
      </Button>
    </fieldset>
  );
}

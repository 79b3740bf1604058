import { EnvironmentOutlined } from "@ant-design/icons";
import type { OnSiteCheckView } from "@mingcha/models/http";
import {
  type OnSiteFindings,
  onSiteResultCodes,
  onSiteResults,
  partyPresenceCodes,
  partyPresences,
} from "@mingcha/models/on-site";
import { Button, Checkbox, Input, Radio } from "antd";
import { useId } from "react";
import { useSaveFindings } from "../../api/on-site.ts";
import { ErrorPanel, Panel } from "../../components/page.tsx";
import { formatInstant } from "../../lib/format-time.ts";
import type { PositionState } from "../../lib/use-position.ts";
import { useText } from "../../lib/use-text.ts";
import type { DraftState, Field } from "./use-draft.ts";

interface FindingsFormProps {
  readonly check: OnSiteCheckView;
  readonly draft: DraftState;
  readonly position: PositionState;
  readonly timezone: string;
}

/** What the officers found, in a code and in words. Kept on the device until it is saved. */
export function FindingsForm({ check, draft, position, timezone }: FindingsFormProps) {
  const { t, pick } = useText();
  const save = useSaveFindings(check.clueId, check.id);
  const { value, set } = draft;
  const locked = !check.mayWrite;
  const met = value.party === "unnamed" || value.party === "named";
  return (
    <Panel title={t("onSite.findings")} extra={draft.isDirty ? t("onSite.keptHere") : null}>
      <div className="os-form">
        <Arrived check={check} draft={draft} position={position} timezone={timezone} />
        <fieldset disabled={locked}>
          <legend>{t("onSite.result")}</legend>
          <Radio.Group
            className="os-choices"
            value={value.result}
            disabled={locked}
            onChange={(event) => set({ result: event.target.value as OnSiteFindings["result"] })}
            options={onSiteResultCodes.map((code) => ({ value: code, label: pick(onSiteResults[code]) }))}
          />
        </fieldset>
        <Words field="findings" label={t("onSite.words")} draft={draft} locked={locked} rows={4} />
        <fieldset disabled={locked}>
          <legend>{t("onSite.party")}</legend>
          <Radio.Group
            className="os-choices"
            value={value.party}
            disabled={locked}
            onChange={(event) => set({ party: event.target.value as OnSiteFindings["party"] })}
            options={partyPresenceCodes.map((code) => ({ value: code, label: pick(partyPresences[code]) }))}
          />
          {met ? (
            <div className="os-checks">
              <Checkbox
                checked={value.idShown}
                disabled={locked}
                onChange={(event) => set({ idShown: event.target.checked })}
              >
                {t("onSite.idShown")}
              </Checkbox>
              <Checkbox
                checked={value.rightsTold}
                disabled={locked}
                onChange={(event) => set({ rightsTold: event.target.checked })}
              >
                {t("onSite.rightsTold")}
              </Checkbox>
            </div>
          ) : null}
        </fieldset>
        {value.party === "named" ? (
          <Words field="partyName" label={t("onSite.partyName")} draft={draft} locked={locked} rows={1} />
        ) : null}
        {met ? <Words field="partySaid" label={t("onSite.partySaid")} draft={draft} locked={locked} rows={3} /> : null}
        <Conflicts check={check} draft={draft} />
        {save.error ? <ErrorPanel error={save.error} /> : null}
        {locked ? null : (
          <Button
            size="large"
            block
            type={draft.isDirty ? "primary" : "default"}
            disabled={!draft.isDirty || draft.conflicts.length > 0}
            loading={save.isPending}
            onClick={() => save.mutate({ version: check.version, ...draft.changes }, { onSuccess: draft.forget })}
          >
            {draft.isDirty ? t("action.save") : t("onSite.saved")}
          </Button>
        )}
      </div>
    </Panel>
  );
}

function Arrived({ check, draft, position, timezone }: FindingsFormProps) {
  const { t } = useText();
  const { arrivedAt, position: place } = draft.value;
  const arrive = () =>
    draft.set({
      arrivedAt: new Date().toISOString(),
      position: position.kind === "known" ? position.position : null,
    });
  return (
    <div className="os-arrived">
      {arrivedAt === null ? (
        <Button size="large" block icon={<EnvironmentOutlined />} disabled={!check.mayWrite} onClick={arrive}>
          {t("onSite.arrive")}
        </Button>
      ) : (
        <p>
          <b>{t("onSite.arrivedAt", { time: formatInstant(arrivedAt, timezone) })}</b>{" "}
          <span className="os-soft">
            {place === null
              ? t("onSite.noPosition")
              : `${place.latitude.toFixed(6)}, ${place.longitude.toFixed(6)} ${t("onSite.accuracy", { metres: Math.round(place.accuracyM ?? 0) })}`}
          </span>{" "}
          {check.mayWrite ? (
            <Button size="small" type="link" onClick={arrive}>
              {t("onSite.arriveAgain")}
            </Button>
          ) : null}
        </p>
      )}
    </div>
  );
}

interface WordsProps {
  readonly field: "findings" | "partyName" | "partySaid";
  readonly label: string;
  readonly draft: DraftState;
  readonly locked: boolean;
  readonly rows: number;
}

function Words({ field, label, draft, locked, rows }: WordsProps) {
  const { t } = useText();
  const id = useId();
  return (
    <div className="os-words">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea
        id={id}
        autoSize={{ minRows: rows, maxRows: 12 }}
        maxLength={field === "partyName" ? 120 : 4_000}
        value={draft.value[field]}
        disabled={locked}
        placeholder={t(`onSite.hint.${field}`)}
        onChange={(event) => draft.set({ [field]: event.target.value })}
      />
    </div>
  );
}

/** The other officer changed a field meanwhile: nobody's words are overwritten without being seen. */
function Conflicts({ check, draft }: { check: OnSiteCheckView; draft: DraftState }) {
  const { t } = useText();
  return draft.conflicts.map((field: Field) => (
    <div key={field} className="os-conflict" role="alert">
      <p>
        {t("onSite.conflict")} <q>{String(check.findings[field] ?? "")}</q>
      </p>
      <Button size="small" onClick={() => draft.takeTheirs(field)}>
        {t("onSite.takeTheirs")}
      </Button>
      <Button size="small" onClick={() => draft.keepMine(field)}>
        {t("onSite.keepMine")}
      </Button>
    </div>
  ));
}

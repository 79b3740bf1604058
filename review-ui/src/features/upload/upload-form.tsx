import { InboxOutlined } from "@ant-design/icons";
import { Button, DatePicker, Select } from "antd";
import type { Dayjs } from "dayjs";
import { type DragEvent, useRef, useState } from "react";
import { useSources } from "../../api/records.ts";
import { Panel } from "../../components/page.tsx";
import { wallTimeToInstant } from "../../lib/format-time.ts";
import { useText } from "../../lib/use-text.ts";
import { filesOfDrop, filesOfInput } from "./dropped-files.ts";
import { type ChosenFile, planUploads } from "./upload-plan.ts";
import { useUploads } from "./upload-provider.tsx";

const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Where files are dropped or chosen. Sending begins at once: a flight is long and the line is slow. */
export function UploadForm() {
  const { t } = useText();
  const { store } = useUploads();
  const sources = useSources();
  const [sourceId, setSourceId] = useState("");
  const [start, setStart] = useState<Dayjs | null>(null);
  const [over, setOver] = useState(false);
  const filesInput = useRef<HTMLInputElement>(null);
  const folderInput = useRef<HTMLInputElement>(null);

  const zone = sources.data?.items.find((item) => item.id === sourceId)?.timezone ?? browserZone;
  const startedAt = start === null ? undefined : wallTimeToInstant(start.format("YYYY-MM-DDTHH:mm:ss"), zone);
  const add = (chosen: readonly ChosenFile[]) => {
    store.add(planUploads(chosen), { sourceId: sourceId === "" ? undefined : sourceId, startedAt });
    setStart(null);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    filesOfDrop(event.dataTransfer).then(add, () => undefined);
  };

  return (
    <Panel title={t("upload.footage")}>
      <div className="upload-options">
        <label className="upload-option" htmlFor="upload-source">
          <span>{t("upload.source")}</span>
          <Select
            id="upload-source"
            value={sourceId}
            onChange={setSourceId}
            showSearch={{ optionFilterProp: "label" }}
            options={[
              { value: "", label: t("upload.automatic") },
              ...(sources.data?.items ?? []).map((item) => ({ value: item.id, label: item.name })),
            ]}
          />
        </label>
        <label className="upload-option" htmlFor="upload-start">
          <span>
            {t("upload.startTime")} <small>{zone}</small>
          </span>
          <DatePicker
            id="upload-start"
            showTime
            value={start}
            onChange={(value) => setStart(value)}
            placeholder={t("upload.startFromFile")}
          />
        </label>
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra; the two buttons inside do the same by keyboard */}
      <div
        className={`drop ${over ? "drop-over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined className="drop-icon" />
        <p>{t("upload.drop")}</p>
        <p className="drop-hint">{t("upload.dropHint")}</p>
        <div className="drop-buttons">
          <Button type="primary" onClick={() => filesInput.current?.click()}>
            {t("upload.chooseFiles")}
          </Button>
          <Button onClick={() => folderInput.current?.click()}>{t("upload.chooseFolder")}</Button>
        </div>
        <HiddenInput inputRef={filesInput} label={t("upload.chooseFiles")} onFiles={add} />
        <HiddenInput inputRef={folderInput} label={t("upload.chooseFolder")} folder onFiles={add} />
      </div>
    </Panel>
  );
}

interface HiddenInputProps {
  readonly inputRef: React.RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly folder?: boolean;
  readonly onFiles: (files: ChosenFile[]) => void;
}

function HiddenInput({ inputRef, label, folder = false, onFiles }: HiddenInputProps) {
  return (
    <input
      ref={inputRef}
      type="file"
      hidden
      multiple
      aria-label={label}
      // Not in React's types: choosing a whole folder is a browser habit, not a standard attribute.
      {...(folder ? { webkitdirectory: "" } : {})}
      onChange={(event) => {
        if (event.target.files) onFiles(filesOfInput(event.target.files));
        event.target.value = "";
      }}
    />
  );
}

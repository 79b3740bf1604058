import { Checkbox, Modal } from "antd";
import { useState } from "react";
import { useHandlers } from "../api/records.ts";
import { useText } from "../lib/use-text.ts";
import { usePerson } from "../session/person.tsx";
import { Badge } from "./badges.tsx";
import { ErrorPanel, Waiting } from "./page.tsx";
import "./officer-picker.css";

interface OfficerPickerProps {
  readonly clueId: string;
  readonly title: string;
  readonly okText: string;
  readonly hint: string;
  /** The person who asks is one of the two, whatever is ticked. */
  readonly withMe: boolean;
  readonly busy: boolean;
  readonly error?: unknown;
  readonly onChoose: (officerIds: readonly string[]) => void;
  readonly onCancel: () => void;
}

/** Names two different officers (APL 42). A third tick takes the place of the second. */
export function OfficerPicker({
  clueId,
  title,
  okText,
  hint,
  withMe,
  busy,
  error,
  onChoose,
  onCancel,
}: OfficerPickerProps) {
  const { t, pick } = useText();
  const person = usePerson();
  const people = useHandlers(true, clueId);
  const [chosen, setChosen] = useState<readonly string[]>([person.id]);
  const tick = (id: string, isOn: boolean) =>
    setChosen((before) => (isOn ? [...before.slice(0, 1), id] : before.filter((one) => one !== id)));
  return (
    <Modal
      open
      title={title}
      okText={okText}
      okButtonProps={{ disabled: chosen.length !== 2, loading: busy }}
      onOk={() => onChoose(chosen)}
      onCancel={onCancel}
      width={460}
    >
      <p className="picker-hint">{hint}</p>
      {error ? <ErrorPanel error={error} /> : null}
      {people.isPending ? <Waiting /> : null}
      {people.isError ? <ErrorPanel error={people.error} /> : null}
      <ul className="picker">
        {(people.data?.items ?? []).map((item) => (
          <li key={item.id}>
            <Checkbox
              checked={chosen.includes(item.id)}
              disabled={!item.qualified || item.barred !== null || (withMe && item.id === person.id)}
              onChange={(event) => tick(item.id, event.target.checked)}
            >
              {item.name} {item.badgeNo ? <span className="picker-badge">{item.badgeNo}</span> : null}
              {item.id === person.id ? <Badge tone="info">{t("item.you")}</Badge> : null}
              {item.barred === null ? null : <Badge tone="warn">{pick(item.barred)}</Badge>}
              {item.qualified ? null : <Badge tone="warn">{t("item.notQualified")}</Badge>}
            </Checkbox>
          </li>
        ))}
      </ul>
    </Modal>
  );
}

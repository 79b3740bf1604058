import { Checkbox, Modal } from "antd";
import { useState } from "react";
import { useHandlers } from "../../../api/records.ts";
import { Badge } from "../../../components/badges.tsx";
import { ErrorPanel, Waiting } from "../../../components/page.tsx";
import { useText } from "../../../lib/use-text.ts";
import { usePerson } from "../../../session/person.tsx";
import type { OfferedEvent } from "./review-stage.ts";
import type { ReviewState } from "./use-review.ts";

interface HandlerPickerProps {
  readonly clueId: string;
  readonly review: ReviewState;
  readonly offer: OfferedEvent;
}

/** Names the two officers of a step (APL 42). The person who takes the step is one of them. */
export function HandlerPicker({ clueId, review, offer }: HandlerPickerProps) {
  const { t, pick } = useText();
  const person = usePerson();
  const people = useHandlers(true, clueId);
  const [other, setOther] = useState<string | null>(null);
  const chosen = other === null ? [person.id] : [person.id, other];
  return (
    <Modal
      open
      title={`${pick(offer.title)} · ${t("item.twoHandlers")}`}
      okText={pick(offer.title)}
      okButtonProps={{ disabled: chosen.length !== 2, loading: review.sending }}
      onOk={() => review.submit(offer, { handlerIds: chosen })}
      onCancel={review.cancel}
      width={460}
    >
      <p className="picker-hint">{t("item.twoHandlersHint")}</p>
      {people.isPending ? <Waiting /> : null}
      {people.isError ? <ErrorPanel error={people.error} /> : null}
      <ul className="picker">
        {(people.data?.items ?? []).map((item) => (
          <li key={item.id}>
            <Checkbox
              checked={chosen.includes(item.id)}
              disabled={!item.qualified || item.barred !== null || item.id === person.id}
              onChange={(event) => setOther(event.target.checked ? item.id : null)}
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

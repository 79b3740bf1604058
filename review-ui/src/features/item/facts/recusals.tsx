import type { ClueDetail } from "@mingcha/models/http";
import { App, Button } from "antd";
import { useState } from "react";
import { useClueRecusals, useRaiseClueRecusal } from "../../../api/recusals.ts";
import { ErrorPanel, Panel } from "../../../components/page.tsx";
import { RaiseDialog } from "../../../components/recusals/raise-dialog.tsx";
import { RecusalLine } from "../../../components/recusals/recusal-line.tsx";
import { useText } from "../../../lib/use-text.ts";
import { usePerson } from "../../../session/person.tsx";

/** Who stays away from this record (APL 43), and ways to say so of oneself or to ask it of another. */
export function Recusals({ clue }: { clue: ClueDetail }) {
  const { t } = useText();
  const { message } = App.useApp();
  const person = usePerson();
  const recusals = useClueRecusals(clue.id);
  const raise = useRaiseClueRecusal(clue.id);
  const [asking, setAsking] = useState<"own" | "other" | null>(null);
  const { items = [], people = [], mayRaise = false } = recusals.data ?? {};
  const me = { id: person.id, name: person.name };
  return (
    <Panel title={t("people.recusals")} extra={t("people.recusalLaw")}>
      {recusals.isError ? <ErrorPanel error={recusals.error} onRetry={() => void recusals.refetch()} /> : null}
      {recusals.isSuccess && items.length === 0 ? <p className="recusal-small">{t("people.noRecusals")}</p> : null}
      <ul className="recusals">
        {items.map((item) => (
          <RecusalLine key={item.id} item={item} where={item.clueId === null ? item.place : undefined} />
        ))}
      </ul>
      {mayRaise ? (
        <div className="recusal-tools">
          <Button size="small" onClick={() => setAsking("own")}>
            {t("people.declareOwn")}
          </Button>
          <Button size="small" onClick={() => setAsking("other")}>
            {t("people.requestOther")}
          </Button>
        </div>
      ) : null}
      {asking === null ? null : (
        <RaiseDialog
          title={t(asking === "own" ? "people.declareOwn" : "people.requestOther")}
          effect={t(asking === "own" ? "people.ownEffect" : "people.requestEffect")}
          people={asking === "own" ? [me] : people.filter(({ id }) => id !== person.id)}
          error={raise.error}
          sending={raise.isPending}
          onSend={({ personId, reasonCode, note }) =>
            raise.mutate(
              { personId, reasonCode, note },
              {
                onSuccess: () => {
                  void message.success(t("people.raised"));
                  setAsking(null);
                },
              },
            )
          }
          onClose={() => {
            raise.reset();
            setAsking(null);
          }}
        />
      )}
    </Panel>
  );
}

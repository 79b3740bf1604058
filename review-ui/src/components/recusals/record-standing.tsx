import { App, Button } from "antd";
import { useState } from "react";
import { useSources } from "../../api/records.ts";
import { useRecordRecusal } from "../../api/recusals.ts";
import { useText } from "../../lib/use-text.ts";
import { RaiseDialog } from "./raise-dialog.tsx";

/** A button and its dialog: a person stays away from every record at a place. */
export function RecordStanding({ people }: { people: readonly { id: string; name: string }[] }) {
  const { t } = useText();
  const { message } = App.useApp();
  const record = useRecordRecusal();
  const sources = useSources();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {t("people.recordStanding")}
      </Button>
      {open ? (
        <RaiseDialog
          title={t("people.recordStanding")}
          effect={t("people.standingEffect")}
          people={people}
          places={(sources.data?.items ?? []).map(({ place }) => place)}
          error={record.error}
          sending={record.isPending}
          onSend={(raised) =>
            record.mutate(raised, {
              onSuccess: () => {
                void message.success(t("people.raised"));
                setOpen(false);
              },
            })
          }
          onClose={() => {
            record.reset();
            setOpen(false);
          }}
        />
      ) : null}
    </>
  );
}

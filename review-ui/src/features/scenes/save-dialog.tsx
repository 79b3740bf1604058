import { Alert, App, Modal } from "antd";
import { useSaveScene } from "../../api/scenes.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { isStale } from "../../lib/api-error.ts";
import { useText } from "../../lib/use-text.ts";
import { ChangeList } from "./change-list.tsx";
import type { Draft } from "./draft.ts";
import { sceneChanges } from "./scene-changes.ts";
import type { Base } from "./use-base.ts";

interface SaveDialogProps {
  readonly sourceId: string;
  readonly base: Base;
  readonly after: Draft;
  readonly onSaved: (saved: Base) => void;
  readonly onClose: () => void;
}

/** Shows what will change before it does: a new version judges everything recorded from now on. */
export function SaveDialog({ sourceId, base, after, onSaved, onClose }: SaveDialogProps) {
  const { t } = useText();
  const { message } = App.useApp();
  const save = useSaveScene(sourceId);
  const changes = sceneChanges(base.draft, after);
  const version = base.version + 1;
  return (
    <Modal
      open
      title={t("scenes.saveTitle", { version })}
      okText={t("scenes.saveAs", { version })}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: changes.length === 0, loading: save.isPending }}
      onOk={() =>
        save.mutate(
          { scene: after, baseVersion: base.version },
          {
            onSuccess: (saved) => {
              onSaved({ version: saved.version, draft: after });
              void message.success(t("scenes.saved", { version: saved.version }));
              onClose();
            },
          },
        )
      }
      onCancel={onClose}
    >
      {isStale(save.error) ? (
        // not the server's sentence: it says to reload, and that would lose the draft
        <Alert type="warning" showIcon title={t("scenes.saveStale")} />
      ) : save.isError ? (
        <ErrorPanel error={save.error} />
      ) : null}
      <p className="scene-hint">{t(base.version === 0 ? "scenes.saveFirst" : "scenes.saveHint")}</p>
      <ChangeList changes={changes} />
    </Modal>
  );
}

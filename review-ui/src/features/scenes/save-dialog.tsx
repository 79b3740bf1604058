import type { SourceDetail } from "@mingcha/models/http";
import { Alert, App, Modal } from "antd";
import { useSaveScene } from "../../api/scenes.ts";
import { ErrorPanel } from "../../components/page.tsx";
import { isStale } from "../../lib/api-error.ts";
import { useText } from "../../lib/use-text.ts";
import { ChangeList } from "./change-list.tsx";
import type { Draft } from "./draft.ts";
import { sceneChanges } from "./scene-changes.ts";

interface SaveDialogProps {
  readonly source: SourceDetail;
  readonly before: Draft;
  readonly after: Draft;
  readonly onClose: () => void;
}

/** Shows what will change before it does: a new version judges everything recorded from now on. */
export function SaveDialog({ source, before, after, onClose }: SaveDialogProps) {
  const { t } = useText();
  const { message } = App.useApp();
  const save = useSaveScene(source.id);
  const changes = sceneChanges(before, after);
  const baseVersion = source.scenes[0]?.version ?? 0;
  const version = baseVersion + 1;
  return (
    <Modal
      open
      title={t("scenes.saveTitle", { version })}
      okText={t("scenes.saveAs", { version })}
      cancelText={t("action.cancel")}
      okButtonProps={{ disabled: changes.length === 0, loading: save.isPending }}
      onOk={() =>
        save.mutate(
          { scene: after, baseVersion },
          {
            onSuccess: (saved) => {
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
      <p className="scene-hint">{t(source.scenes.length === 0 ? "scenes.saveFirst" : "scenes.saveHint")}</p>
      <ChangeList changes={changes} />
    </Modal>
  );
}

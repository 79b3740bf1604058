import { Alert, Button, Modal } from "antd";
import { Copyable } from "../../components/copyable.tsx";
import { useText } from "../../lib/use-text.ts";

interface HandedPasswordProps {
  readonly login: string;
  readonly password: string;
  readonly onClose: () => void;
}

/** A password to hand out, once. It closes by its button alone, so that no stray click loses it. */
export function HandedPassword({ login, password, onClose }: HandedPasswordProps) {
  const { t } = useText();
  return (
    <Modal
      open
      title={t("people.passwordTitle")}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={onClose}>
          {t("people.passwordDone")}
        </Button>
      }
      width={440}
    >
      <p className="handed-password">
        <Copyable value={password} />
      </p>
      <Alert type="warning" showIcon title={t("people.passwordOnce", { login })} />
    </Modal>
  );
}

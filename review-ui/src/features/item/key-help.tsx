import { Modal } from "antd";
import { useText } from "../../lib/use-text.ts";

const rows = [
  { keys: ["1 … 9", "0", "-", "="], text: "pass" },
  { keys: ["Shift + 1 … 9"], text: "fail" },
  { keys: ["A"], text: "accept" },
  { keys: ["E", "1 … ="], text: "correct" },
  { keys: ["R", "1 … ="], text: "reject" },
  { keys: ["B"], text: "sendBack" },
  { keys: ["U"], text: "unsure" },
  { keys: ["F"], text: "forward" },
  { keys: ["D"], text: "dissuade" },
  { keys: ["V"], text: "visit" },
  { keys: ["K"], text: "corrected" },
  { keys: ["M"], text: "notMinor" },
  { keys: ["P"], text: "proposeClose" },
  { keys: ["X"], text: "asides" },
  { keys: ["N"], text: "next" },
  { keys: ["O"], text: "overlay" },
  { keys: ["G"], text: "grid" },
  { keys: ["C"], text: "compare" },
  { keys: ["Z"], text: "zoom" },
  { keys: ["←", "→"], text: "walk" },
  { keys: ["Space"], text: "play" },
  { keys: [",", "."], text: "frame" },
  { keys: ["Esc"], text: "back" },
  { keys: ["?"], text: "help" },
] as const;

/** Every key of the item page. */
export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useText();
  return (
    <Modal open={open} title={t("keys.title")} footer={null} onCancel={onClose} width={480}>
      <dl className="keys">
        {rows.map((row) => (
          <div key={row.text}>
            <dt>
              {row.keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${row.text}`)}</dd>
          </div>
        ))}
      </dl>
      <p className="keys-note">{t("keys.note")}</p>
    </Modal>
  );
}

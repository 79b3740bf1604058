import { CheckOutlined, CopyOutlined } from "@ant-design/icons";
import { useState } from "react";
import { shortHash } from "../lib/format-quantity.ts";
import { useText } from "../lib/use-text.ts";
import "./copyable.css";

/** A value that people compare or paste elsewhere. Hashes are shortened for the eye; the whole is copied. */
export function Copyable({ value, hash = false }: { value: string; hash?: boolean }) {
  const { t } = useText();
  const [copied, setCopied] = useState(false);
  const copy = () => {
    copyText(value).then(
      (done) => {
        setCopied(done);
        window.setTimeout(() => setCopied(false), 1_500);
      },
      () => undefined,
    );
  };
  return (
    <button
      type="button"
      className={`copyable ${hash ? "copyable-hash" : ""}`}
      title={value}
      aria-label={`${hash ? shortHash(value) : value} ${t("action.copy")}`}
      onClick={copy}
    >
      <span className="copyable-text">{hash ? shortHash(value) : value}</span>
      {copied ? <CheckOutlined className="copyable-done" /> : <CopyOutlined />}
    </button>
  );
}

/** The clipboard interface exists only on secure pages; on a bureau's plain intranet the old way still works. */
async function copyText(value: string): Promise<boolean> {
  if (window.isSecureContext) {
    await navigator.clipboard.writeText(value);
    return true;
  }
  const field = document.createElement("textarea");
  field.value = value;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}

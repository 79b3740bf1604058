import { Input } from "antd";
import { useId } from "react";

/** As the schemas of the API have it. */
const maxChars = 500;

interface ReasonFieldProps {
  readonly label: string;
  /** What is asked of the words, beside the label. */
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (reason: string) => void;
  readonly autoFocus?: boolean;
}

/** A person's own words on why; its label and its field are two rows of the form it stands in. */
export function ReasonField({ label, hint, value, onChange, autoFocus = false }: ReasonFieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>
        {label}
        {hint === undefined ? null : (
          <>
            {" "}
            <small>{hint}</small>
          </>
        )}
      </label>
      <Input.TextArea
        id={id}
        autoFocus={autoFocus}
        rows={3}
        maxLength={maxChars}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </>
  );
}

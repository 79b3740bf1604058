import type { SourceCondition } from "@mingcha/models/monitoring";
import "./condition-mark.css";

/** Each condition has a shape of its own, so that nobody needs the colour. */
const shapes: Record<SourceCondition, React.ReactNode> = {
  live: <circle cx="8" cy="8" r="5.5" />,
  blind: (
    <>
      <path d="M8 1.8 15 14H1Z" />
      <path className="condition-sign" d="M8 6v4M8 11.4v1.2" />
    </>
  ),
  moved: (
    <>
      <path d="M8 .8 15.2 8 8 15.2.8 8Z" />
      <path className="condition-sign" d="M4.8 8h6.2M8.8 5.6 11.2 8 8.8 10.4" />
    </>
  ),
  silent: (
    <>
      <rect x="2" y="2" width="12" height="12" rx="1" />
      <path className="condition-sign" d="m5 5 6 6m0-6-6 6" />
    </>
  ),
  idle: <circle className="condition-hollow" cx="8" cy="8" r="5" />,
  unseen: <circle className="condition-hollow" cx="8" cy="8" r="5" strokeDasharray="2.2 2.2" />,
};

/** The mark alone; what it means stands beside it in words. */
export function ConditionMark({ condition }: { condition: SourceCondition }) {
  return (
    <svg className={`condition condition-${condition}`} viewBox="0 0 16 16" aria-hidden="true">
      {shapes[condition]}
    </svg>
  );
}

import { type FigureId, figures } from "@mingcha/models/statistics";
import type { ReactNode } from "react";
import { Panel } from "../../components/page.tsx";
import { useText } from "../../lib/use-text.ts";

interface FigurePanelProps {
  readonly figure: FigureId;
  readonly extra?: ReactNode;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A figure under its name, with how it is computed and what is left out one press away. */
export function FigurePanel({ figure, extra, wide = false, children }: FigurePanelProps) {
  const { pick } = useText();
  return (
    <Panel className={wide ? "figure figure-wide" : "figure"} title={pick(figures[figure].title)} extra={extra}>
      <How figure={figure} />
      {children}
    </Panel>
  );
}

export function How({ figure }: { figure: FigureId }) {
  const { t, pick } = useText();
  return (
    <details className="figure-how">
      <summary>{t("statistics.how")}</summary>
      <p>{pick(figures[figure].text)}</p>
    </details>
  );
}

interface FigureTableProps {
  readonly label: string;
  readonly head: readonly ReactNode[];
  readonly rows: readonly { readonly key: string; readonly cells: readonly ReactNode[] }[];
}

/** The numbers of a figure. The first column names the row. */
export function FigureTable({ label, head, rows }: FigureTableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="figure-scroll" aria-label={label} tabIndex={0}>
      <table className="figure-table">
        <thead>
          <tr>
            {head.map((cell, nth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
              <th key={nth} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, nth) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: columns never move
                <td key={nth}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** One figure with its samples, in the words of Prometheus. */
export interface Figure {
  /** `mingcha_…`, unit last: `_seconds`, `_bytes`. */
  readonly name: string;
  readonly help: string;
  readonly samples: readonly { readonly value: number; readonly labels?: Readonly<Record<string, string>> }[];
}

export const prometheusType = "text/plain; version=0.0.4; charset=utf-8";

/** Prometheus' text form 0.0.4: gauges only, what is known now. A figure without samples is left out. */
export function prometheusText(figures: readonly Figure[]): string {
  return figures
    .filter(({ samples }) => samples.length > 0)
    .map(({ name, help, samples }) =>
      [
        `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}`,
        `# TYPE ${name} gauge`,
        ...samples.map(({ value, labels }) => `${name}${labelText(labels)} ${value}`),
      ].join("\n"),
    )
    .join("\n")
    .concat("\n");
}

function labelText(labels: Readonly<Record<string, string>> = {}): string {
  const parts = Object.entries(labels).map(
    ([key, value]) => `${key}="${value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")}"`,
  );
  return parts.length === 0 ? "" : `{${parts.join(",")}}`;
}

import { expect, test } from "vitest";
import { prometheusText } from "./prometheus-text.ts";

test("figures are written as Prometheus reads them, labels escaped, one without samples left out", () => {
  const text = prometheusText([
    { name: "mingcha_a_seconds", help: "How long.\nTwo lines", samples: [{ value: 1.5 }] },
    {
      name: "mingcha_b",
      help: "By state",
      samples: [
        { value: 0, labels: { state: 'li"ve\\' } },
        { value: 2, labels: { state: "off", kind: "x" } },
      ],
    },
    { name: "mingcha_c", help: "nothing known", samples: [] },
  ]);
  expect(text).toBe(
    [
      "# HELP mingcha_a_seconds How long.\\nTwo lines",
      "# TYPE mingcha_a_seconds gauge",
      "mingcha_a_seconds 1.5",
      "# HELP mingcha_b By state",
      "# TYPE mingcha_b gauge",
      'mingcha_b{state="li\\"ve\\\\"} 0',
      'mingcha_b{state="off",kind="x"} 2',
      "",
    ].join("\n"),
  );
});

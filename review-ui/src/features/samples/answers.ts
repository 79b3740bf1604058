import type { SampleAnswerBody, SampleView } from "@mingcha/models/http";

export interface Choice {
  readonly body: SampleAnswerBody;
  readonly key: string;
}

/** What can be answered to a look, in the order of the keys: nothing, cannot tell, then each violation with its zone. */
export function choicesOf({ options }: Pick<SampleView, "options">): Choice[] {
  return [
    { key: "nothing", body: { answer: "nothing" } },
    { key: "cannot_tell", body: { answer: "cannot_tell" } },
    ...options.map(({ violation, zoneId }) => ({
      key: `${violation} ${zoneId}`,
      body: { answer: "violation" as const, violation, zoneId },
    })),
  ];
}

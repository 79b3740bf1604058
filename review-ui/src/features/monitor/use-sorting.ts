import type { ClueEventBody, ClueItem } from "@mingcha/models/http";
import { App } from "antd";
import { useState } from "react";
import { useClueEvent } from "../../api/clues.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";

type Reason = NonNullable<ClueEventBody["reasonCode"]>;

/** Sorting one flag out of the stream: plausible, or noise with a reason. The server decides whether it may be; here is only asked. */
export function useSorting(item: ClueItem | null, onDone: (id: string) => void) {
  const { t, errorText } = useText();
  const { message } = App.useApp();
  const person = usePerson();
  const event = useClueEvent(item?.id ?? "");
  const [askedFor, setAskedFor] = useState<string | null>(null);
  const maySort = (one: ClueItem): boolean =>
    one.state === "PRESCREEN" && person.duties.includes("monitor") && one.takenBy === null;

  const send = (body: Omit<ClueEventBody, "version">): void => {
    if (item === null || event.isPending || !maySort(item)) return;
    event.mutate(
      { ...body, version: item.version },
      {
        onSuccess: () => {
          setAskedFor(null);
          void message.success(t(body.event === "plausible" ? "monitor.sentOn" : "monitor.discarded"));
          onDone(item.id);
        },
        onError: (error) => {
          setAskedFor(null);
          void message.error(errorText(error));
        },
      },
    );
  };
  return {
    maySort,
    isSending: event.isPending,
    /** A reason is being asked for. */
    isAsking: item !== null && askedFor === item.id,
    ask: () => setAskedFor(item !== null && maySort(item) ? item.id : null),
    cancel: () => setAskedFor(null),
    plausible: () => send({ event: "plausible" }),
    discard: (reasonCode: Reason, note?: string) =>
      send({ event: "discard", reasonCode, ...(note === undefined ? {} : { note }) }),
  };
}

export type Sorting = ReturnType<typeof useSorting>;

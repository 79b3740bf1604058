import type { ClueItem } from "@mingcha/models/http";
import { useCallback, useEffect, useRef, useState } from "react";
import { useClues } from "../../api/clues.ts";
import { arrange, stepFrom, without } from "./fresh-list.ts";

/** What nobody has judged yet: to be sorted here, or on its way to the technical review. */
const freshStates = "PRESCREEN,TECH_REVIEW";

const keptMax = 1_000;

/** The newest flags, held still while somebody is at them. */
export function useFreshFlags() {
  const clues = useClues({ state: freshStates, order: "newest" });
  const incoming = clues.data?.pages[0]?.items;
  const [shown, setShown] = useState<readonly string[]>([]);
  const [waiting, setWaiting] = useState(0);
  const [selected, select] = useState<string | null>(null);
  const [isOver, setOver] = useState(false);
  const known = useRef(new Map<string, ClueItem>());
  const isHeld = isOver || selected !== null;
  for (const item of incoming ?? []) known.current.set(item.id, item);
  // a wall stays open for weeks: what is no longer shown is forgotten
  if (known.current.size > keptMax)
    for (const id of known.current.keys()) if (!shown.includes(id)) known.current.delete(id);

  useEffect(() => {
    if (incoming === undefined) return;
    setShown(
      (before) =>
        arrange(
          before,
          incoming.map(({ id }) => id),
          isHeld,
        ).shown,
    );
  }, [incoming, isHeld]);
  useEffect(() => {
    setWaiting(arrange(shown, incoming?.map(({ id }) => id) ?? [], true).waiting);
  }, [incoming, shown]);

  const isThere = new Set(incoming?.map(({ id }) => id));
  const oldest = incoming?.at(-1)?.createdAt ?? "";
  const items = shown.flatMap((id) => {
    const item = known.current.get(id);
    // one that fell off the end of the page is not decided, only old
    return item === undefined ? [] : [{ item, isDecided: !isThere.has(id) && item.createdAt >= oldest }];
  });

  const bringIn = useCallback(() => {
    if (incoming !== undefined) setShown(incoming.map(({ id }) => id));
  }, [incoming]);
  return {
    query: clues,
    counts: clues.data?.pages[0]?.counts ?? {},
    items,
    waiting,
    selected: items.find(({ item }) => item.id === selected)?.item ?? null,
    select,
    step: (step: 1 | -1) => select((now) => stepFrom(shown, now, step)),
    /** Takes a decided one out and goes on with the next. */
    leave: (id: string) => {
      const { shown: rest, next } = without(shown, id);
      setShown(rest);
      select((now) => (now === id ? next : now));
    },
    bringIn,
    hold: setOver,
  };
}

export type FreshFlags = ReturnType<typeof useFreshFlags>;

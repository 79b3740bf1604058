import type { ClueDetail } from "@mingcha/models/http";
import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { prefetchClue, reloadClue, useClues } from "../../api/clues.ts";
import { prefetchPicture } from "../../api/media.ts";
import { useSecondLooks } from "../../api/second-looks.ts";
import { clueFilterOf, nextInQueue, readQueueFilter, tabOfState, writeQueueFilter } from "../../lib/queue-filter.ts";
import { useText } from "../../lib/use-text.ts";
import { usePerson } from "../../session/person.tsx";
import { picturesOf } from "./viewer/use-viewer.ts";

/** The rest of the queue this item was opened from, so that the next is there the moment a verdict is given. */
export function useNextItem(clue: ClueDetail) {
  const { t } = useText();
  const { message } = App.useApp();
  const person = usePerson();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const filter = search.has("tab")
    ? readQueueFilter(search, person.duties)
    : { tab: tabOfState(clue.state), violation: undefined, sourceId: undefined, q: undefined };
  // opened from the list of second looks, the next item is the next that waits there
  const isSecondLook = search.get("from") === "second-looks";
  const queue = useClues(clueFilterOf(filter));
  const looks = useSecondLooks(isSecondLook);
  const items = isSecondLook
    ? (looks.data?.waiting ?? []).map((look) => ({ ...look.clue, barred: look.barred }))
    : (queue.data?.pages.flatMap((page) => page.items) ?? []);
  const next = nextInQueue(items, clue.id);
  const context = isSecondLook ? "from=second-looks" : writeQueueFilter(filter);
  const queueHref = isSecondLook ? "/second-looks" : `/?${context}`;

  useEffect(() => {
    if (next?.id === undefined) return;
    void prefetchClue(client, next.id).then((ahead) => {
      const first = ahead === undefined ? undefined : picturesOf(ahead)[0];
      if (first !== undefined && !first.gone) return prefetchPicture(first.id);
    });
  }, [client, next?.id]);

  const listed = items.find((item) => item.id === clue.id);
  useEffect(() => {
    if (listed !== undefined && listed.version > clue.version) void reloadClue(client, clue.id);
  }, [client, clue.id, clue.version, listed]);

  return {
    queueHref,
    left: items.filter((item) => item.id !== clue.id && item.barred === null && item.takenBy === null).length,
    back: () => void navigate(queueHref),
    open: () => {
      if (next === undefined) void message.info(t("item.queueDone"));
      // drawn at once: in a transition the old item would stay under the new address, and take the next keys
      void navigate(next === undefined ? queueHref : `/clues/${next.id}?${context}`, { flushSync: true });
    },
  };
}

import {
  type ClueDetail,
  type ClueEventBody,
  type CluePriorityBody,
  clueDetailSchema,
  clueEventResultSchema,
  cluesSchema,
  leaseSchema,
  okSchema,
} from "@mingcha/models/http";
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { changeHeaders, getJson, prefetchJson, sendJson } from "../lib/api-client.ts";
import { useLive } from "../session/live.tsx";

export interface ClueFilter {
  readonly state: string;
  readonly violation?: string | undefined;
  readonly sourceId?: string | undefined;
  readonly q?: string | undefined;
  readonly order: "newest" | "oldest" | "due";
}

const listKey = ["clues"] as const;
const pollMs = 3_000;
/** While changes are told as they happen asking is only a second string. */
const pollWhileLiveMs = 30_000;

/**
 * One queue, paged by key and polled, so that new flags appear by themselves. With many pages open the whole list is
 * asked for less often: a person that far down is reading, not waiting.
 */
export function useClues(filter: ClueFilter) {
  const everyMs = useLive().isLive ? pollWhileLiveMs : pollMs;
  return useInfiniteQuery({
    queryKey: [...listKey, filter],
    queryFn: ({ pageParam }) => getJson("/api/clues", cluesSchema, { ...filter, cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) > 3 ? everyMs * 5 : everyMs),
    placeholderData: keepPreviousData,
  });
}

/**
 * One record. Each of these requests is recorded as a view, so it is asked for once on opening (also when it was
 * prefetched) and again only when the queue shows a newer version.
 */
export function useClue(id: string) {
  return useQuery({
    queryKey: detailKey(id),
    queryFn: (): Promise<ClueDetail> => getJson(`/api/clues/${id}`, clueDetailSchema),
    refetchOnMount: "always",
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** Fetches the next item's page ahead of time. The server is told that nobody looks yet: looking at a record is recorded when it is opened. */
export function prefetchClue(client: QueryClient, id: string): Promise<ClueDetail | undefined> {
  return client
    .fetchQuery({
      queryKey: detailKey(id),
      queryFn: (): Promise<ClueDetail> => prefetchJson(`/api/clues/${id}`, clueDetailSchema),
      staleTime: 10_000,
    })
    .catch(() => undefined);
}

export function useClueEvent(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ClueEventBody) => sendJson("POST", `/api/clues/${id}/events`, clueEventResultSchema, body),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: listKey });
      void client.invalidateQueries({ queryKey: ["second-looks"] });
    },
  });
}

/** Moves a record in its queue; what the record is stays as it was. */
export function useSetPriority(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: CluePriorityBody) => sendJson("POST", `/api/clues/${id}/priority`, okSchema, body),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: listKey });
      void client.invalidateQueries({ queryKey: detailKey(id) });
    },
  });
}

/** Keeps a record for whoever decides on it; refused while another person has it. */
export const leaseClue = (id: string) => sendJson("POST", `/api/clues/${id}/lease`, leaseSchema);
export const returnClue = (id: string) => sendJson("DELETE", `/api/clues/${id}/lease`, okSchema);

/** The same from a page that is being closed: nobody waits for the answer, and a browser lets such a request outlive its page. */
export const returnClueNow = (id: string): void => {
  void fetch(`/api/clues/${id}/lease`, {
    method: "DELETE",
    headers: changeHeaders,
    credentials: "same-origin",
    keepalive: true,
  }).catch(() => undefined);
};

export function reloadClue(client: QueryClient, id: string): Promise<void> {
  return client.invalidateQueries({ queryKey: detailKey(id) });
}

function detailKey(id: string) {
  return ["clue", id] as const;
}

import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError, isSignedOut } from "./api-error.ts";

export const sessionKey = ["session"] as const;

/** One cache for the app. A session that ended anywhere sends the whole app back to the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignedOut(error)) void client.invalidateQueries({ queryKey: sessionKey });
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 2_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && error instanceof ApiError && error.kind === "offline",
      },
      mutations: {
        onError: (error) => {
          if (isSignedOut(error)) void client.invalidateQueries({ queryKey: sessionKey });
        },
      },
    },
  });
  return client;
}

import { createContext, type ReactNode, use, useEffect, useState, useSyncExternalStore } from "react";
import { createUploadStore, type UploadEntry, type UploadStore } from "./upload-store.ts";

const UploadContext = createContext<UploadStore | null>(null);

/** Keeps uploads going while the person looks at other pages, and asks before the tab is closed on them. */
export function UploadProvider({ children }: { children: ReactNode }) {
  const [store] = useState(createUploadStore);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (store.entries().some((entry) => entry.state === "sending" || entry.state === "waiting"))
        event.preventDefault();
    };
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [store]);
  return <UploadContext value={store}>{children}</UploadContext>;
}

export function useUploads(): { store: UploadStore; entries: readonly UploadEntry[] } {
  const store = use(UploadContext);
  if (store === null) throw new Error("useUploads outside UploadProvider");
  return { store, entries: useSyncExternalStore(store.subscribe, store.entries) };
}

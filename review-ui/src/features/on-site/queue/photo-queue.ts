import { errorBodySchema } from "@mingcha/models/http";
import type { sendPhoto } from "../../../api/on-site.ts";
import type { dropPhoto, KeptPhoto, keepPhoto, keptPhotos } from "./phone-store.ts";

export type Sending = "waiting" | "sending" | "refused";
export interface QueuedPhoto extends KeptPhoto {
  readonly state: Sending;
}

/** What the queue needs of the browser; a test gives its own. */
export interface PhotoQueueTools {
  readonly keep: typeof keepPhoto;
  readonly drop: typeof dropPhoto;
  readonly list: typeof keptPhotos;
  readonly send: typeof sendPhoto;
}

const tryAgainMs = 10_000;

/**
 * Photos on their way to the server, oldest first, one at a time. A photo leaves the browser's database only after the server has said that
 * it has it; what nobody answered to is tried again, what the server refused waits for a person.
 */
export function createPhotoQueue({ keep, drop, list, send }: PhotoQueueTools) {
  let photos: readonly QueuedPhoto[] = [];
  let personId: string | null = null;
  let busy = false;
  /** Somebody asked while a round was under way: another follows at once. */
  let asked = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const sentListeners = new Set<(photo: KeptPhoto) => void>();

  const set = (next: readonly QueuedPhoto[]) => {
    photos = next;
    for (const listener of listeners) listener();
  };
  const patch = (key: string, change: Partial<QueuedPhoto>) =>
    set(photos.map((photo) => (photo.key === key ? { ...photo, ...change } : photo)));

  /** Reads what the browser has kept, perhaps by another tab or an earlier visit. */
  async function load(): Promise<void> {
    const kept = (await list()).sort((a, b) => a.takenAt.localeCompare(b.takenAt));
    set(
      kept.map((photo) => ({
        ...photo,
        state: photo.refused ? "refused" : (photos.find(({ key }) => key === photo.key)?.state ?? "waiting"),
      })),
    );
  }

  async function flush(): Promise<void> {
    clearTimeout(timer);
    if (personId === null) return;
    asked = true;
    if (busy) return;
    busy = true;
    try {
      while (asked) {
        asked = false;
        await sendRound();
      }
    } finally {
      busy = false;
      // a try that broke in the middle is a try that is due again
      if (photos.some(({ state }) => state === "sending"))
        set(photos.map((photo) => (photo.state === "sending" ? { ...photo, state: "waiting" } : photo)));
      if (photos.some(({ state }) => state === "waiting")) timer = setTimeout(() => void flush(), tryAgainMs);
    }
  }

  async function sendRound(): Promise<void> {
    await load();
    for (;;) {
      const next = photos.find((photo) => photo.state === "waiting" && photo.personId === personId);
      if (next === undefined || !(await sendOne(next))) return;
    }
  }

  /** False: nobody answered, or not now; the others need not be tried yet. */
  async function sendOne(photo: QueuedPhoto): Promise<boolean> {
    patch(photo.key, { state: "sending" });
    const answer = await send(photo).catch(() => null);
    if (answer !== null && answer.status === 200) {
      await drop(photo.key);
      set(photos.filter(({ key }) => key !== photo.key));
      for (const listener of sentListeners) listener(photo);
      return true;
    }
    const refused = answer === null ? null : refusalOf(answer.status, answer.body);
    if (refused === null) {
      patch(photo.key, { state: "waiting" });
      return false;
    }
    const { state: _state, ...kept } = photo;
    await keep({ ...kept, refused });
    patch(photo.key, { state: "refused", refused });
    return true;
  }

  return {
    /** Keeps a photo, then tries to send it. Rejects where the browser cannot keep it: then it exists nowhere but in the camera. */
    add: async (photo: KeptPhoto): Promise<void> => {
      await keep(photo);
      await load();
      void flush();
    },
    /** Starts sending for a person; what others left on this device stays where it is. */
    start: (id: string): void => {
      personId = id;
      void flush();
    },
    flush: () => void flush(),
    /** Tries a refused photo once more. */
    again: async (key: string): Promise<void> => {
      const photo = photos.find((item) => item.key === key);
      if (photo === undefined) return;
      const { state: _state, ...kept } = photo;
      await keep({ ...kept, refused: null });
      patch(key, { state: "waiting", refused: null });
      void flush();
    },
    /** Gives up a photo that the server refused. */
    discard: async (key: string): Promise<void> => {
      await drop(key);
      set(photos.filter((photo) => photo.key !== key));
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onSent: (listener: (photo: KeptPhoto) => void) => {
      sentListeners.add(listener);
      return () => void sentListeners.delete(listener);
    },
    read: () => photos,
  };
}

/** The server's sentence where it will not take the photo however often it is sent; null: later it may. */
function refusalOf(status: number, body: unknown): { zh: string; en: string } | null {
  const later = [401, 408, 425, 429, 507];
  if (status < 400 || status >= 500 || later.includes(status)) return null;
  const parsed = errorBodySchema.safeParse(body);
  if (!parsed.success) return null;
  // the bytes were changed on the way; the next try may bring them whole
  return parsed.data.code === "HASH_MISMATCH" ? null : { zh: parsed.data.zh, en: parsed.data.en };
}

export type PhotoQueue = ReturnType<typeof createPhotoQueue>;

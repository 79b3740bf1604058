import type { OnSiteFindings, OnSitePhotoKind, Position } from "@mingcha/models/on-site";

/** A photo that the server does not have yet, kept in the browser's own database: it survives a closed tab and a dead battery. */
export interface KeptPhoto {
  readonly key: string;
  /** Who took it: on a phone that two people use, nobody sends the other's. */
  readonly personId: string;
  readonly clueId: string;
  readonly checkId: string;
  readonly kind: OnSitePhotoKind;
  /** Bytes and not a file: some browsers lose files that are kept. */
  readonly bytes: ArrayBuffer;
  readonly mediaType: string;
  readonly takenAt: string;
  readonly sha256: string | null;
  readonly position: Position | null;
  /** The server's own sentence; a photo that was refused is not sent again by itself. */
  readonly refused: { readonly zh: string; readonly en: string } | null;
}

/** What an officer wrote and has not saved, with what stood there when they began. */
export interface Draft {
  readonly checkId: string;
  readonly personId: string;
  readonly said: Partial<OnSiteFindings>;
  readonly base: Partial<OnSiteFindings>;
}

const name = "mingcha-on-site";

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("photos", { keyPath: "key" });
      request.result.createObjectStore("drafts", { keyPath: ["checkId", "personId"] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Runs one request; settles only when its transaction is on disk. */
async function run<T>(
  store: "photos" | "drafts",
  mode: IDBTransactionMode,
  ask: (from: IDBObjectStore) => IDBRequest<T>,
) {
  const database = await open();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(store, mode, { durability: "strict" });
      const request = ask(transaction.objectStore(store));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    database.close();
  }
}

export const keepPhoto = (photo: KeptPhoto) => run("photos", "readwrite", (from) => from.put(photo));
export const dropPhoto = (key: string) => run("photos", "readwrite", (from) => from.delete(key));
export const keptPhotos = () => run<KeptPhoto[]>("photos", "readonly", (from) => from.getAll());
export const keepDraft = (draft: Draft) => run("drafts", "readwrite", (from) => from.put(draft));
export const dropDraft = (checkId: string, personId: string) =>
  run("drafts", "readwrite", (from) => from.delete([checkId, personId]));
export const keptDraft = (checkId: string, personId: string) =>
  run<Draft | undefined>("drafts", "readonly", (from) => from.get([checkId, personId]));

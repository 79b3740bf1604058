/** Asks the person for the password; calls back with true once the server has accepted it, with false when it was not given. */
export type PasswordAsker = (answer: (confirmed: boolean) => void) => void;

let asker: PasswordAsker | null = null;
let waiting: { readonly promise: Promise<boolean>; readonly settle: (confirmed: boolean) => void } | null = null;

/** The one dialog of the page. What is returned takes it away again; whoever still waits then gets no for an answer. */
export function registerPasswordAsker(ask: PasswordAsker): () => void {
  asker = ask;
  return () => {
    if (asker !== ask) return;
    asker = null;
    waiting?.settle(false);
  };
}

/** Several requests that wait at once are answered by one dialog. Without a dialog on the page nobody is asked. */
export function askForPassword(): Promise<boolean> {
  if (asker === null) return Promise.resolve(false);
  if (waiting !== null) return waiting.promise;
  let settle: (confirmed: boolean) => void = () => undefined;
  const promise = new Promise<boolean>((resolve) => {
    settle = (confirmed) => {
      waiting = null;
      resolve(confirmed);
    };
  });
  waiting = { promise, settle };
  asker(settle);
  return promise;
}

import type { Environment } from "../config/index.ts";

/** One message or call to one party. `id` is the same however often it is asked for. */
export type Message = {
  readonly id: string;
  readonly channel: "sms" | "voice";
  readonly recipient: string;
  readonly text: string;
};
/** `recorded`: nothing was sent by this system, a person sends or calls; `receipt`: the gateway's own number. */
export type Sent = { readonly outcome: "sent" | "recorded" | "failed"; readonly receipt: string | null };
export type Notifier = (message: Message) => Promise<Sent>;

const limitMs = 15_000;
const receiptMax = 120;

/**
 * How parties are told: by the bureau's gateway for messages and calls (`MINGCHA_NOTIFY_URL`, an HTTP POST of the message as JSON with the
 * token as bearer; any 2xx is sent, a JSON `receipt` is kept), or by nobody, and that is what is written down. Numbers and texts are in no log.
 */
export function createNotifier({
  MINGCHA_NOTIFY_URL: url,
  MINGCHA_NOTIFY_TOKEN: token,
}: Pick<Environment, "MINGCHA_NOTIFY_URL" | "MINGCHA_NOTIFY_TOKEN">): Notifier {
  if (url === undefined) return async () => ({ outcome: "recorded", receipt: null });
  return async (message) => {
    try {
      const response = await fetch(url, {
        method: "POST",
        redirect: "error",
        headers: {
          "content-type": "application/json",
          "idempotency-key": message.id,
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify(message),
        signal: AbortSignal.timeout(limitMs),
      });
      const answer: unknown = await response.json().catch(() => null);
      if (!response.ok) return { outcome: "failed", receipt: null };
      const receipt = answer !== null && typeof answer === "object" && "receipt" in answer ? answer.receipt : null;
      return { outcome: "sent", receipt: typeof receipt === "string" ? receipt.slice(0, receiptMax) : null };
    } catch {
      return { outcome: "failed", receipt: null };
    }
  };
}

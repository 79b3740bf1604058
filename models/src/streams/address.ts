import { type StreamKind, streamKinds } from "./kinds.ts";

export interface StreamAddress {
  /** Without user name and password. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** As they stood in what was typed, decoded; kept apart from the address. */
  readonly user: string | null;
  readonly password: string | null;
}

export type AddressRefusal = {
  readonly code: "not_an_address" | "wrong_scheme" | "no_host";
  readonly zh: string;
  readonly en: string;
};

/**
 * Reads the address of a live source as a person types it. User name and password are taken out of it; what remains may be shown and logged.
 * Whether the host may be reached is decided where names are resolved (infra/src/streams).
 */
export function readStreamAddress(
  kind: StreamKind,
  text: string,
): { readonly kind: "ok"; readonly address: StreamAddress } | ({ readonly kind: "refused" } & AddressRefusal) {
  const { schemes, ports } = streamKinds[kind] as {
    schemes: readonly string[];
    ports: Readonly<Record<string, number>>;
  };
  let url: URL;
  try {
    url = new URL(text.trim());
  } catch {
    return { kind: "refused", code: "not_an_address", zh: "地址无法识别", en: "this is no address" };
  }
  if (!schemes.includes(url.protocol)) {
    const wanted = schemes.map((scheme) => `${scheme}//`).join(", ");
    return {
      kind: "refused",
      code: "wrong_scheme",
      zh: `地址应以 ${wanted} 开头`,
      en: `the address has to begin with ${wanted}`,
    };
  }
  if (url.hostname === "")
    return { kind: "refused", code: "no_host", zh: "地址缺少主机", en: "the address names no host" };
  const user = url.username === "" ? null : decode(url.username);
  const password = url.password === "" ? null : decode(url.password);
  url.username = "";
  url.password = "";
  url.hash = "";
  return {
    kind: "ok",
    address: {
      url: url.href,
      host: url.hostname.replace(/^\[|\]$/g, ""),
      port: url.port === "" ? (ports[url.protocol] ?? 0) : Number(url.port),
      user,
      password,
    },
  };
}

/** Cameras' passwords hold per cent signs that were never meant as an escape. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

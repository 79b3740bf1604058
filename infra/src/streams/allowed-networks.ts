import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** Never asked, whatever is allowed: link-local addresses hold the metadata services of clouds; the others are nobody's. */
const never = readNetworks("169.254.0.0/16,fe80::/10,0.0.0.0/8,224.0.0.0/4,255.255.255.255/32,ff00::/8,::/128");

/** Reads `10.0.0.0/8,192.168.7.0/24,fd00::/8`; throws a sentence for what is none. */
export function readNetworks(text: string): BlockList {
  const list = new BlockList();
  for (const item of text.split(",").map((one) => one.trim())) {
    if (item === "") continue;
    const [address = "", prefix] = item.split("/");
    const family = isIP(address);
    const bits = prefix === undefined ? (family === 6 ? 128 : 32) : Number(prefix);
    if (family === 0 || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32))
      throw new Error(`"${item}" is no network; write it like 10.0.0.0/8`);
    list.addSubnet(address, bits, family === 6 ? "ipv6" : "ipv4");
  }
  return list;
}

const within = (list: BlockList, address: string): boolean => {
  // an IPv4 address in IPv6 dress is the IPv4 address
  const bare = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address;
  return list.check(bare, isIP(bare) === 6 ? "ipv6" : "ipv4");
};

export type Reachable =
  | { readonly kind: "ok"; readonly address: string }
  | { readonly kind: "name_unknown" }
  | { readonly kind: "not_allowed" };

/**
 * Resolves a host and says whether it may be asked: every address it has must lie in an allowed network. The caller connects to the address
 * given here, not to the name, so a name that answers otherwise the second time leads nowhere else.
 */
export async function reachHost(host: string, allowed: BlockList): Promise<Reachable> {
  const found = await lookup(host, { all: true }).catch(() => []);
  const [first] = found;
  if (first === undefined) return { kind: "name_unknown" };
  const mayAsk = found.every(({ address }) => within(allowed, address) && !within(never, address));
  return mayAsk ? { kind: "ok", address: first.address } : { kind: "not_allowed" };
}

export { type Reachable, reachHost, readNetworks } from "./allowed-networks.ts";
export { openSecret, readSecretKey, sealSecret } from "./secret-box.ts";

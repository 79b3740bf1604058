const browsers = [
  ["Edg", "Edge"],
  ["OPR", "Opera"],
  ["Firefox", "Firefox"],
  ["Chrome", "Chrome"],
  ["Safari", "Safari"],
] as const;
const systems = [
  ["Android", "Android"],
  ["iPhone", "iPhone"],
  ["iPad", "iPad"],
  ["Windows", "Windows"],
  ["Mac OS X", "macOS"],
  ["Linux", "Linux"],
] as const;

/** `Chrome 141 · Windows`, as far as a browser tells; null where it says nothing that is known. */
export function nameBrowser(agent: string | null): string | null {
  if (agent === null) return null;
  const browser = browsers.find(([mark]) => agent.includes(`${mark}/`) || agent.includes(mark));
  const system = systems.find(([mark]) => agent.includes(mark));
  if (browser === undefined) return null;
  const version = new RegExp(`${browser[0]}\\w*/(\\d+)`).exec(agent)?.[1];
  const name = version === undefined ? browser[1] : `${browser[1]} ${version}`;
  return system === undefined ? name : `${name} · ${system[1]}`;
}

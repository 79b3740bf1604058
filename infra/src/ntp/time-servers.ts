export interface TimeServer {
  readonly host: string;
  readonly port: number;
}

const usualPort = 123;

/** Reads `ntp.city.example,10.0.0.5:1123,[fd00::5]:123`; throws a sentence for what is none. */
export function readTimeServers(text: string): TimeServer[] {
  return text
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map((one) => {
      const [, bracketed, plain, port] = /^(?:\[([0-9a-f:.]+)\]|([\w.-]+))(?::(\d{1,5}))?$/i.exec(one) ?? [];
      const host = bracketed ?? plain;
      const number = port === undefined ? usualPort : Number(port);
      if (host === undefined || number < 1 || number > 65_535)
        throw new Error(`"${one}" is no time server; write it like ntp.example.cn or 10.0.0.5:123`);
      return { host, port: number };
    });
}

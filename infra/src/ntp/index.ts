export { type HostMeasurement, measureHost } from "./measure-host.ts";
export { readTimeServers, type TimeServer } from "./time-servers.ts";

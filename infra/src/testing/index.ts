export { freePort } from "../free-port.ts";
export { hasChrony, type NtpServer, startChrony } from "./chrony.ts";
export { createRandom } from "./create-random.ts";
export { hasMinio, type MinioServer, ownerOf, startMinio } from "./minio.ts";
export { accessLines, type BrokerAccount, findMosquitto, type MqttBroker, startMosquitto } from "./mosquitto.ts";
export { ntpAnswer, startNtpServer } from "./ntp-server.ts";
export { createTestDatabase, type TestDatabase } from "./postgres.ts";
export { hasRedis, type RedisServer, startRedis } from "./redis.ts";
export { canSetClock, findRtspServer, type RtspServer, startRtspServer } from "./rtsp-server.ts";
export {
  callbackOf,
  clientOf,
  type DockCredentials,
  type ScriptedDock,
  sha256Of,
  startScriptedDock,
  uploadInParts,
} from "./scripted-dock.ts";
export { takePhoto } from "./take-photo.ts";
export { openLink, type TcpLink } from "./tcp-link.ts";

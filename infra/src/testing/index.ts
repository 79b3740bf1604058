export { freePort } from "../free-port.ts";
export { hasMinio, type MinioServer, startMinio } from "./minio.ts";
export { createTestDatabase, type TestDatabase } from "./postgres.ts";
export { canSetClock, findRtspServer, type RtspServer, startRtspServer } from "./rtsp-server.ts";
export { takePhoto } from "./take-photo.ts";
export { openLink, type TcpLink } from "./tcp-link.ts";

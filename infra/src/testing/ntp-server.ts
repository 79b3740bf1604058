import { createSocket, type RemoteInfo, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";

const epochS = 2_208_988_800;

/** An answer as a server of stratum 2 gives it whose clock is `shiftMs` from this machine's. */
export function ntpAnswer(question: Buffer, shiftMs = 0): Buffer {
  const packet = Buffer.alloc(48);
  packet.writeUInt8((4 << 3) | 4, 0);
  packet.writeUInt8(2, 1);
  packet.writeUInt32BE(Math.round(0.004 * 65_536), 4);
  packet.writeUInt32BE(Math.round(0.002 * 65_536), 8);
  question.copy(packet, 24, 40, 48);
  const write = (at: number): void => {
    const seconds = (Date.now() + shiftMs) / 1_000 + epochS;
    packet.writeUInt32BE(Math.floor(seconds) % 2 ** 32, at);
    packet.writeUInt32BE(Math.floor((seconds % 1) * 2 ** 32), at + 4);
  };
  write(32);
  write(40);
  return packet;
}

/** A time server on loopback that answers as a test says. */
export async function startNtpServer(
  answer: (question: Buffer, from: RemoteInfo, socket: Socket) => void,
): Promise<{ readonly port: number; readonly stop: () => void }> {
  const socket = createSocket("udp4");
  socket.on("message", (question, from) => answer(question, from, socket));
  await new Promise<void>((done) => socket.bind(0, "127.0.0.1", done));
  return { port: (socket.address() as AddressInfo).port, stop: () => socket.close() };
}

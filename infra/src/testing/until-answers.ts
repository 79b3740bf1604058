import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Waits until a program that was just started takes connections at its port. */
export async function untilAnswers(port: number): Promise<void> {
  for (let tries = 0; tries < 100 && !(await answers(port)); tries += 1) await sleep(100);
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });
}

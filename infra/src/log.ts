import { type Logger as PinoLogger, pino } from "pino";

export type Logger = PinoLogger;

/**
 * A logger that never prints secrets or personal data. Object first, fixed message after it.
 * JSON lines on standard output; the supervisor writes them to `logs/<process>.log`.
 */
export function createLog(name: string, level: string): Logger {
  return pino({
    name,
    level,
    redact: {
      paths: [
        "password",
        "*.password",
        "token",
        "*.token",
        "cookie",
        "req.headers.cookie",
        "req.headers.authorization",
        "plate",
        "*.plate",
        "party",
        "*.party",
        "databaseUrl",
        "*.databaseUrl",
      ],
      censor: "[hidden]",
    },
    base: { name, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
  });
}

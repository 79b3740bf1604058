import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { findProgram } from "./find-program.ts";
import { untilAnswers } from "./until-answers.ts";

export interface BrokerAccount {
  readonly user: string;
  readonly password: string;
  /** A dock's serial number; undefined: ours, which hears all docks and answers them. */
  readonly sn?: string;
  /** Aircraft that speak through the dock. */
  readonly aircraftSn?: string;
}

export interface MqttBroker {
  readonly url: string;
  readonly port: number;
  /** As a machine that loses power. */
  readonly kill: () => Promise<void>;
}

/** Debian's package unpacked, not installed: an installed one starts a service of its own. */
const unpacked = join(homedir(), ".cache", "mingcha", "mosquitto");
const folders = [join(unpacked, "usr", "sbin"), join(unpacked, "usr", "bin")];
const found = (name: string): string | undefined => findProgram(name, [...folders, "/usr/sbin"]);

/** The programs find their libraries beside them, wherever they were unpacked. */
function environment(): NodeJS.ProcessEnv {
  const libraries = ["x86_64-linux-gnu", "aarch64-linux-gnu"].map((name) => join(unpacked, "usr", "lib", name));
  return { ...process.env, LD_LIBRARY_PATH: [...libraries, process.env.LD_LIBRARY_PATH ?? ""].join(":") };
}

/** Whether tests can have an MQTT 5 broker here; else the reason is printed. `npm test` unpacks one where it can. */
export function findMosquitto(): boolean {
  if (works()) return true;
  process.stdout.write("drone docks are not tested: mosquitto is missing (Debian package mosquitto)\n");
  return false;
}

function works(): boolean {
  try {
    execFileSync(found("mosquitto_passwd") ?? "mosquitto_passwd", ["-h"], { stdio: "ignore", env: environment() });
    return true;
  } catch (error) {
    // it says how it is used, with a status of 1
    return (error as { status?: number }).status === 1 && found("mosquitto") !== undefined;
  }
}

/** Rights of an account, as `infra/deploy/README.md` asks for: a dock speaks for itself and hears what is for it, and nothing else. */
export function accessLines({ user, sn, aircraftSn }: BrokerAccount): string[] {
  if (sn === undefined)
    return [
      `user ${user}`,
      ...["sys/product/+/status", "thing/product/+/requests", "thing/product/+/events"].map(
        (topic) => `topic read ${topic}`,
      ),
      ...["osd", "state"].map((word) => `topic read thing/product/+/${word}`),
      "topic write sys/product/+/status_reply",
      ...["requests_reply", "events_reply"].map((word) => `topic write thing/product/+/${word}`),
    ];
  const devices = aircraftSn === undefined ? [sn] : [sn, aircraftSn];
  return [
    `user ${user}`,
    `topic write sys/product/${sn}/status`,
    ...["requests", "events", "services_reply"].map((word) => `topic write thing/product/${sn}/${word}`),
    ...devices.flatMap((device) => ["osd", "state"].map((word) => `topic write thing/product/${device}/${word}`)),
    `topic read sys/product/${sn}/status_reply`,
    ...["requests_reply", "events_reply", "services"].map((word) => `topic read thing/product/${sn}/${word}`),
  ];
}

/** A broker with these accounts, which keeps its sessions in `folder`. @param port where one that was killed is wanted back; else a free one. */
export async function startMosquitto(
  folder: string,
  accounts: readonly BrokerAccount[],
  port?: number,
): Promise<MqttBroker> {
  const at = port ?? (await freePort());
  const env = environment();
  const passwords = join(folder, "passwords");
  if (!existsSync(passwords)) {
    writeFileSync(passwords, "", { mode: 0o600 });
    for (const { user, password } of accounts)
      execFileSync(found("mosquitto_passwd") ?? "mosquitto_passwd", ["-b", passwords, user, password], {
        env,
        stdio: "ignore",
      });
    writeFileSync(join(folder, "access"), `${accounts.flatMap((one) => [...accessLines(one), ""]).join("\n")}\n`);
  }
  const isRoot = process.getuid?.() === 0;
  const settings = [
    `listener ${at} 127.0.0.1`,
    "allow_anonymous false",
    `password_file ${passwords}`,
    `acl_file ${join(folder, "access")}`,
    // else whoever knows a dock's client id ends its connection
    "use_username_as_clientid true",
    "persistence true",
    `persistence_location ${folder}/`,
    "autosave_interval 1",
    "autosave_on_changes true",
    "message_size_limit 2097152",
    "max_queued_messages 10000",
    // one that drops its rights could not read the folder of the test
    ...(isRoot ? ["user root"] : []),
    "log_type error",
  ];
  writeFileSync(join(folder, "mosquitto.conf"), `${settings.join("\n")}\n`);
  const child = spawn(found("mosquitto") ?? "mosquitto", ["-c", join(folder, "mosquitto.conf")], {
    env,
    stdio: "ignore",
  });
  await untilAnswers(at);
  return {
    url: `mqtt://127.0.0.1:${at}`,
    port: at,
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
    },
  };
}

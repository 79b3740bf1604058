import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { crsCodes } from "@mingcha/models/geo";
import { z } from "zod";
import { readTimeServers } from "../ntp/time-servers.ts";
import { readNetworks } from "../streams/allowed-networks.ts";

const repoRoot = fileURLToPath(new URL("../../../", import.meta.url));
const flag = z.enum(["0", "1"]).transform((value) => value === "1");
const optionalText = z.string().min(1).optional();
const path = z
  .string()
  .min(1)
  .transform((value) => resolve(repoRoot, value));

/**
 * Every variable the system reads, in one table. A start with a wrong one names each of them and ends.
 * `.env.example` is kept equal to these keys by a test.
 */
export const environmentSchema = z.object({
  /** Folder of the embedded database, the objects, staged uploads, logs and secrets. */
  MINGCHA_DATA: path.default(resolve(repoRoot, "data")),
  MINGCHA_HOST: z.string().default("127.0.0.1"),
  MINGCHA_PORT: z.coerce.number().int().min(1).max(65_535).default(8686),
  /** 0 switches the demo accounts and footage off. */
  MINGCHA_DEMO: flag.default(true),
  /** Id of a shipped bureau profile, or a path to a profile file. */
  MINGCHA_PROFILE: z.string().min(1).default("pudong"),
  MINGCHA_MODEL: z.string().min(1).default("starter"),
  /** Inference processes; one thread each. */
  MINGCHA_INFERENCE_PROCESSES: z.coerce.number().int().min(1).max(64).default(Math.max(1, availableParallelism())),
  /** Files that appear here are taken in. */
  MINGCHA_WATCH_DIR: path.optional(),
  /** Below this much free space no new media are accepted. */
  MINGCHA_MIN_FREE_MB: z.coerce.number().int().min(0).default(512),
  /** Below this much free space new media that may wait or be left out are refused first. Nothing is deleted for room. */
  MINGCHA_LOW_FREE_MB: z.coerce.number().int().min(0).default(2_048),
  MODELS_DIR: path.optional(),
  FFMPEG_PATH: optionalText,
  FFPROBE_PATH: optionalText,
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }).optional(),
  S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  S3_BUCKET: z.string().min(3).default("mingcha"),
  S3_ACCESS_KEY: optionalText,
  S3_SECRET_KEY: optionalText,
  /** Gateway for messages and calls to parties; without it what would be sent is recorded for a person to do. */
  MINGCHA_NOTIFY_URL: z.url({ protocol: /^https?$/ }).optional(),
  MINGCHA_NOTIFY_TOKEN: optionalText,
  /** GeoJSON of the bureau's own street lines; without it the demo shows invented ones, others none. */
  MINGCHA_STREETS: path.optional(),
  /** Datum of that file; its lines are shown in WGS-84. */
  MINGCHA_STREETS_COORDINATES: z.enum(crsCodes).default("wgs84"),
  /** Heights of the ground for places in drone pictures: GeoTIFF in degrees; without it ground is flat at the height of take-off. */
  MINGCHA_ELEVATION: path.optional(),
  /** What its heights are measured from. Only recorded heights of the same datum are used with it. */
  MINGCHA_ELEVATION_DATUM: z.enum(["egm96", "ellipsoid"]).default("egm96"),
  /** One standard deviation of its heights, metres, as its maker states it. */
  MINGCHA_ELEVATION_SIGMA_M: z.coerce.number().positive().max(100).default(2.5),
  /** Pictures of a map service under the streets; `{z}`, `{x}`, `{y}` in the address. None: nothing outside is asked. */
  MINGCHA_TILES_URL: z
    .url({ protocol: /^https?$/ })
    .refine((url) => ["{z}", "{x}", "{y}"].every((part) => decodeURI(url).includes(part)), "needs {z}, {x} and {y}")
    .optional(),
  /** Datum of those pictures. */
  MINGCHA_TILES_COORDINATES: z.enum(crsCodes).default("wgs84"),
  /** Whose they are, as their licence asks. */
  MINGCHA_TILES_ATTRIBUTION: optionalText,
  /** Set by the supervisor when it runs the database that npm ships. */
  MINGCHA_EMBEDDED_DATABASE: flag.default(false),
  /** Password of the demo accounts when they are first made; generated if empty. */
  MINGCHA_DEMO_PASSWORD: optionalText,
  /** Seconds after the password was typed in during which steps of the law are taken without typing it again. */
  MINGCHA_STEP_UP_S: z.coerce.number().int().min(1).max(86_400).default(1_800),
  /** Networks in which live sources may lie. Loopback is not among them: name it where a gateway runs on the same machine. */
  MINGCHA_STREAM_NETWORKS: z
    .string()
    .default("10.0.0.0/8,172.16.0.0/12,192.168.0.0/16,fd00::/8")
    .superRefine((text, context) => {
      try {
        readNetworks(text);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
      }
    }),
  /** Time servers against which every machine that receives live sources compares its own clock; none: nothing is asked. */
  MINGCHA_NTP_SERVERS: z
    .string()
    .default("")
    .superRefine((text, context) => {
      try {
        readTimeServers(text);
      } catch (error) {
        context.addIssue({ code: "custom", message: (error as Error).message });
      }
    }),
  /** 32 bytes in base64url under which passwords of live sources are kept; made at first start. Machines that share a database share it. */
  MINGCHA_SECRET_KEY: z
    .string()
    .regex(/^[\w-]{43}$/, "has to be 32 bytes in base64url")
    .optional(),
  /** Port for probes and, at the api, figures in Prometheus' text form (infra/src/watch). Not set: none is opened. */
  MINGCHA_WATCH_PORT: z.coerce.number().int().min(1).max(65_535).optional(),
  /** Address of that port. Whoever reaches it may read it: loopback, or a network of machines only. */
  MINGCHA_WATCH_HOST: z.string().min(1).default("127.0.0.1"),
  /** Broker at which drone docks report (MQTT 5). Not set: no dock is listened to. */
  MINGCHA_DOCK_MQTT_URL: z.url({ protocol: /^mqtts?$/ }).optional(),
  MINGCHA_DOCK_MQTT_USER: optionalText,
  MINGCHA_DOCK_MQTT_PASSWORD: optionalText,
  /** File with the authority that signed the broker's certificate, where no public one did. */
  MINGCHA_DOCK_MQTT_CA: path.optional(),
  /** Bucket into which docks upload; never that of the evidence. */
  MINGCHA_DOCK_BUCKET: z.string().min(3).max(63).default("mingcha-docks"),
  /** S3 server as docks reach it, where that differs from S3_ENDPOINT. */
  MINGCHA_DOCK_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
  /** Key that reaches the upload bucket alone and asks for temporary credentials; else S3_ACCESS_KEY. */
  MINGCHA_DOCK_S3_ACCESS_KEY: optionalText,
  MINGCHA_DOCK_S3_SECRET_KEY: optionalText,
  /** Region and maker as docks are told them. */
  MINGCHA_DOCK_S3_REGION: z.string().min(1).default("us-east-1"),
  MINGCHA_DOCK_S3_PROVIDER: z.enum(["minio", "aws", "ali"]).default("minio"),
  /** Time server that docks are told to follow. */
  MINGCHA_DOCK_NTP_HOST: optionalText,
  /** The bureau's app at DJI's developer site: a dock asks for it before anything else. */
  MINGCHA_DOCK_APP_ID: z.coerce.number().int().positive().optional(),
  MINGCHA_DOCK_APP_KEY: optionalText,
  MINGCHA_DOCK_APP_LICENSE: optionalText,
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
});

export type Environment = z.infer<typeof environmentSchema>;

/** Variables that may be given as a file: `<NAME>_FILE` holds its path, as secrets of containers are. */
export const secretVariables = [
  "DATABASE_URL",
  "REDIS_URL",
  "S3_ACCESS_KEY",
  "S3_SECRET_KEY",
  "MINGCHA_SECRET_KEY",
  "MINGCHA_NOTIFY_TOKEN",
  "MINGCHA_DEMO_PASSWORD",
  "MINGCHA_DOCK_MQTT_PASSWORD",
  "MINGCHA_DOCK_S3_ACCESS_KEY",
  "MINGCHA_DOCK_S3_SECRET_KEY",
  "MINGCHA_DOCK_APP_KEY",
  "MINGCHA_DOCK_APP_LICENSE",
] as const satisfies readonly (keyof Environment)[];

/** Thrown for a wrong environment; the message names every bad variable in one sentence each. */
export class ConfigError extends Error {}

/** Parses an environment. Unknown variables are ignored; empty ones count as absent. */
export function parseEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
    throw new ConfigError(`The environment is wrong. ${lines.join("; ")}.`);
  }
  if (parsed.data.S3_ENDPOINT && !(parsed.data.S3_ACCESS_KEY && parsed.data.S3_SECRET_KEY)) {
    throw new ConfigError("S3_ENDPOINT is set, so S3_ACCESS_KEY and S3_SECRET_KEY are needed too.");
  }
  if (parsed.data.MINGCHA_DOCK_BUCKET === parsed.data.S3_BUCKET)
    throw new ConfigError("MINGCHA_DOCK_BUCKET is S3_BUCKET: docks may never write where the evidence lies.");
  return Object.freeze(parsed.data);
}

/** Puts the contents of `<NAME>_FILE` in the place of `<NAME>`. A variable given both ways, or a file that cannot be read, is refused. */
export function withSecretFiles(env: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  const result = { ...env };
  for (const name of secretVariables) {
    const file = env[`${name}_FILE`];
    if (!file) continue;
    if (env[name]) throw new ConfigError(`${name} and ${name}_FILE are both set; leave one out.`);
    try {
      result[name] = readFileSync(file, "utf8").trim();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ConfigError(`${name}_FILE (${file}) cannot be read (${code ?? "unknown reason"}).`);
    }
  }
  return result;
}

/** The environment of this process. The only place that reads `process.env`. */
export function readEnvironment(): Environment {
  return parseEnvironment(withSecretFiles(process.env));
}

/** The variables a child process inherits; secrets that came as files as their values. */
export function inheritedEnvironment(): Record<string, string> {
  const files = new Set<string>(secretVariables.map((name) => `${name}_FILE`));
  return Object.fromEntries(
    Object.entries(withSecretFiles(process.env)).flatMap(([key, value]) =>
      value === undefined || files.has(key) ? [] : [[key, value]],
    ),
  );
}

/** What a process needs besides its environment: services that the supervisor started and secrets it made. */
export interface Services {
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
}

/** Environment of a process started by the supervisor or a test: the database must be known by now. */
export function readServices(environment: Environment): Services {
  if (!environment.DATABASE_URL)
    throw new ConfigError("DATABASE_URL is not set; start this process through `npm start`.");
  return { databaseUrl: environment.DATABASE_URL, redisUrl: environment.REDIS_URL };
}

const servicesFileSchema = z.object({ databaseUrl: z.string().min(1), redisUrl: z.string().min(1).nullish() });

/** Services for a command typed beside a running system, which is found through the file its supervisor wrote. */
export function findRunningServices(environment: Environment): Services {
  const file = join(environment.MINGCHA_DATA, "services.json");
  if (!existsSync(file)) {
    if (environment.DATABASE_URL !== undefined) return readServices(environment);
    throw new ConfigError(`Mingcha is not running (there is no ${file}); start it with "npm start" first.`);
  }
  let parsed: ReturnType<typeof servicesFileSchema.safeParse>;
  try {
    parsed = servicesFileSchema.safeParse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new ConfigError(`${file} cannot be read; restart Mingcha with "npm start".`);
  }
  if (!parsed.success) throw new ConfigError(`${file} does not say where the database is; restart Mingcha.`);
  return { databaseUrl: parsed.data.databaseUrl, redisUrl: parsed.data.redisUrl ?? undefined };
}

export { repoRoot };

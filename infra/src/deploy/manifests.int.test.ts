import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { environmentSchema, parseEnvironment, repoRoot, secretVariables, withSecretFiles } from "../config/index.ts";
import { steadyExecArgv, steadyHeaps } from "../launcher/steady-memory.ts";
import { findProgram } from "../testing/find-program.ts";
import { watchPaths } from "../watch/index.ts";
import { deployFolder, readCompose, readManifests } from "./read-manifests.ts";

const text = (name: string) => readFileSync(join(deployFolder, name), "utf8");
const known = new Set([...Object.keys(environmentSchema.shape), ...secretVariables.map((name) => `${name}_FILE`)]);
/** Services that run our image, by their command; the others are somebody else's programs. */
const ours = ["migrate", "api", "ingest", "detector"];
const isFixed = (image: string) => /:[^:/]+$/.test(image) && !/:(latest|edge|main|master|nightly)$/.test(image);

/** A value that is a secret, wherever it stands: the variables that hold one, given as themselves. */
const holdsSecret = (name: string, value: string) =>
  ((secretVariables as readonly string[]).includes(name) || /password|secret|token/i.test(name)) &&
  !name.endsWith("_FILE") &&
  value !== "";

/** Variables that no deployment has to carry, and why. */
const leftOut: Readonly<Record<string, string>> = {
  FFMPEG_PATH: "the image has it where it is looked for",
  FFPROBE_PATH: "the image has it where it is looked for",
  MODELS_DIR: "models of one's own come with a volume of one's own (README.md)",
  MINGCHA_WATCH_DIR: "the inbox lies on the shared volume",
  MINGCHA_DEMO_PASSWORD: "the demo is off",
  MINGCHA_EMBEDDED_DATABASE: "set by the supervisor, which does not run here",
};
/** Variables that one process alone has any use for. */
const readBy = {
  api: /^MINGCHA_(STREETS|ELEVATION|TILES|NOTIFY|STEP_UP)/,
  ingest: /^MINGCHA_(DOCK|NTP)/,
  detector: /^MINGCHA_INFERENCE_PROCESSES$/,
} as const;
const processes = Object.keys(readBy) as (keyof typeof readBy)[];
/** Variables that the source of a process names; what infra reads for all of them (stores, queue, keys) is not among them. */
const namedBy = (process: (typeof processes)[number]): ReadonlySet<string> =>
  new Set(
    readdirSync(join(repoRoot, process, "src"), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ts$/.test(file) && !/\.test\.ts$|(^|\/)(testing|soak)\//.test(file))
      .flatMap(
        (file) =>
          readFileSync(join(repoRoot, process, "src", file), "utf8").match(/\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g) ?? [],
      ),
  );

/** Every variable of the configuration reaches the process that reads it, secrets as files, or is left out for a reason that is written down. */
function expectCarried(given: Readonly<Record<(typeof processes)[number], readonly string[]>>): void {
  for (const name of Object.keys(environmentSchema.shape)) {
    const asGiven = (secretVariables as readonly string[]).includes(name) ? `${name}_FILE` : name;
    const readers = processes.filter((one) => readBy[one].test(name));
    const carriers = processes.filter((one) => given[one].includes(asGiven));
    if (name in leftOut) expect(carriers, `${name} is said to be left out`).toEqual([]);
    else if (readers.length > 0) expect(carriers, name).toEqual(readers);
    else expect(carriers.length, `${name} is read and not carried`).toBeGreaterThan(0);
  }
  for (const one of processes)
    for (const name of Object.keys(environmentSchema.shape).filter((variable) => namedBy(one).has(variable)))
      if (!(name in leftOut))
        expect(given[one].join(), `${one} reads ${name}`).toMatch(new RegExp(`\\b${name}(_FILE)?\\b`));
  for (const name of Object.keys(leftOut)) expect(environmentSchema.shape, name).toHaveProperty(name);
}

/** A program whose source is in the repository. */
function expectProgram(command: readonly string[]): void {
  expect(command[0]).toBe("node");
  expect(command.slice(-3, -1)).toEqual(["--import", "tsx"]);
  expect(existsSync(join(repoRoot, command.at(-1) ?? "")), command.at(-1)).toBe(true);
  if (!command.at(-1)?.includes("migrate")) expect(command).toEqual(expect.arrayContaining([...steadyExecArgv]));
}

describe("compose.yaml", () => {
  const { services, networks, secrets } = readCompose();
  const all = Object.entries(services);

  test.each(all)("%s: fixed image, not root, read-only, no rights, limits, a health check", (name, service) => {
    expect(isFixed(service.image), service.image).toBe(true);
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(["ALL"]);
    expect(service.security_opt).toContain("no-new-privileges:true");
    expect(service.deploy?.resources.limits).toBeDefined();
    if (name !== "migrate") expect(service.healthcheck).toBeDefined();
    for (const [variable, value] of Object.entries(service.environment))
      expect(holdsSecret(variable, value), variable).toBe(false);
    for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  test.each(
    ours,
  )("%s: every variable is one that is read, with a value that is accepted; its secrets are given to it", (name) => {
    const service = services[name];
    expect(service).toBeDefined();
    if (service === undefined) return;
    for (const variable of Object.keys(service.environment)) expect(known, variable).toContain(variable);
    const files = Object.entries(service.environment).filter(([variable]) => variable.endsWith("_FILE"));
    for (const [, path] of files) expect(service.secrets.map((secret) => `/run/secrets/${secret}`)).toContain(path);
    expect(files).toHaveLength(service.secrets.length);
    const plain = Object.entries(service.environment).filter(([variable]) => !variable.endsWith("_FILE"));
    const standIns = { S3_ACCESS_KEY: "x", S3_SECRET_KEY: "x" };
    expect(() => parseEnvironment({ ...Object.fromEntries(plain), ...standIns })).not.toThrow();
    expectProgram(service.command ?? []);
  });

  test("every variable that is read is carried to whoever reads it, or left out for a reason", () => {
    const given = (name: string) => Object.keys(services[name]?.environment ?? {});
    expectCarried({ api: given("api"), ingest: given("ingest"), detector: given("detector") });
  });

  test("docks and what else a bureau may do without are off until somebody sets them, also with the secrets as they are made", () => {
    const folder = mkdtempSync(join(tmpdir(), "mingcha-secrets-"));
    execFileSync(process.execPath, [join(deployFolder, "make-secrets.mjs"), folder]);
    const read = (name: string) =>
      parseEnvironment(
        withSecretFiles(
          Object.fromEntries(
            Object.entries(services[name]?.environment ?? {}).map(([key, value]) => [
              key,
              value.replace("/run/secrets", folder),
            ]),
          ),
        ),
      );
    const ingest = read("ingest");
    for (const name of Object.keys(environmentSchema.shape) as (keyof typeof ingest)[])
      if (/^MINGCHA_DOCK_(MQTT|S3_(ENDPOINT|ACCESS|SECRET)|NTP|APP)/.test(name))
        expect(ingest[name], name).toBeUndefined();
    const api = read("api");
    for (const name of ["MINGCHA_ELEVATION", "MINGCHA_STREETS", "MINGCHA_TILES_URL", "MINGCHA_NOTIFY_URL"] as const)
      expect(api[name], name).toBeUndefined();
    // what is filled in by hand can be, and counts
    writeFileSync(join(folder, "dock_mqtt_password"), "given\n");
    expect(read("ingest").MINGCHA_DOCK_MQTT_PASSWORD).toBe("given");
    rmSync(folder, { recursive: true });
  });

  test("one api, several ingest and detectors; api and ingest share the folder of uploads, detectors have their own", () => {
    const folder = (name: string) => services[name]?.volumes.find((one) => JSON.stringify(one).includes("/data"));
    expect(services.api?.deploy?.replicas).toBe(1);
    expect(services.ingest?.deploy?.replicas).toBeGreaterThan(1);
    expect(services.detector?.deploy?.replicas).toBeGreaterThan(1);
    expect(folder("ingest")).toEqual(folder("api"));
    expect(folder("detector")).toEqual({ type: "volume", target: "/data" });
    for (const name of ["api", "ingest", "detector"]) expect(services[name]?.depends_on).toHaveProperty("migrate");
  });

  test("database, queue, objects and detectors have no way out; only ingest reaches cameras, only the api is published", () => {
    const open = (name: string) => services[name]?.networks.filter((network) => !networks[network]?.internal);
    for (const name of ["postgres", "valkey", "objects", "migrate", "detector"]) expect(open(name), name).toEqual([]);
    expect(open("ingest")).toEqual(["cameras"]);
    expect(all.filter(([, { ports }]) => ports.length > 0).map(([name]) => name)).toEqual(["api"]);
  });

  test("probes ask for a path that is answered, on the port that is opened", () => {
    for (const name of ["api", "ingest", "detector"]) {
      const probe = services[name]?.healthcheck?.test.join(" ");
      expect(probe).toContain(`:${services[name]?.environment.MINGCHA_WATCH_PORT}${watchPaths.ready}'`);
    }
  });

  test("make-secrets makes each secret that is named, once, in a form that is accepted, and prints none", () => {
    const folder = mkdtempSync(join(tmpdir(), "mingcha-secrets-"));
    const make = () =>
      execFileSync(process.execPath, [join(deployFolder, "make-secrets.mjs"), folder], { encoding: "utf8" });
    const printed = make();
    const wanted = Object.values(secrets).map(({ file }) => file.replace("./secrets/", ""));
    expect(readdirSync(folder).sort()).toEqual(wanted.sort());
    const values = wanted.map((name) => readFileSync(join(folder, name), "utf8").trim());
    const filled = values.filter((value) => value !== "");
    expect(new Set(filled).size).toBe(filled.length);
    for (const value of filled) expect(printed).not.toContain(value);
    expect(statSync(folder).mode & 0o077).toBe(0);
    expect(make()).toBe("");
    const local = Object.fromEntries(
      Object.entries(services.api?.environment ?? {}).map(([key, value]) => [
        key,
        value.replace("/run/secrets", folder),
      ]),
    );
    expect(() => parseEnvironment(withSecretFiles(local))).not.toThrow();
    rmSync(folder, { recursive: true });
  });
});

const containerSchema = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()),
  envFrom: z.array(z.object({ configMapRef: z.object({ name: z.string() }) })),
  env: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
  ports: z.array(z.object({ name: z.string(), containerPort: z.number() })).default([]),
  resources: z.object({
    requests: z.object({ cpu: z.string(), memory: z.string() }),
    limits: z.object({ cpu: z.string(), memory: z.string() }),
  }),
  securityContext: z.object({
    allowPrivilegeEscalation: z.literal(false),
    readOnlyRootFilesystem: z.literal(true),
    capabilities: z.object({ drop: z.tuple([z.literal("ALL")]) }),
  }),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })),
});
const probeSchema = z.object({ httpGet: z.object({ path: z.string(), port: z.literal("watch") }) });
const probedSchema = containerSchema.extend({
  startupProbe: probeSchema,
  readinessProbe: probeSchema,
  livenessProbe: probeSchema,
});
const deploymentSchema = z.object({
  metadata: z.object({ name: z.string(), labels: z.record(z.string(), z.string()) }),
  spec: z.object({
    replicas: z.number().optional(),
    strategy: z.object({ type: z.string() }),
    template: z.object({
      metadata: z.object({ annotations: z.record(z.string(), z.string()) }),
      spec: z.object({
        automountServiceAccountToken: z.literal(false),
        terminationGracePeriodSeconds: z.number().min(25),
        securityContext: z.looseObject({ runAsNonRoot: z.literal(true), runAsUser: z.number().min(1) }),
        initContainers: z.tuple([containerSchema]),
        containers: z.tuple([probedSchema]),
        volumes: z.array(z.looseObject({ name: z.string() })),
      }),
    }),
  }),
});

describe("kubernetes/", () => {
  const manifests = readManifests();
  const of = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const configuration = z.object({ data: z.record(z.string(), z.string()) }).parse(of("ConfigMap")[0]?.document).data;
  const deployments = of("Deployment").map(({ name, document }) => [name, deploymentSchema.parse(document)] as const);

  test("every manifest that is not a template, a choice or for another program is in the kustomization, with an image of a fixed version", () => {
    const kustomization = z
      .object({ resources: z.array(z.string()), images: z.array(z.object({ name: z.string(), newTag: z.string() })) })
      .parse(of("Kustomization")[0]?.document);
    const left = ["kustomization.yaml", "secrets.template.yaml", "autoscaling/keda.yaml"];
    const files = new Set(manifests.map(({ file }) => file).filter((file) => !left.includes(file)));
    expect([...files].sort()).toEqual([...kustomization.resources].sort());
    for (const { name, newTag } of kustomization.images) expect(isFixed(`${name}:${newTag}`)).toBe(true);
  });

  test.each(
    deployments,
  )("%s: not root, read-only, no rights, limits, probes at paths that are answered, variables that are read", (name, deployment) => {
    const { initContainers, containers, volumes } = deployment.spec.template.spec;
    for (const container of [...initContainers, ...containers]) {
      const env = { ...configuration, ...Object.fromEntries(container.env.map((one) => [one.name, one.value])) };
      for (const [variable, value] of Object.entries(env)) {
        expect(known, variable).toContain(variable);
        expect(holdsSecret(variable, value), variable).toBe(false);
      }
      const plain = Object.entries(env).filter(([variable]) => !variable.endsWith("_FILE"));
      expect(() =>
        parseEnvironment({ ...Object.fromEntries(plain), S3_ACCESS_KEY: "x", S3_SECRET_KEY: "x" }),
      ).not.toThrow();
      expectProgram(container.command);
      expect(container.image).toBe("mingcha");
      for (const mount of container.volumeMounts) expect(volumes.map((one) => one.name)).toContain(mount.name);
      const given = z
        .array(z.object({ path: z.string() }))
        .parse((volumes.find((one) => one.name === "secrets")?.secret as { items: unknown }).items);
      for (const [variable, value] of Object.entries(env))
        if (variable.endsWith("_FILE"))
          expect(given.map(({ path }) => `/run/secrets/mingcha/${path}`)).toContain(value);
    }
    const [container] = containers;
    expect([container.startupProbe, container.readinessProbe].map(({ httpGet }) => httpGet.path)).toEqual([
      watchPaths.ready,
      watchPaths.ready,
    ]);
    expect(container.livenessProbe.httpGet.path).toBe(watchPaths.live);
    const watchPort = container.ports.find((port) => port.name === "watch")?.containerPort;
    expect(String(watchPort)).toBe(configuration.MINGCHA_WATCH_PORT);
    const { annotations } = deployment.spec.template.metadata;
    expect(annotations["prometheus.io/path"]).toBe(watchPaths.figures);
    expect(annotations["prometheus.io/port"]).toBe(String(watchPort));
    expect(of("PodDisruptionBudget").map((budget) => budget.name)).toContain(name);
  });

  test("every variable that is read is carried to whoever reads it, or left out for a reason", () => {
    const given = (name: string) => {
      const container = deployments.find(([deployment]) => deployment === name)?.[1].spec.template.spec.containers[0];
      return [...Object.keys(configuration), ...(container?.env ?? []).map((one) => one.name)];
    };
    expectCarried({ api: given("api"), ingest: given("ingest"), detector: given("detector") });
  });

  test("processes are started as compose starts them", () => {
    const { services } = readCompose();
    for (const [name, { spec }] of deployments) {
      expect(spec.template.spec.containers[0].command).toEqual(services[name]?.command);
      expect(spec.template.spec.initContainers[0].command).toEqual(services.migrate?.command);
    }
  });

  test("one api, the old one gone before the new one comes; api and ingest on the shared claim, detectors on their own folder", () => {
    const at = new Map(deployments);
    expect(at.get("api")?.spec).toMatchObject({ replicas: 1, strategy: { type: "Recreate" } });
    expect(at.get("ingest")?.spec.replicas).toBeGreaterThan(1);
    expect(at.get("detector")?.spec.replicas).toBeUndefined();
    const dataVolume = (name: string) => {
      const spec = at.get(name)?.spec.template.spec;
      const mount = spec?.containers[0].volumeMounts.find(({ mountPath }) => mountPath === configuration.MINGCHA_DATA);
      return spec?.volumes.find((volume) => volume.name === mount?.name);
    };
    expect(dataVolume("api")).toMatchObject({ persistentVolumeClaim: { claimName: "staging" } });
    expect(dataVolume("ingest")).toEqual(dataVolume("api"));
    expect(dataVolume("detector")).toHaveProperty("emptyDir");
  });

  test("both autoscalers ask for a figure that the api tells, for a Deployment that is there", () => {
    const figures = readFileSync(join(repoRoot, "api/src/watch/figures.ts"), "utf8");
    const [hpa, keda] = ["autoscaling/hpa.yaml", "autoscaling/keda.yaml"].map((file) => text(`kubernetes/${file}`));
    const adapter = text("kubernetes/autoscaling/prometheus-adapter.values.yaml");
    expect(() => parse(adapter)).not.toThrow();
    for (const asked of [hpa, keda, adapter]) {
      const names = asked?.match(/mingcha_[a-z_]+/g) ?? [];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(figures).toContain(`"${name}"`);
    }
    for (const kind of ["HorizontalPodAutoscaler", "ScaledObject"])
      expect(of(kind)[0]?.document).toMatchObject({ spec: { scaleTargetRef: { name: "detector" } } });
  });

  test("the template of the Secret is empty, and has what the pods are given", () => {
    const { stringData } = z.object({ stringData: z.record(z.string(), z.string()) }).parse(of("Secret")[0]?.document);
    expect(Object.values(stringData).every((value) => value === "")).toBe(true);
    const wanted = new Set(
      deployments.flatMap(([, { spec }]) => {
        const secret = spec.template.spec.volumes.find((one) => one.name === "secrets")?.secret as {
          items: { key: string }[];
        };
        return secret.items.map(({ key }) => key);
      }),
    );
    expect(Object.keys(stringData).sort()).toEqual([...wanted].sort());
  });

  test("everything is closed but for what is named", () => {
    const closed = of("NetworkPolicy").find(({ name }) => name === "nothing");
    expect(closed?.document.spec).toEqual({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  const kubectl = findProgram("kubectl");
  if (kubectl === undefined) console.warn("Manifests put together by kustomize: not tested, kubectl was not found");
  test.runIf(kubectl !== undefined)("kustomize puts them together", () => {
    const built = execFileSync(kubectl ?? "", ["kustomize", join(deployFolder, "kubernetes")], { encoding: "utf8" });
    expect(built.match(/^kind: Deployment$/gm)).toHaveLength(3);
    expect(built).not.toMatch(/image: mingcha$/m);
  });
});

test("the image is Debian 13 with fixed bases, not root, without secrets, with the memory settings of the supervisor", () => {
  const dockerfile = text("Dockerfile");
  const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? "");
  for (const base of bases) expect(isFixed(base) && /trixie|debian:13/.test(base), base).toBe(true);
  const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
  expect(last).toMatch(/^USER 10001:10001$/m);
  expect(last).toContain("ffmpeg");
  expect(last).toContain(
    `ENV ${Object.entries(steadyHeaps)
      .map(([name, value]) => `${name}=${value}`)
      .join(" ")}`,
  );
  for (const [, variable] of last.matchAll(/^ENV (MINGCHA_\w+)=/gm)) expect(known).toContain(variable);
  expect(dockerfile).not.toMatch(/^(ARG|ENV).*(password|secret|token)/im);
  expect(dockerfile).not.toMatch(/curl|wget|npx/);
  // each workspace's package.json is there before npm ci
  const { workspaces } = JSON.parse(readFileSync(join(repoRoot, "package.json"), "utf8")) as { workspaces: string[] };
  for (const workspace of workspaces) expect(dockerfile).toContain(`COPY ${workspace}/package.json ${workspace}/`);
  expect(text("Dockerfile.dockerignore")).toMatch(/^infra\/deploy\/secrets$/m);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import { z } from "zod";
import { repoRoot } from "../config/index.ts";

/** What infra/deploy says, for tests: they start processes as the manifests do and check what must hold. */
export const deployFolder = join(repoRoot, "infra", "deploy");

const composeServiceSchema = z.object({
  image: z.string(),
  user: z.string().optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  secrets: z.array(z.string()).default([]),
  volumes: z
    .array(z.union([z.string(), z.object({ type: z.string(), target: z.string(), source: z.string().optional() })]))
    .default([]),
  networks: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  deploy: z
    .object({
      replicas: z.number().default(1),
      resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string() }) }),
    })
    .optional(),
});
export type ComposeService = z.infer<typeof composeServiceSchema>;

const composeSchema = z.object({
  services: z.record(z.string(), composeServiceSchema),
  networks: z.record(z.string(), z.object({ internal: z.boolean().default(false) })),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});

/** `compose.yaml` with its defaults put in, as on a machine where no variable of its own is set. */
export function readCompose(): z.infer<typeof composeSchema> {
  const text = readFileSync(join(deployFolder, "compose.yaml"), "utf8").replaceAll(/\$\{\w+:-([^}]*)\}/g, "$1");
  return composeSchema.parse(parse(text, { merge: true }));
}

export interface Manifest {
  /** Below infra/deploy/kubernetes. */
  readonly file: string;
  readonly kind: string;
  readonly name: string;
  readonly document: Record<string, unknown>;
}

/** Every document of every manifest, those that are left to choose included; not what is meant for other programs (`*.values.yaml`). */
export function readManifests(): Manifest[] {
  const folder = join(deployFolder, "kubernetes");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".yaml") && !file.endsWith(".values.yaml"))
    .sort()
    .flatMap((file) =>
      parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((parsed) => {
        if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors.map(String).join("; ")}`);
        const document = parsed.toJS() as Record<string, unknown>;
        const { kind, metadata } = z
          .object({ kind: z.string(), metadata: z.object({ name: z.string() }).optional() })
          .parse(document);
        return { file, kind, name: metadata?.name ?? "", document };
      }),
    );
}

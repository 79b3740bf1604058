import { z } from "zod";
import {
  type Claim,
  credentialReasonCodes,
  dockCloseCauseCodes,
  dockDropCauseCodes,
  dockFileStateCodes,
  heardStates,
  linkReasonCodes,
  linkStateCodes,
  serialPattern,
} from "../dock/index.ts";
import { bilingualSchema, idSchema, instantSchema, sha256Schema } from "./common.ts";

export const dockSerialSchema = z.string().regex(serialPattern);
/** Files by state. */
export const dockCountsSchema = z.record(z.enum(dockFileStateCodes), z.number().int());

export const dockRowSchema = z.object({
  sn: z.string(),
  name: z.string(),
  /** Null: none yet, so it gets no credentials. */
  source: z
    .object({ id: z.string(), name: z.string(), district: z.string().nullable(), timezone: z.string() })
    .nullable(),
  aircraftSn: z.string().nullable(),
  enabled: z.boolean(),
  version: z.number().int(),
  heard: z.enum(heardStates),
  /** From when on it spoke without a long silence; null: it never spoke. */
  since: instantSchema.nullable(),
  /** Ten seconds late at most: seldom enough for the database. */
  lastMessageAt: instantSchema.nullable(),
  messages: z.number(),
  boundAt: instantSchema.nullable(),
  credentials: z
    .object({
      at: instantSchema.nullable(),
      until: instantSchema.nullable(),
      /** Why it got none the last time it asked. */
      reason: z.enum(credentialReasonCodes).nullable(),
    })
    .nullable(),
  files: dockCountsSchema,
  /** Of them, those at which somebody has to look, and those that somebody closed. */
  awaiting: z.number().int(),
  closed: z.number().int(),
});
export type DockRow = z.infer<typeof dockRowSchema>;

/** GET /api/docks. `link`: the connection to the broker; null: no machine was told of one. */
export const docksSchema = z.object({
  link: z
    .object({ state: z.enum(linkStateCodes), since: instantSchema, reason: z.enum(linkReasonCodes).nullable() })
    .nullable(),
  items: z.array(dockRowSchema),
});
export type DocksView = z.infer<typeof docksSchema>;

export const dockFileSchema = z.object({
  id: idSchema,
  name: z.string(),
  /** Whose it is: the dock's source when the file was first heard of; null: the dock had none then and has none now. */
  source: z.object({ id: z.string(), name: z.string(), district: z.string().nullable() }).nullable(),
  /** Grows with attempts at it and with what is said of it; a stale page cannot close it (409). */
  version: z.number().int(),
  state: z.enum(dockFileStateCodes),
  stateAt: instantSchema,
  reason: bilingualSchema.nullable(),
  foundBy: z.enum(["notice", "sweep"]),
  foundAt: instantSchema,
  notices: z.number().int(),
  sizeBytes: z.number().nullable(),
  sha256: sha256Schema.nullable(),
  /** Positioning data: stored, not analysed. */
  isPositioning: z.boolean(),
  /** The same recording had come before: its clip is that one. */
  isDuplicate: z.boolean(),
  /** Flight that its clip belongs to, and what the clip's sources say against each other. */
  flightId: idSchema.nullable(),
  checks: z.array(bilingualSchema),
  /** A message said something of it (GET …/claims). */
  hasClaims: z.boolean(),
  /** Somebody has to look at it. */
  awaits: z.boolean(),
  /** Etag of the object that may be taken in as it is (`admissibleEtag` of models/dock); null: none, or that was decided. */
  admissible: z.string().nullable(),
  /** What differed and who had it taken in all the same, why and when; stays for good. */
  admitted: bilingualSchema.nullable(),
  /** Who said that nobody waits for it any more, and why. */
  closed: z
    .object({ by: z.string(), at: instantSchema, cause: z.enum(dockCloseCauseCodes), reason: z.string() })
    .nullable(),
});
export type DockFileView = z.infer<typeof dockFileSchema>;

/** GET /api/docks/{sn}. What has to be typed into DJI Pilot 2 only for those who may change the dock. */
export const dockDetailSchema = dockRowSchema.extend({
  binding: z.object({ organizationId: z.string(), code: z.string() }).nullable(),
  /** Aircraft by the dock's own account. */
  topologyAircraftSn: z.string().nullable(),
  /** Its clock against ours; positive: it runs ahead. */
  clock: z.object({ at: instantSchema, offsetMs: z.number(), uncertaintyMs: z.number() }).nullable(),
  /** Last osd and state of dock and aircraft. */
  osd: z.array(
    z.object({
      device: z.string(),
      at: instantSchema,
      longitude: z.number().nullable(),
      latitude: z.number().nullable(),
      /** Above the ellipsoid, m. */
      heightM: z.number().nullable(),
      /** Above take-off, m. */
      elevationM: z.number().nullable(),
    }),
  ),
  /** Newest first; those of which a file awaits a person, however old, and the newest besides: fifty in all. */
  flights: z.array(
    z.object({
      flightId: z.string(),
      /** By the newest of the dock's messages; null: none says. */
      expected: z.number().int().nullable(),
      uploaded: z.number().int().nullable(),
      progress: z.string().nullable(),
      firstSeenAt: instantSchema,
      lastSeenAt: instantSchema,
      /** By name: first those that await a person, then others that are neither cleanly taken in nor closed, then the closed ones, then the others. */
      files: z.array(dockFileSchema),
      /** More than are shown here, and of them those that are neither cleanly taken in nor closed. */
      more: z.number().int(),
      openMore: z.number().int(),
      counts: dockCountsSchema,
      awaiting: z.number().int(),
      closed: z.number().int(),
      /** As `Tally` of models/dock says. */
      arrived: z.number().int(),
      announced: z.number().int(),
      missing: z.number().int(),
      unnamed: z.number().int(),
      unfit: z.number().int(),
      beyond: z.number().int(),
      fewer: z.number().int(),
    }),
  ),
  /** Flights of which a file awaits a person and that are not shown here: the newest of them. */
  flightsOpenMore: z.number().int(),
  /** Objects whose key names no flight: first those that await a person, the oldest first. */
  strays: z.array(dockFileSchema),
  /** More than are shown here, and of them those that await a person. */
  straysMore: z.number().int(),
  straysOpenMore: z.number().int(),
  /** The last twenty. */
  issued: z.array(z.object({ bucket: z.string(), prefix: z.string(), at: instantSchema, until: instantSchema })),
  /** Messages that led to nothing, by day of UTC; the last thirty. */
  drops: z.array(
    z.object({
      day: z.string(),
      cause: z.enum(dockDropCauseCodes),
      messages: z.number().int(),
      lastAt: instantSchema,
    }),
  ),
});
export type DockDetail = z.infer<typeof dockDetailSchema>;

const lonLatSchema = z.object({ longitude: z.number(), latitude: z.number() });
const spanSchema = z.object({ least: z.number(), most: z.number() });
const claim = <W extends Claim["what"], S extends z.ZodType, O extends z.ZodType>(what: W, said: S, own: O) =>
  z.object({ what: z.literal(what), said, own: own.nullable(), verdict: z.enum(["agrees", "differs", "open"]) });

/** GET /api/docks/{sn}/files/{fileId}/claims: `Claim` of models/dock says what each is. `timezone`: of the recording's source; null: there is none. */
export const dockClaimsSchema = z.object({
  timezone: z.string().nullable(),
  claims: z.array(
    z.discriminatedUnion("what", [
      claim("size", z.number(), z.number()),
      claim("place", lonLatSchema, lonLatSchema.extend({ apartM: z.number() })),
      claim("relative", z.number(), spanSchema),
      claim("absolute", z.number(), spanSchema.extend({ datum: z.string().nullable() })),
      claim("yaw", z.number(), z.object({ deg: z.number(), apartDeg: z.number() })),
      claim("time", z.string(), z.object({ fromMs: z.number(), toMs: z.number(), apartMs: z.number().nullable() })),
      claim("fingerprint", z.string(), z.string()),
    ]),
  ),
});
export type DockClaims = z.infer<typeof dockClaimsSchema>;

const decisionSchema = z.object({ version: z.number().int(), reason: z.string().trim().min(2).max(500) });
/** POST /api/docks/{sn}/files/{fileId}/decisions; 409 when the page is stale or the file is not one that the step is for. */
export const dockFileDecisionBodySchema = z.discriminatedUnion("step", [
  decisionSchema.extend({ step: z.literal("close"), cause: z.enum(dockCloseCauseCodes) }),
  decisionSchema.extend({ step: z.literal("reopen") }),
  // of the object that the person was shown: another one by now is another question (409)
  decisionSchema.extend({ step: z.literal("admit"), etag: z.string().min(1).max(200) }),
]);
export type DockFileDecisionBody = z.infer<typeof dockFileDecisionBodySchema>;
export const dockFileDecidedSchema = z.object({ version: z.number().int() });

/** PUT /api/docks/{sn} (administrator). `version`: 0 for one that is not there yet; 409 when the page is stale. */
export const dockBodySchema = z.object({
  version: z.number().int().min(0),
  name: z.string().trim().min(1).max(80),
  sourceId: z.string().min(1).max(120).nullable(),
  aircraftSn: dockSerialSchema.nullable(),
  enabled: z.boolean(),
  /** A new code to bind it by; the old one opens nothing any more. */
  newCode: z.boolean().default(false),
});
export type DockBody = z.input<typeof dockBodySchema>;

import type { BucketSettings, SessionOptions, UploadBucket, UploadCredentials } from "@mingcha/infra/dock";
import type { IntakeDeps } from "../intake/intake-deps.ts";

/** What listening to docks needs of the world. */
export interface DockDeps extends IntakeDeps {
  /** Name of this process among all that share the database. */
  readonly machine: string;
  readonly broker: Omit<SessionOptions, "clientId">;
  /** Null: no S3 server is configured, so docks get no credentials. */
  readonly settings: BucketSettings | null;
  readonly bucket: UploadBucket | null;
  /** Credentials that are still good, by dock, in memory alone: a dock may ask before each of five hundred photos. */
  readonly issued: Map<string, UploadCredentials>;
  /** Where objects lie on disk until they are stored. */
  readonly dockFolder: string;
  /** The bureau, as docks are told its name. */
  readonly bureau: { readonly id: string; readonly name: string };
  /** Answer to `config`; null: the bureau's app at DJI was not entered. */
  readonly app: { readonly id: number; readonly key: string; readonly license: string } | null;
  readonly ntpHost: string | null;
  readonly now: () => Date;
}

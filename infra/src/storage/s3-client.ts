import type { Agent } from "node:http";
import { Client } from "minio";

export interface S3Access {
  /** `http` or `https` with host and port. */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly sessionToken?: string;
  readonly region?: string;
  readonly transportAgent?: Agent;
}

/** A client of the S3 server at an address. */
export function createS3Client({ endpoint, ...access }: S3Access): Client {
  const url = new URL(endpoint);
  const useSSL = url.protocol === "https:";
  return new Client({ endPoint: url.hostname, port: Number(url.port) || (useSSL ? 443 : 80), useSSL, ...access });
}

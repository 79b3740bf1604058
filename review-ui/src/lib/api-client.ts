import { errorBodySchema } from "@mingcha/models/http";
import { ApiError, isStepUpNeeded } from "./api-error.ts";
import { askForPassword } from "./step-up.ts";

/** Whatever turns unknown JSON into a typed value or throws; every zod schema fits. */
interface ResponseSchema<T> {
  parse(value: unknown): T;
}

type Query = Record<string, string | number | undefined>;

/** Every changing request carries this header: another site cannot send it without asking first. */
export const changeHeaders = { "x-mingcha": "1" };

/** GET: relative path, query without its empty values, answer parsed by the contract. */
export function getJson<T>(path: string, schema: ResponseSchema<T>, query: Query = {}): Promise<T> {
  return call("GET", withQuery(path, query), schema);
}

/** A GET ahead of time. The header tells the server that nobody looks yet, so that no view is recorded. */
export function prefetchJson<T>(path: string, schema: ResponseSchema<T>): Promise<T> {
  return call("GET", path, schema, undefined, { "x-mingcha-prefetch": "1" });
}

/**
 * A changing request. Where the server wants the password first, the person is asked for it once, and the very same request is sent
 * again: whatever was filled in stays where it is.
 */
export async function sendJson<T>(
  method: "POST" | "PUT" | "PATCH" | "DELETE",
  path: string,
  schema: ResponseSchema<T>,
  body?: unknown,
): Promise<T> {
  try {
    return await call(method, path, schema, body);
  } catch (error) {
    if (!isStepUpNeeded(error) || !(await askForPassword())) throw error;
    return call(method, path, schema, body);
  }
}

/** A file as the body of a POST, whatever it says it is: the server judges by its bytes. */
export function sendFile<T>(path: string, schema: ResponseSchema<T>, file: Blob): Promise<T> {
  return call("POST", path, schema, file);
}

/** A file to keep, with the name that the server gives it; a refusal is thrown like any other. */
export async function getFile(path: string): Promise<{ blob: Blob; name: string | null }> {
  const response = await fetch(path, { credentials: "same-origin" }).catch(() => null);
  if (response === null) throw new ApiError("offline", 0, { code: "OFFLINE", zh: "", en: "" });
  if (!response.ok) throw errorFrom(response.status, await response.json().catch(() => null));
  const name = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { blob: await response.blob(), name: name === undefined ? null : decodeURIComponent(name) };
}

async function call<T>(
  method: string,
  path: string,
  schema: ResponseSchema<T>,
  body?: unknown,
  extraHeaders: Record<string, string> = {},
): Promise<T> {
  const headers: Record<string, string> = { accept: "application/json", ...extraHeaders };
  if (method !== "GET") Object.assign(headers, changeHeaders);
  const isFile = body instanceof Blob;
  if (body !== undefined) headers["content-type"] = isFile ? "application/octet-stream" : "application/json";
  const request: RequestInit = { method, headers, credentials: "same-origin" };
  if (body !== undefined) request.body = isFile ? body : JSON.stringify(body);

  const response = await fetch(path, request).catch(() => null);
  if (response === null) throw new ApiError("offline", 0, { code: "OFFLINE", zh: "", en: "" });
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) throw errorFrom(response.status, answer);
  try {
    return schema.parse(answer);
  } catch (cause) {
    throw new ApiError("contract", response.status, { code: "CONTRACT", zh: "", en: describe(path, cause) });
  }
}

function errorFrom(status: number, answer: unknown): ApiError {
  const body = errorBodySchema.safeParse(answer);
  if (body.success) return new ApiError("server", status, body.data);
  // A gateway in between answered, not our server.
  return new ApiError("offline", status, { code: "OFFLINE", zh: "", en: "" });
}

function describe(path: string, cause: unknown): string {
  return `${path}: ${cause instanceof Error ? cause.message.slice(0, 400) : "unreadable"}`;
}

function withQuery(path: string, query: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return text === "" ? path : `${path}?${text}`;
}

import canonicalize from "canonicalize";

/** RFC 8785 canonical JSON as bytes: the same fact always has the same bytes, so its hash means something. */
export function canonicalJson(value: unknown): Buffer {
  const text = (canonicalize as unknown as (input: unknown) => string | undefined)(value);
  if (text === undefined) throw new TypeError("not a JSON value");
  return Buffer.from(text, "utf8");
}

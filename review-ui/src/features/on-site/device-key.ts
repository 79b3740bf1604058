const key = "mingcha-device";

/** 128 random bits as hexadecimal digits; `randomUUID` exists on secure pages only. */
export function randomId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The random id by which this browser signs; it names no person, it only tells two devices apart. */
export function deviceKey(): string {
  const known = localStorage.getItem(key);
  if (known !== null && /^[0-9a-f]{32}$/.test(known)) return known;
  const made = randomId();
  localStorage.setItem(key, made);
  return made;
}

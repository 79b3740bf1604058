import { createHash, randomBytes } from "node:crypto";

const soap = "http://www.w3.org/2003/05/soap-envelope";
const security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const utility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const profile = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0";
const encoding = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };
const inXml = (text: string): string => text.replace(/[&<>"']/g, (one) => escapes[one] ?? "");

/** Base64 of SHA-1 over nonce, time and password (WS-Security UsernameToken Profile 1.0, §3.1). */
export const tokenDigest = (nonce: Buffer, created: string, password: string): string =>
  createHash("sha1").update(nonce).update(created, "utf8").update(password, "utf8").digest("base64");

/** The question for a device's time (ONVIF Core Specification, `GetSystemDateAndTime`), signed by a token dated `atMs` where one is asked for. */
export function dateTimeQuestion(
  who: { readonly user: string; readonly password: string; readonly atMs: number } | null,
): string {
  return `<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="${soap}">${who === null ? "" : header(who)}<s:Body><GetSystemDateAndTime xmlns="http://www.onvif.org/ver10/device/wsdl"/></s:Body></s:Envelope>`;
}

function header({ user, password, atMs }: { user: string; password: string; atMs: number }): string {
  const nonce = randomBytes(16);
  const created = new Date(atMs).toISOString();
  return `<s:Header><Security s:mustUnderstand="1" xmlns="${security}"><UsernameToken><Username>${inXml(user)}</Username><Password Type="${profile}#PasswordDigest">${tokenDigest(nonce, created, password)}</Password><Nonce EncodingType="${encoding}">${nonce.toString("base64")}</Nonce><Created xmlns="${utility}">${created}</Created></UsernameToken></Security></s:Header>`;
}

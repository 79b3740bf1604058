export { appendCustody, type CustodyEntry, lockCustody } from "./append.ts";
export { canonicalJson } from "./canonical.ts";
export { type CustodyCheck, checkCustody } from "./check.ts";

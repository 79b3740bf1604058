export * from "./errors.ts";
export * from "./people/certificates.ts";
export * from "./people/districts.ts";
export * from "./people/duties.ts";
export * from "./people/passwords.ts";
export * from "./people/recusals.ts";

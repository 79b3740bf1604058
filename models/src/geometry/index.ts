export * from "./box.ts";
export * from "./contact-bands.ts";
export * from "./ground-contact.ts";
export * from "./polygon.ts";

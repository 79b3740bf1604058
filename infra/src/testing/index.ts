export { createTestDatabase, type TestDatabase } from "./postgres.ts";
export { takePhoto } from "./take-photo.ts";

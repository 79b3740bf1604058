import { seededItemsSchema } from "@mingcha/models/http";
import { viewSeeded } from "../../seeded/view-seeded.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/seeded-items: known items and how they were answered, for those who measure and never for those who are measured. */
export const registerListSeeded: RegisterRoute = (app, deps) => {
  app.get(
    "/api/seeded-items",
    { config: { access: ["auditor", "administrator"] }, schema: { response: { 200: seededItemsSchema } } },
    () => viewSeeded(deps),
  );
};

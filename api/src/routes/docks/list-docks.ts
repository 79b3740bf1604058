import { docksSchema } from "@mingcha/models/http";
import { viewDocks } from "../../docks/view-docks.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/docks: drone docks, when each was last heard, and the connection to their broker. */
export const registerListDocks: RegisterRoute = (app, deps) => {
  app.get("/api/docks", { config: { access: deviceReaders }, schema: { response: { 200: docksSchema } } }, async () =>
    viewDocks(deps),
  );
};

import { leadQuerySchema, leadsSchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { personOf } from "../../plugins/access.ts";
import { listLeads } from "../../trucks/list-leads.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/trucks/leads: findings of a state, newest first. */
export const registerListTruckLeads: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/leads",
    {
      config: { access: truckDuties.read },
      schema: { querystring: leadQuerySchema, response: { 200: leadsSchema } },
    },
    async (request) => listLeads(deps, request.query, personOf(request)),
  );
};

import { truckRegisterSchema } from "@mingcha/models/http";
import { truckDuties } from "@mingcha/models/trips";
import { personOf } from "../../plugins/access.ts";
import { viewTruckRegister } from "../../trucks/view-register.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/trucks/register: sites, tipping sites and permits that trucks are compared with. */
export const registerGetTruckRegister: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/register",
    { config: { access: truckDuties.read }, schema: { response: { 200: truckRegisterSchema } } },
    async (request) => viewTruckRegister(deps, personOf(request)),
  );
};

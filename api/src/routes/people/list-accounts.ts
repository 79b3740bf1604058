import { accountsSchema } from "@mingcha/models/http";
import { listAccounts } from "../../people/list-accounts.ts";
import type { RegisterRoute } from "../route.ts";

/** GET /api/people/accounts: every account, for whoever keeps them. */
export const registerListAccounts: RegisterRoute = (app, deps) => {
  app.get(
    "/api/people/accounts",
    { config: { access: ["administrator"] }, schema: { response: { 200: accountsSchema } } },
    async () => ({ items: await listAccounts(deps) }),
  );
};

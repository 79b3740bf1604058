import { truckFilesSchema } from "@mingcha/models/http";
import { type ObservationKind, truckDuties } from "@mingcha/models/trips";
import { namesOf } from "../../people/names-of.ts";
import type { RegisterRoute } from "../route.ts";

const filesMax = 200;

/** GET /api/trucks/files: what was imported, newest first. */
export const registerListTruckFiles: RegisterRoute = (app, deps) => {
  app.get(
    "/api/trucks/files",
    { config: { access: truckDuties.read }, schema: { response: { 200: truckFilesSchema } } },
    async () => {
      const files = await deps.db.truckFile.findMany({
        orderBy: [{ importedAt: "desc" }, { id: "desc" }],
        take: filesMax,
      });
      const names = await namesOf(
        deps.db,
        files.flatMap(({ importedBy, withdrawnBy }) => [importedBy, withdrawnBy]),
      );
      return {
        items: files.map(({ importedBy, importedAt, kind, withdrawnAt, withdrawnBy, withdrawnReason, ...file }) => ({
          ...file,
          kind: kind as ObservationKind,
          importedAt: importedAt.toISOString(),
          importedBy: importedBy === null ? null : (names.get(importedBy) ?? ""),
          withdrawn:
            withdrawnAt === null
              ? null
              : {
                  at: withdrawnAt.toISOString(),
                  by: names.get(withdrawnBy ?? "") ?? "",
                  reason: withdrawnReason ?? "",
                },
        })),
      };
    },
  );
};

import { AppError } from "@mingcha/models";
import { deviceEraseReasons } from "@mingcha/models/clue";
import { deviceSchema } from "@mingcha/models/http";
import { z } from "zod";
import { loadAttachments, loadDevice } from "../../devices/load-device.ts";
import { viewDeviceAt, viewSamples } from "../../devices/view-device.ts";
import { districtBar, loadBars } from "../../people/bars.ts";
import { personOf } from "../../plugins/access.ts";
import { deviceReaders } from "../readers.ts";
import type { RegisterRoute } from "../route.ts";

/** Erasures a page shows; all of them are in the custody log. */
const erasuresMax = 50;
/** What a record of an issue keeps beside its dates. */
const carrierSchema = z.union([z.object({ personId: z.string() }), z.object({ car: z.string() })]);
const retrievalSchema = z.object({ reason: z.string(), person: z.string() });

/** GET /api/sources/{id}/device: what the register says of a recording device, now and ever. */
export const registerGetDevice: RegisterRoute = (app, deps) => {
  app.get(
    "/api/sources/:id/device",
    {
      config: { access: deviceReaders },
      schema: { params: z.object({ id: z.string().min(1).max(120) }), response: { 200: deviceSchema } },
    },
    async (request) => {
      const { id } = request.params;
      const source = await deps.db.source.findUnique({ where: { id } });
      if (source === null) throw new AppError("NOT_FOUND", {}, { detail: `source ${id}` });
      const reader = personOf(request);
      const [device, attachments, { colleagues }] = await Promise.all([
        loadDevice(deps.db, id),
        loadAttachments(deps.db, id),
        loadBars(deps.db, reader),
      ]);
      const erased = await deps.db.clue.findMany({
        where: { sourceId: id, state: "ERASED", closeReason: { in: [...deviceEraseReasons] } },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: erasuresMax,
      });
      const carrierOf = new Map(
        device.rows.flatMap((row) => {
          const carrier = row.kind === "carrier" ? carrierSchema.safeParse(row.details).data : undefined;
          return carrier === undefined ? [] : [[row.id, carrier] as const];
        }),
      );
      const ids = [
        ...[...device.rows, ...attachments].flatMap((row) =>
          [row.createdBy, row.withdrawnBy].filter((one) => one !== null),
        ),
        ...[...carrierOf.values()].flatMap((one) => ("personId" in one ? [one.personId] : [])),
      ];
      const people = await deps.db.person.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
      const nameOf = (personId: string): string => people.find((person) => person.id === personId)?.name ?? personId;
      return {
        sourceId: id,
        name: source.name,
        kind: source.kind,
        place: source.place,
        timezone: source.timezone,
        deviceId: source.deviceId,
        barred: districtBar({
          profile: deps.profile,
          district: source.district,
          person: reader,
          needs: [["monitor", "technical_reviewer", "legal_reviewer"]],
          colleagues,
        }),
        now: viewDeviceAt(device, source.kind, deps.now(), deps.profile.review),
        records: device.rows.map((row) => ({
          id: row.id,
          kind: row.kind,
          validFrom: row.validFrom.toISOString(),
          validTo: row.validTo?.toISOString() ?? null,
          reference: row.reference,
          note: row.note,
          retrieval: retrievalSchema.safeParse(row.details).data ?? null,
          carrier: viewCarrier(carrierOf.get(row.id), nameOf),
          createdBy: row.createdBy === null ? null : nameOf(row.createdBy),
          createdAt: row.createdAt.toISOString(),
          withdrawn: withdrawnOf(row, nameOf),
          attachments: attachments
            .filter(({ recordId }) => recordId === row.id)
            .map((scan) => ({
              id: scan.id,
              sha256: scan.sha256,
              sizeBytes: scan.sizeBytes,
              mediaType: scan.mediaType as "application/pdf",
              viewable: scan.viewSha256 !== null && scan.withdrawnAt === null,
              by: nameOf(scan.createdBy),
              at: scan.createdAt.toISOString(),
              withdrawn: withdrawnOf(scan, nameOf),
            })),
        })),
        samples: viewSamples(device.samples),
        erasures: erased.map(({ id: clueId, closeReason, updatedAt }) => ({
          clueId,
          reasonCode: closeReason ?? "",
          at: updatedAt.toISOString(),
        })),
      };
    },
  );
};

function viewCarrier(carrier: z.infer<typeof carrierSchema> | undefined, nameOf: (id: string) => string) {
  if (carrier === undefined) return null;
  return "personId" in carrier
    ? { personId: carrier.personId, name: nameOf(carrier.personId) }
    : { personId: null, name: carrier.car };
}

interface Withdrawable {
  readonly withdrawnAt: Date | null;
  readonly withdrawnBy: string | null;
  readonly withdrawnReason: string | null;
}

function withdrawnOf({ withdrawnAt, withdrawnBy, withdrawnReason }: Withdrawable, nameOf: (id: string) => string) {
  return withdrawnAt === null || withdrawnBy === null
    ? null
    : { at: withdrawnAt.toISOString(), by: nameOf(withdrawnBy), reason: withdrawnReason ?? "" };
}

import type { DatabaseOrTransaction, Prisma } from "@mingcha/infra/db";
import { AppError } from "@mingcha/models";
import { clueInclude } from "../clues/load-clue.ts";

export const caseInclude = {
  clue: { include: clueInclude },
  handlers: { orderBy: { ordinal: "asc" }, include: { person: true } },
  documents: { orderBy: [{ template: "asc" }, { version: "desc" }] },
} as const satisfies Prisma.CaseInclude;

export type LoadedCase = Prisma.CaseGetPayload<{ include: typeof caseInclude }>;

export async function loadCase(db: DatabaseOrTransaction, id: string): Promise<LoadedCase> {
  const found = await db.case.findUnique({ where: { id }, include: caseInclude });
  if (found === null) throw new AppError("NOT_FOUND", {}, { detail: `case ${id}` });
  return found;
}

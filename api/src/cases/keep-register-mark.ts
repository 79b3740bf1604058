import { partySchema } from "@mingcha/models/http";
import type { z } from "zod";

type Party = z.output<typeof partySchema>;

/**
 * The party as a handler saves it. What came from the register stays marked until a handler confirms it or writes something else; no page can
 * take the mark away by leaving it out.
 */
export function keepRegisterMark(
  before: unknown,
  given: Omit<Party, "register"> | undefined,
  isConfirmed: boolean,
): Party {
  const { register, ...old } = partySchema.catch({ kind: "unknown" }).parse(before);
  const saved = given ?? old;
  if (register === undefined || isConfirmed) return saved;
  const values = (party: object) => party as Record<string, unknown>;
  const unconfirmed = register.unconfirmed.filter(
    (field) => values(saved)[field] !== undefined && values(saved)[field] === values(old)[field],
  );
  return unconfirmed.length === 0 ? saved : { ...saved, register: { ...register, unconfirmed } };
}

import { appendCustody } from "@mingcha/infra/custody";
import { AppError } from "@mingcha/models";
import {
  type LeadMove,
  type LeadReason,
  type LeadState,
  leadMoves,
  leadStates,
  movesFrom,
} from "@mingcha/models/trips";
import type { Deps } from "../deps.ts";
import type { SignedIn } from "../people/sessions.ts";

interface Step {
  readonly move: LeadMove;
  readonly version: number;
  readonly reason?: LeadReason | undefined;
  readonly note?: string | undefined;
}

/** An officer takes a finding up, discards it with a reason, or opens it again: its next version, from the one the page was drawn from. */
export function moveLead(
  deps: Pick<Deps, "db" | "now">,
  id: string,
  { move, version, reason, note }: Step,
  person: SignedIn,
): Promise<{ state: LeadState; version: number }> {
  return deps.db.$transaction(async (tx) => {
    const lead = await tx.truckLead.findUnique({ where: { id } });
    if (lead === null) throw new AppError("NOT_FOUND", {}, { detail: `truck lead ${id}` });
    const state = lead.state as LeadState;
    if (lead.version !== version) throw new AppError("STALE");
    if (!movesFrom(state).includes(move)) throw new AppError("LEAD_MOVE_CLOSED", { ...leadStates[state] });
    const { to, asksReason } = leadMoves[move];
    const words = note === undefined || note === "" ? null : note;
    if (asksReason && (reason === undefined || (reason === "other" && words === null)))
      throw new AppError("LEAD_NEEDS_REASON");
    const changed = await tx.truckLead.updateMany({
      where: { id, version },
      data: {
        state: to,
        version: { increment: 1 },
        reasonCode: reason ?? null,
        note: words,
        decidedBy: person.id,
        decidedAt: deps.now(),
      },
    });
    if (changed.count !== 1) throw new AppError("STALE");
    await appendCustody(tx, {
      action: "truck.lead_moved",
      subject: `truck-lead:${id}`,
      actor: { kind: "person", id: person.id, name: person.name },
      detail: { move, from: state, to, rule: lead.rule, reason: reason ?? null, version: version + 1 },
    });
    return { state: to, version: version + 1 };
  });
}

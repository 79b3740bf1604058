import { AppError } from "@mingcha/models";
import type { Profile } from "@mingcha/models/profile";

/** Refuses districts that the bureau's profile does not have, naming those it has. */
export function assertDistrictsKnown({ districts }: Pick<Profile, "districts">, ids: readonly string[]): void {
  const unknown = ids.filter((id) => !districts.items.some((item) => item.id === id));
  if (unknown.length === 0) return;
  const known = districts.items.map(({ id, name }) => `${name.zh} ${id}`).join("、");
  throw new AppError("BAD_INPUT", {
    reason: `本机关没有辖区 ${unknown.join("、")}；现有：${known} / no such district, known: ${districts.items.map(({ id }) => id).join(", ")}`,
  });
}

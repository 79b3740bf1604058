/**
 * Districts 辖区: streets and towns of a bureau, as data of its profile. A person without any works for the whole bureau; a source
 * without one has not been assigned yet, and only people of the whole bureau act on its records.
 */
export function coversDistrict(held: readonly string[], district: string | null): boolean {
  return held.length === 0 || (district !== null && held.includes(district));
}

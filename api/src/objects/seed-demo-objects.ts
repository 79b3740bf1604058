import type { Database } from "@mingcha/infra/db";
import { creditCodeCheckCharacter, type ObjectFactInput, objectFactSchema } from "@mingcha/models/objects";
import { columnsOf, findSame, lockRegister } from "./register-row.ts";

/** Codes of no office: registering department and kind 99, area 000000. */
const demoCode = (nth: number): string => {
  const first = `99000000DEM00000${nth}`;
  return `${first}${creditCodeCheckCharacter(first)}`;
};
const note = "演示数据，不是真实的商户、车辆或许可";

/** Objects at the places of the bundled footage, shops by the signs that were painted there. None of them exists. */
export const demoObjects: readonly ObjectFactInput[] = [
  {
    kind: "shop",
    name: "鲜果园水果店",
    creditCode: demoCode(1),
    operator: "张示例",
    telephone: "021-00000012",
    address: "上海市浦东新区示例路12号",
    place: "浦东新区示例路12号 门前公共场地",
    pledges: [{ signedOn: "2026-03-01", reference: "演示〔2026〕承诺0012号" }],
    note,
  },
  {
    kind: "shop",
    name: "老街面馆",
    creditCode: demoCode(2),
    operator: "李示例",
    address: "上海市浦东新区示例路14号",
    place: "浦东新区示例路14号 门前公共场地",
    note,
  },
  { kind: "shop", name: "示例早餐铺", place: "浦东新区示例南路88号", telephone: "021-00000088", note },
  {
    kind: "vehicle",
    plate: "沪A00001",
    plateColour: "yellow",
    carrier: "示例渣土运输有限公司",
    permitNo: "演示沪渣运〔2026〕0001",
    telephone: "021-00000001",
    note,
  },
  { kind: "vehicle", plate: "沪A00002", plateColour: "yellow", carrier: "示例渣土运输有限公司", note },
  {
    kind: "permit",
    place: "浦东新区示例东路弄口人行道",
    violations: ["STALL"],
    validFrom: "2026-01-01",
    validTo: "2026-12-31",
    days: "1-7",
    from: "17:00",
    to: "22:00",
    reference: "演示〔2026〕疏导点3号",
    note,
  },
  {
    kind: "permit",
    place: "浦东新区示例路12号 门前公共场地",
    violations: ["CROSS_DOOR"],
    validFrom: "2026-01-01",
    validTo: "2026-12-31",
    days: "6-7",
    from: "18:00",
    to: "22:00",
    reference: "演示〔2026〕外摆12号",
    note,
  },
];

/** Enters them once; what a person changed or closed since stays as it is. */
export async function seedDemoObjects(db: Database): Promise<void> {
  if ((await db.registerObject.count({ where: { demo: true } })) > 0) return;
  for (const input of demoObjects) {
    const fact = objectFactSchema.parse(input);
    await db.$transaction(async (tx) => {
      await lockRegister(tx, fact.kind);
      if ((await findSame(tx, fact)) !== undefined) return;
      const columns = columnsOf(fact);
      await tx.registerObject.create({
        data: {
          ...columns,
          demo: true,
          versions: { create: { version: 1, document: columns.document, action: "created" } },
        },
      });
    });
  }
}

import { z } from "zod";

const textSchema = z.object({ zh: z.string().min(1).max(200), en: z.string().min(1).max(200) });
const idSchema = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/);

/** One thing to look for in the pictures of a flight. */
export const flightCheckSchema = z.object({
  id: idSchema,
  text: textSchema,
  /** Codes of violations it is about: what the machine flagged of them stands beside the check. */
  violations: z.array(z.string()).max(20),
});
export type FlightCheck = z.infer<typeof flightCheckSchema>;

/** A list of things that one department or scene wants looked for. */
export const flightChecklistSchema = z.object({
  id: idSchema,
  name: textSchema,
  checks: z.array(flightCheckSchema).min(1).max(40),
});
export type FlightChecklist = z.infer<typeof flightChecklistSchema>;

/** What a bureau has looked for on every flight (自动飞一次、综合查一次: one flight serves all lists). */
export const flightChecklistsSchema = z.object({
  items: z.array(flightChecklistSchema).max(20),
  source: z.string().min(1),
  verified: z.boolean(),
});
export type FlightChecklists = z.infer<typeof flightChecklistsSchema>;

const check = (id: string, zh: string, en: string, violations: readonly string[] = []): FlightCheck => ({
  id,
  text: { zh, en },
  violations: [...violations],
});

/**
 * The six subjects that published accounts of such flights name (building, waste, yard dust, roof litter, river, building sites: domain note E.4)
 * and the street itself. Which checks each of them has is a house proposal: a bureau's own lists replace them.
 */
export const houseChecklists: FlightChecklists = {
  items: [
    {
      id: "street",
      name: { zh: "街面秩序", en: "Street order" },
      checks: [
        check("cross_door", "跨门经营", "Trading beyond the door line", ["CROSS_DOOR"]),
        check("stall", "占道设摊", "Stalls on the street", ["STALL"]),
        check("pile", "占道堆物", "Goods piled on the street", ["ROAD_PILE"]),
        check("parking", "人行道停车与共享单车乱停", "Parking on the pavement, shared bikes", [
          "SIDEWALK_PARK",
          "SHARED_BIKE",
        ]),
      ],
    },
    {
      id: "building",
      name: { zh: "违法建设", en: "Unlawful building" },
      checks: [
        check("roof_building", "屋顶、露台加建", "Additions on roofs and terraces", ["ILLEGAL_BUILD"]),
        check("going_on", "正在施工的搭建", "Building work under way", ["ILLEGAL_BUILD"]),
      ],
    },
    {
      id: "waste",
      name: { zh: "垃圾堆放", en: "Waste" },
      checks: [
        check("dumped", "暴露垃圾、偷倒垃圾", "Exposed or dumped waste", ["WASTE_DUMP"]),
        check("decoration", "装修、建筑垃圾堆放", "Heaps of decoration and building waste", ["DECOR_DUMP"]),
        check("burning", "露天焚烧", "Open burning", ["OPEN_BURN"]),
      ],
    },
    {
      id: "dust",
      name: { zh: "堆场扬尘", en: "Dust of yards" },
      checks: [check("yard", "堆场、裸土未覆盖", "Yards and bare soil without cover", ["DUST_YARD"])],
    },
    {
      id: "roof",
      name: { zh: "屋面杂物", en: "Litter on roofs" },
      checks: [check("litter", "屋面堆物、坠落隐患", "Things piled on roofs that may fall")],
    },
    {
      id: "river",
      name: { zh: "河道水面", en: "Rivers" },
      checks: [
        check("floating", "水面漂浮物", "Things floating on the water"),
        check("bank", "沿岸堆物、倾倒", "Heaps and dumping on the bank", ["WASTE_DUMP"]),
      ],
    },
    {
      id: "site",
      name: { zh: "建筑工地", en: "Building sites" },
      checks: [
        check("gate", "出入口保洁、车辆带泥", "Gates swept, lorries clean", ["TRUCK_DIRTY"]),
        check("cover", "车辆密闭覆盖", "Lorries covered", ["TRUCK_UNCOVERED"]),
        check("site_dust", "工地裸土覆盖", "Bare soil of the site covered", ["DUST_SITE"]),
      ],
    },
  ],
  source: "公开报道中的飞行巡查主题；各检查项为本系统建议",
  verified: false,
};

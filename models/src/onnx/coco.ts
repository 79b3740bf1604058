import type { Role } from "../scene/role.ts";

/** The 80 classes of COCO 2017 in the order detectors number them. Source: cocodataset.org, category ids closed up. */
export const cocoLabels: string[] = (
  "person,bicycle,car,motorcycle,airplane,bus,train,truck,boat,traffic light,fire hydrant,stop sign,parking meter,bench,bird,cat,dog," +
  "horse,sheep,cow,elephant,bear,zebra,giraffe,backpack,umbrella,handbag,tie,suitcase,frisbee,skis,snowboard,sports ball,kite," +
  "baseball bat,baseball glove,skateboard,surfboard,tennis racket,bottle,wine glass,cup,fork,knife,spoon,bowl,banana,apple,sandwich," +
  "orange,broccoli,carrot,hot dog,pizza,donut,cake,chair,couch,potted plant,bed,dining table,toilet,tv,laptop,mouse,remote,keyboard," +
  "cell phone,microwave,oven,toaster,sink,refrigerator,book,clock,vase,scissors,teddy bear,hair drier,toothbrush"
).split(",");

/**
 * COCO has no class for goods, carts or stalls. Only labels that mean our role whoever carries them are mapped: a backpack or a suitcase
 * goes with a passer-by, a bus stops by right, and seen from above generic models call cars phones and mice.
 */
export const cocoRoles: Record<string, Role> = {
  person: "person",
  car: "car",
  truck: "truck",
  bicycle: "two-wheeler",
  motorcycle: "two-wheeler",
  umbrella: "canopy",
  chair: "furniture",
  couch: "furniture",
  "dining table": "furniture",
};

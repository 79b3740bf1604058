import { expect, test } from "vitest";
import { planUploads } from "./upload-plan.ts";

const chosen = (path: string, content = "x") => ({
  path,
  file: new File([content], path.slice(path.lastIndexOf("/") + 1), { lastModified: 1 }),
});

test("a video and the .SRT of its name are one flight, the log first", () => {
  const plans = planUploads([chosen("DJI_0007.MP4"), chosen("DJI_0007.srt"), chosen("street.mp4")]);
  expect(plans.map((plan) => [plan.path, plan.drone])).toEqual([
    ["DJI_0007.srt", true],
    ["DJI_0007.MP4", true],
    ["street.mp4", false],
  ]);
  expect(plans[0]?.groupId).toBe(plans[1]?.groupId);
  expect(plans[2]?.groupId).toBeUndefined();
});

test("the same name in another folder is another flight", () => {
  const plans = planUploads([chosen("a/1.mp4"), chosen("a/1.srt"), chosen("b/1.mp4"), chosen("b/1.srt", "yy")]);
  expect(new Set(plans.map((plan) => plan.groupId)).size).toBe(2);
});

test("a log without its video, and a photo beside a flight, stand alone", () => {
  const plans = planUploads([chosen("2.srt"), chosen("3.mp4"), chosen("3.srt"), chosen("3.jpg")]);
  expect(
    plans
      .filter((plan) => plan.drone)
      .map((plan) => plan.path)
      .sort(),
  ).toEqual(["3.mp4", "3.srt"]);
});

test("a log of any kind that may lie beside a video makes a flight of both", () => {
  for (const log of ["1.gpx", "1.ULG", "1.klv"])
    expect(planUploads([chosen("1.mp4"), chosen(log)]).map((plan) => [plan.path, plan.drone])).toEqual([
      [log, true],
      ["1.mp4", true],
    ]);
});

test("whoever chooses the same files again continues the same flight", () => {
  const ids = () => planUploads([chosen("DJI_0007.MP4"), chosen("DJI_0007.SRT")]).map((plan) => plan.groupId);
  expect(ids()).toEqual(ids());
});

test("dot files and empty files are left out", () => {
  expect(planUploads([chosen(".DS_Store"), chosen("a.mp4", "")])).toEqual([]);
});

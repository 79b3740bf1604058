import { expect, test } from "vitest";
import { largeNumberFormat, plateFormat } from "./plate-format.ts";

test.each([
  ["皖A12345", "an ordinary one"],
  ["沪BF1234", "letters in the number"],
  ["粤BD12345", "new energy, small"],
  ["京AH00001", "new energy, small, another letter"],
  ["苏E12345D", "new energy, large"],
  ["浙A1234学", "driving school"],
  ["鲁B1234挂", "trailer"],
  ["渝A1234警", "police"],
  ["粤Z1234港", "from Hong Kong"],
  ["沪A0023领", "consulate"],
  ["使014578", "embassy"],
  ["京A123应急", "rescue"],
  ["民航12345", "airport"],
])("%s is given out (%s)", (text) => {
  expect(plateFormat(text)).toBe("ok");
});

test.each([
  ["皖A1234", "too short"],
  ["皖A1234567", "too long"],
  ["AA12345", "no province"],
  ["皖112345", "no city letter"],
  ["皖O12345", "O is not used"],
  ["皖A12I45", "I is not used"],
  ["粤B12345F1", "the letter of a large one stands last"],
  ["皖A123皖5", "a province in the number"],
  ["", "nothing"],
])("%s is not given out (%s)", (text) => {
  expect(plateFormat(text)).toBe("unlikely");
});

test("a number painted large may leave out province and city letter, but not be four characters", () => {
  expect(["皖A12345", "A12345", "12345", "1234挂"].map(largeNumberFormat)).toEqual(["ok", "ok", "ok", "ok"]);
  expect(["1234", "皖A123456789", "皖皖12345"].map(largeNumberFormat)).toEqual(["unlikely", "unlikely", "unlikely"]);
});

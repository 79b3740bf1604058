import type { Text } from "../violations/define.ts";
import {
  type AttributeReading,
  attributeTexts,
  attributeValueTexts,
  questionTexts,
  readingOutcomeTexts,
} from "./reading.ts";

const own = (text: string): Text => ({ zh: text, en: text });

/** "密闭覆盖：未覆盖（93%，由模型识别，须人工复核）": what a model said of an attribute and how far it goes, in both languages. */
export function readingText({ attribute, value, confidence, outcome }: AttributeReading): Text {
  const name = attributeTexts[attribute] ?? questionTexts[attribute] ?? own(attribute);
  const said = value === null ? undefined : (attributeValueTexts[attribute]?.[value] ?? own(value));
  const why = readingOutcomeTexts[outcome];
  const sure = confidence === null ? "" : `${Math.round(confidence * 100)}%`;
  if (said === undefined) return { zh: `${name.zh}：${why.zh}`, en: `${name.en}: ${why.en}` };
  return { zh: `${name.zh}：${said.zh}（${sure}，${why.zh}）`, en: `${name.en}: ${said.en} (${sure}, ${why.en})` };
}

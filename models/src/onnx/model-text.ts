/** A model or its answer that cannot be used: one sentence, in English and Chinese, for whoever starts the program. */
export type ModelProblem = { kind: "bad"; text: string };

export const modelProblem = (id: string, en: string, zh: string): ModelProblem => ({
  kind: "bad",
  text: `model ${id}: ${en} · 模型 ${id}：${zh}`,
});

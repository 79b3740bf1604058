import { findStage } from "@mingcha/models/attributes";
import { locateStage } from "../attributes/locate-stage.ts";
import { openStage } from "../attributes/open-stage.ts";
import { proveStage } from "../evaluation/prove-stage.ts";
import { BadUse } from "./fail.ts";

/** Proves a second-stage model: it opens, and tells stored pictures what they are known to be. Gives the exit code. */
export async function checkStage(id: string, modelFolders: readonly string[]): Promise<number> {
  const stage = findStage(id);
  const file = stage && (await locateStage(stage, modelFolders));
  if (stage === undefined || file === undefined)
    throw new BadUse(`${stage?.file ?? id} is in none of ${modelFolders.join(", ")} · 模型文件不在以上文件夹中`);
  const session = await openStage(stage, file);
  if ("kind" in session) throw new BadUse(session.text);
  console.log(`${id}: ${file} fits the registry · 文件与登记相符`);
  const proofs = await proveStage(session).finally(() => session.close());
  for (const { isRight, file, attribute, value, told, confidence } of proofs)
    console.log(
      `  ${isRight ? "right · 正确" : "WRONG · 错误"}  ${file}: ${attribute} ${value}, told ${told ?? "nothing"} (${confidence.toFixed(2)})`,
    );
  const wrong = proofs.filter(({ isRight }) => !isRight).length;
  if (proofs.length === 0)
    console.log("  no known picture is for it: only the run is proven · 没有已知图片，仅证明可运行");
  else console.log(`  ${proofs.length - wrong} of ${proofs.length} known pictures right · 已知图片识别正确数`);
  return wrong === 0 ? 0 : 1;
}

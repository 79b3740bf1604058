import { rejectReasonCodes, technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../../i18n/i18n.ts";
import { slotKeys, usePageKeys } from "../../../lib/keyboard.ts";
import { setupDom } from "../../../testing/setup-dom.ts";
import { itemCommand } from "../item-keys.ts";
import { ReviewFoot, ReviewPanel } from "./review-panel.tsx";
import { useReview } from "./use-review.ts";

const offer = (event: ClueDetail["events"][number]["event"], zh: string) =>
  ({ event, to: "REJECTED", title: { zh, en: zh }, refusals: [] }) satisfies ClueDetail["events"][number];
const clue = {
  id: "00000000-0000-4000-8000-000000000001",
  state: "TECH_REVIEW",
  version: 7,
  barred: null,
  secondLook: null,
  closingReasons: [],
  clips: [{ admitted: null }, { admitted: { zh: "与机场通知不符，经人工决定照原样入库", en: "does not agree" } }],
  flag: { unsupported: { zh: "现有录像已不能印证本线索", en: "not borne out" } },
  device: { atCapture: { clock: { notes: [{ zh: "拍摄之后 24 小时内尚无校验", en: "not compared after" }] } } },
  events: [offer("tech_pass", "技术审核通过"), offer("tech_fail", "技术审核不通过"), offer("tech_unsure", "存疑")],
} as unknown as ClueDetail;

function Desk({ onDone, clue }: { onDone: () => void; clue: ClueDetail }) {
  const review = useReview(clue, onDone);
  usePageKeys((press) => {
    const command = itemCommand(press);
    if (command?.do === "step") return review.chooseKey(command.key);
    if (command?.do !== "answer") return false;
    const question = review.questions[command.index];
    if (question) review.answer(question.id, command.answer);
    return true;
  }, review.asking === null);
  return (
    <>
      <ReviewPanel clue={clue} review={review} onReload={() => undefined} />
      <ReviewFoot clue={clue} review={review} cursorMs={undefined} />
    </>
  );
}

const sent: Record<string, unknown>[] = [];
let answer: () => Response;

beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  answer = () => Response.json({ id: clue.id, state: "LEGAL_REVIEW", version: 8, caseId: null });
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return answer();
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function openDesk(shown: ClueDetail = clue) {
  const onDone = vi.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <Desk onDone={onDone} clue={shown} />
      </App>
    </QueryClientProvider>,
  );
  return onDone;
}
const press = (key: string, code: string, more: object = {}) =>
  fireEvent.keyDown(document.body, { key, code, ...more });
const answerAll = () => {
  for (let index = 1; index <= technicalQuestions.length; index += 1) press(`${index}`, `Digit${index}`);
};

test("a whole check list by keys and A accepts once, with the version of the page", async () => {
  const onDone = openDesk();
  answerAll();
  press("a", "KeyA");
  press("a", "KeyA");
  await waitFor(() => expect(onDone).toHaveBeenCalledTimes(1));
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ event: "tech_pass", version: 7 });
  expect(sent[0]?.checklist).toHaveLength(technicalQuestions.length);
});

test("what is not known of the clock stands at its question, that a side of the act was not compared too, and at no other", () => {
  openDesk();
  const note = screen.getByText("拍摄之后 24 小时内尚无校验");
  expect(note.closest("li")?.textContent).toContain("时钟：与北京时间误差不超过 1.0 秒");
});

test("that an original came on somebody's word though it did not agree stands at the question whether it is true", () => {
  openDesk();
  const note = screen.getByText("与机场通知不符，经人工决定照原样入库");
  expect(note.closest("li")?.textContent).toContain("真实：画面为设备原始记录");
});

test("that later footage does not bear the act out stands at the question whether it is complete", () => {
  openDesk();
  const note = screen.getByText("现有录像已不能印证本线索");
  expect(note.closest("li")?.textContent).toContain("完整：包含行为的过程与持续时间");
});

test("an open question keeps A from sending anything", async () => {
  openDesk();
  press("1", "Digit1");
  press("a", "KeyA");
  await screen.findByText(/还有 6 项/);
  expect(sent).toEqual([]);
});

test("R and a number reject with that reason", async () => {
  openDesk();
  press("r", "KeyR");
  await screen.findByText("识别错误");
  press("2", "Digit2");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: "tech_fail", reasonCode: "wrong_object" });
});

test("a syllable being composed rejects nothing", async () => {
  openDesk();
  press("r", "KeyR", { keyCode: 229 });
  press("2", "Digit2", { isComposing: true });
  expect(screen.queryByText("识别错误")).toBeNull();
  expect(sent).toEqual([]);
});

test("every reason has a key", () => {
  expect(rejectReasonCodes.length).toBeLessThanOrEqual(slotKeys.length);
});

test("reason other needs words before it can be sent", async () => {
  openDesk();
  press("r", "KeyR");
  await screen.findByText("识别错误");
  const codes = [
    "Digit1",
    "Digit2",
    "Digit3",
    "Digit4",
    "Digit5",
    "Digit6",
    "Digit7",
    "Digit8",
    "Digit9",
    "Digit0",
    "Minus",
    "Equal",
  ];
  const at = rejectReasonCodes.indexOf("other");
  press(slotKeys[at] ?? "", codes[at] ?? "");
  const words = await screen.findByLabelText("请说明原因");
  expect(sent).toEqual([]);
  fireEvent.change(words, { target: { value: "店主已清理" } });
  fireEvent.click(screen.getByRole("button", { name: /技术审核不通过/ }));
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ reasonCode: "other", note: "店主已清理" });
});

test("when someone else was faster the answers stay and the server's sentence is shown", async () => {
  answer = () =>
    Response.json({ code: "STALE", zh: "该记录已被他人处理", en: "Handled", requestId: "r" }, { status: 409 });
  const onDone = openDesk();
  answerAll();
  press("a", "KeyA");
  await screen.findByText("该记录已被他人处理");
  expect(onDone).not.toHaveBeenCalled();
  expect(screen.getByText("7 / 7")).toBeTruthy();
});

const drawn = {
  ...clue,
  state: "ADMISSIBLE",
  secondLook: { kind: "merged", result: null, of: "吴双证", by: null, drawnAt: "", dueAt: "" },
  events: [offer("second_agree", "复核抽查：同意"), offer("second_disagree", "复核抽查：不同意")],
} as unknown as ClueDetail;

test("a drawn merged review says whose it is; A agrees, R asks for words before it goes back", async () => {
  openDesk(drawn);
  await screen.findByText(/吴双证/);
  press("r", "KeyR");
  await screen.findByLabelText("说明");
  expect(sent).toEqual([]);
  press("Escape", "Escape");
  fireEvent.click(screen.getByRole("button", { name: /取消/ }));
  press("a", "KeyA");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: "second_agree", version: 7 });
});

test("noise is discarded with a code of its own table", async () => {
  openDesk({ ...clue, state: "PRESCREEN", events: [offer("discard", "噪声，剔除")] } as unknown as ClueDetail);
  press("r", "KeyR");
  await screen.findByText("阴影、反光、雨水");
  press("2", "Digit2");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: "discard", reasonCode: "light" });
});

test("endings from anywhere stand apart; closing shows the bureau's list and that nobody verified it", async () => {
  const settled = { code: "settled", zh: "已协调化解", en: "Settled", basis: "内部口径", verified: false };
  openDesk({
    ...clue,
    state: "READY_TO_FILE",
    closingReasons: [settled],
    events: [offer("propose_close", "拟不立案"), offer("erase", "消除")],
  } as unknown as ClueDetail);
  expect(screen.queryByRole("button", { name: "消除" })).toBeNull();
  expect(screen.getByRole("button", { name: "其他处理" })).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "拟不立案" }));
  await screen.findByText("理由清单未经法制部门核定");
  press("1", "Digit1");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: "propose_close", reasonCode: "settled" });
});

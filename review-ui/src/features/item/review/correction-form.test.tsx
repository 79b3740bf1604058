import { technicalQuestions } from "@mingcha/models/clue";
import type { ClueDetail } from "@mingcha/models/http";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { App } from "antd";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startI18n } from "../../../i18n/i18n.ts";
import { usePageKeys } from "../../../lib/keyboard.ts";
import { setupDom } from "../../../testing/setup-dom.ts";
import { itemCommand } from "../item-keys.ts";
import { ReviewFoot, ReviewPanel } from "./review-panel.tsx";
import { useReview } from "./use-review.ts";

const offer = (event: ClueDetail["events"][number]["event"], zh: string) =>
  ({ event, to: "REJECTED", title: { zh, en: zh }, refusals: [] }) satisfies ClueDetail["events"][number];
const place = {
  field: "place",
  title: { zh: "地点", en: "Place" },
  value: "示例路1号",
  valueText: { zh: "示例路1号", en: "示例路1号" },
  values: null,
  by: ["technical", "merged"],
};
const base = {
  secondLook: null,
  closingReasons: [],
  clips: [],
  flag: { unsupported: null },
  device: { atCapture: { clock: { notes: [] } } },
  id: "00000000-0000-4000-8000-000000000001",
  version: 3,
  round: 1,
  timezone: "Asia/Shanghai",
  barred: null,
  blind: false,
  reviews: [],
  corrections: [],
  corrected: [],
  looks: [],
  looksSpan: null,
  note: null,
  correctable: [{ ...place, field: "violation", title: { zh: "违法类型", en: "Violation" }, values: [] }, place],
};
const technical = {
  ...base,
  state: "TECH_REVIEW",
  events: [offer("tech_pass", "技术审核通过"), offer("tech_fail", "技术审核不通过")],
} as unknown as ClueDetail;
const legal = {
  ...base,
  state: "LEGAL_REVIEW",
  events: [offer("legal_pass", "法制审核通过"), offer("legal_send_back", "退回技术审核")],
} as unknown as ClueDetail;

function Desk({ clue }: { clue: ClueDetail }) {
  const review = useReview(clue, () => undefined);
  usePageKeys((press) => {
    const command = itemCommand(press);
    if (command?.do === "step") return review.chooseKey(command.key);
    if (command?.do === "correct") return review.correct();
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
let known: object = {};
beforeEach(() => {
  setupDom();
  startI18n();
  sent.length = 0;
  known = {};
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ id: base.id, state: "LEGAL_REVIEW", version: 4, caseId: null, ...known });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = (clue: ClueDetail) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <App>
        <Desk clue={clue} />
      </App>
    </QueryClientProvider>,
  );
const press = (key: string, code: string, more: object = {}) =>
  fireEvent.keyDown(document.body, { key, code, ...more });
async function correctPlace(value: string) {
  press("e", "KeyE");
  await screen.findByText("更正哪一项");
  press("2", "Digit2");
  const input = await screen.findByLabelText("更正为");
  fireEvent.change(input, { target: { value } });
  fireEvent.click(screen.getByLabelText("区域名称或地址不准确"));
  const note = screen.getByLabelText("说明依据（必填）");
  fireEvent.change(note, { target: { value: "门牌可见" } });
  fireEvent.keyDown(note, { key: "Enter", ctrlKey: true });
  await screen.findByText(value);
}
const answer = (count: number) => {
  for (let index = 1; index <= count; index += 1) press(`${index}`, `Digit${index}`);
};

test("a corrected place goes with the pass, with its reason and words", async () => {
  open(technical);
  await correctPlace("示例路1号甲");
  answer(technicalQuestions.length);
  press("a", "KeyA");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({
    event: "tech_pass",
    corrections: [{ field: "place", value: "示例路1号甲", reasonCode: "zone_text", note: "门牌可见" }],
  });
});

test("nothing is added without reason, words, or another value; Escape leaves the form", async () => {
  open(technical);
  press("e", "KeyE");
  await screen.findByText("更正哪一项");
  press("2", "Digit2");
  const add = (await screen.findByRole("button", { name: /加入本次审核/ })) as HTMLButtonElement;
  expect(add.disabled).toBe(true);
  const note = screen.getByLabelText("说明依据（必填）");
  fireEvent.change(note, { target: { value: "门牌可见" } });
  fireEvent.click(screen.getByLabelText("与登记资料不符"));
  expect(add.disabled).toBe(true);
  fireEvent.keyDown(note, { key: "Escape", isComposing: true });
  expect(screen.queryByLabelText("更正为")).not.toBeNull();
  fireEvent.keyDown(note, { key: "Escape" });
  expect(screen.queryByLabelText("更正为")).toBeNull();
});

test("a rejection carries no corrections", async () => {
  open(technical);
  await correctPlace("示例路1号甲");
  press("r", "KeyR");
  await screen.findByText("识别错误");
  press("2", "Digit2");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).not.toHaveProperty("corrections");
});

test("for the legal reviewer a technical fact stands in the way of the pass and goes with sending back", async () => {
  open(legal);
  await correctPlace("示例路1号甲");
  await screen.findByText("请技术审核更正");
  answer(5);
  press("a", "KeyA");
  await screen.findByText(/请退回技术审核更正/);
  expect(sent).toEqual([]);
  press("b", "KeyB");
  const note = await screen.findByPlaceholderText("请写明原因，供同事核对（必填）");
  fireEvent.change(note, { target: { value: "门牌不对" } });
  fireEvent.keyDown(note, { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ event: "legal_send_back", corrections: [{ field: "place" }] });
});

test("after a known item its answer is told", async () => {
  known = { known: { right: false, answer: "fail", why: "货物在门线之内" } };
  open(technical);
  answer(technicalQuestions.length);
  press("a", "KeyA");
  await waitFor(() => expect(sent).toHaveLength(1));
  expect((await screen.findAllByText("判断有误")).length).toBeGreaterThan(0);
  await screen.findByText("依据：货物在门线之内");
});

const digits = "零壹贰叁肆伍陆柒捌玖";
const places = ["", "拾", "佰", "仟"];
const groups = ["", "万", "亿"];

/** A whole number below 10^12 in capital numerals (大写), as required on papers that move money. A zero before
 * a thousand is written (壹拾万零伍仟); 支付结算办法 annex 1 allows both ways. */
function capitals(whole: number): string {
  let text = "";
  let zeroPending = false;
  const figures = String(whole);
  for (let i = 0; i < figures.length; i++) {
    const power = figures.length - 1 - i;
    const digit = Number(figures[i]);
    if (digit === 0) zeroPending = true;
    else {
      if (zeroPending && text !== "") text += "零";
      zeroPending = false;
      text += `${digits[digit]}${places[power % 4]}`;
    }
    const groupHasValue = Number(figures.slice(Math.max(0, i - 3), i + 1)) % 10_000 > 0;
    if (power > 0 && power % 4 === 0 && groupHasValue) text += groups[power / 4];
  }
  return text;
}

/** `500` → `人民币伍佰元整（¥500.00）`; fen are printed where there are any. Throws on what is no amount of money. */
export function printYuan(amount: number): string {
  const cents = Math.round(amount * 100);
  if (!Number.isSafeInteger(cents) || cents < 0 || amount >= 1e12)
    throw new RangeError(`Not an amount in yuan: ${amount}`);
  const [yuan, jiao, fen] = [Math.floor(cents / 100), Math.floor((cents % 100) / 10), cents % 10];
  const whole = yuan === 0 ? "零" : capitals(yuan);
  const part =
    jiao === 0 && fen === 0 ? "整" : `${jiao > 0 ? `${digits[jiao]}角` : "零"}${fen > 0 ? `${digits[fen]}分` : "整"}`;
  return `人民币${whole}元${part}（¥${yuan.toLocaleString("en-US")}.${String(cents % 100).padStart(2, "0")}）`;
}

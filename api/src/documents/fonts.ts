import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Noto Serif SC (SIL OFL 1.1), the free serif that npm ships: stands for 仿宋 (Regular) and 小标宋 / 黑体 (Bold) in PDFs. */
const files = {
  regular: "@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf",
  bold: "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf",
} as const;
export type FontName = keyof typeof files;

const cache = new Map<FontName, Buffer>();

/** Bytes of a font, read once per process (14 MB each; a PDF embeds only the glyphs it uses). */
export function fontBytes(name: FontName): Buffer {
  const known = cache.get(name);
  if (known) return known;
  const bytes = readFileSync(require.resolve(files[name]));
  cache.set(name, bytes);
  return bytes;
}

/** Names written into .docx files. The bureau's licensed fonts come first, what a machine has instead comes after. */
export const docxFonts = {
  body: { name: "仿宋_GB2312", fallbacks: ["仿宋", "FangSong", "STFangsong", "Noto Serif CJK SC", "Noto Serif SC"] },
  title: {
    name: "方正小标宋简体",
    fallbacks: ["FZXiaoBiaoSong-B05S", "小标宋", "SimSun", "宋体", "Noto Serif CJK SC", "Noto Serif SC"],
  },
  label: { name: "黑体", fallbacks: ["SimHei", "STHeiti", "Noto Sans CJK SC", "Noto Serif SC"] },
  latin: { name: "Times New Roman", fallbacks: ["Liberation Serif"] },
} as const;

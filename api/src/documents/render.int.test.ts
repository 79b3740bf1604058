import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inflateRawSync } from "node:zlib";
import {
  documents,
  draftDocument,
  emptyCaseFacts,
  type Layout,
  layoutRuns,
  layoutText,
  sampleCaseFacts,
} from "@mingcha/models/documents";
import { afterEach, describe, expect, it, vi } from "vitest";
import { renderDocx } from "./render-docx.ts";
import { renderPdf } from "./render-pdf.ts";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const squeeze = (text: string) => text.normalize("NFKC").replace(/\s/g, "");
const runTexts = (layout: Layout) =>
  layoutRuns(layout)
    .map((run) => squeeze(run.text))
    .filter((text) => text !== "");

/** Entries of a zip by the central directory; throws when it is not a zip. */
function unzip(zip: Uint8Array): Map<string, Buffer> {
  const bytes = Buffer.from(zip);
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const entries = new Map<string, Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let i = 0; i < bytes.readUInt16LE(end + 10); i++) {
    const [method, size, nameSize] = [
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
      bytes.readUInt16LE(at + 28),
    ];
    const local = bytes.readUInt32LE(at + 42);
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + size);
    entries.set(bytes.toString("utf8", at + 46, at + 46 + nameSize), method === 0 ? data : inflateRawSync(data));
    at += 46 + nameSize + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

const unescapeXml = (xml: string) =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" })[name] ?? "",
  );

function docxText(docx: Uint8Array): string {
  const xml = unzip(docx).get("word/document.xml")?.toString("utf8") ?? "";
  return [...xml.matchAll(/<w:t[ >][^<]*?>?([^<]*)<\/w:t>/g)].map((match) => unescapeXml(match[1] ?? "")).join("");
}

const hasPdftotext = spawnSync("pdftotext", ["-v"]).error === undefined;
if (!hasPdftotext) console.warn("PDF text is not checked: pdftotext (poppler-utils) is not installed");

function pdfText(pdf: Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), "mingcha-pdf-"));
  try {
    writeFileSync(join(folder, "a.pdf"), pdf);
    return spawnSync("pdftotext", ["-raw", join(folder, "a.pdf"), "-"], {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    }).stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Characters of the layout that the PDF does not show as text; a lacking glyph would be one of them. */
function lostCharacters(layout: Layout, pdf: Uint8Array): string[] {
  const shown = new Set(squeeze(pdfText(pdf)));
  return [...new Set(squeeze(layoutText(layout)))].filter((char) => !shown.has(char));
}

afterEach(() => {
  vi.useRealTimers();
});

const cases = { sample: sampleCaseFacts(), empty: emptyCaseFacts() };

describe.each(documents.map((document) => document.id))("%s", (id) => {
  describe.each(Object.keys(cases) as (keyof typeof cases)[])("with %s facts", (name) => {
    const { layout } = draftDocument(id, cases[name]);
    let rendered: Promise<{ pdf: Uint8Array; docx: Uint8Array }> | undefined;
    const once = () => {
      rendered ??= Promise.all([renderPdf(layout), renderDocx(layout)]).then(([pdf, docx]) => ({ pdf, docx }));
      return rendered;
    };

    it("is a valid .docx that says every run of the layout", async () => {
      const { docx } = await once();
      expect([...unzip(docx).keys()]).toEqual(
        expect.arrayContaining(["[Content_Types].xml", "word/document.xml", "word/fontTable.xml"]),
      );
      const text = squeeze(docxText(docx));
      for (const run of runTexts(layout)) expect(text).toContain(run);
      expect(text).toContain(squeeze(layout.title));
    });

    it("is a small PDF", async () => {
      const { pdf } = await once();
      expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe("%PDF-");
      expect(pdf.length).toBeLessThan(2_000_000);
    });

    it.skipIf(!hasPdftotext)("shows every character in the PDF", async () => {
      expect(lostCharacters(layout, (await once()).pdf)).toEqual([]);
    });

    it("gives the same bytes for the same facts years later", async () => {
      const again = draftDocument(id, structuredClone(cases[name])).layout;
      const { pdf, docx } = await once();
      vi.useFakeTimers({ toFake: ["Date"], now: new Date("2031-05-06T07:08:09Z") });
      expect([sha256(await renderPdf(again)), sha256(await renderDocx(again))]).toEqual([sha256(pdf), sha256(docx)]);
    });
  });
});

/** The smallest JPEG-free picture: a PNG of one grey pixel. */
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==",
  "base64",
);

describe("long and odd cases", () => {
  const facts = sampleCaseFacts();
  const item = facts.evidence[1]!;
  facts.evidence = Array.from({ length: 40 }, (_, i) => ({ ...item, no: i + 1, picture: i === 0 }));

  it.skipIf(!hasPdftotext)(
    "repeats the head of a long evidence list on each page and never divides a hash over lines",
    async () => {
      const text = pdfText(await renderPdf(draftDocument("evidence-list", facts).layout));
      const heads = text.split("制作方法、时间、人员").length - 1;
      expect(heads).toBeGreaterThan(8);
      expect(text.split(`SHA-256：${item.sha256}`).length - 1).toBe(40);
    },
  );

  it.skipIf(!hasPdftotext)("divides a row that is taller than a page and loses no line of it", async () => {
    const words = Array.from({ length: 900 }, (_, i) => `P${i}X`).join("、");
    const tall = { ...facts, provisions: facts.provisions.map((provision) => ({ ...provision, text: words })) };
    const shown = squeeze(pdfText(await renderPdf(draftDocument("filing-approval", tall).layout)));
    for (let i = 0; i < 900; i++) expect(shown.split(`P${i}X`).length - 1).toBe(2);
  });

  it.skipIf(!hasPdftotext)("divides an evidence item that is taller than what is left of a page", async () => {
    for (const length of [60, 140, 700]) {
      const proves = Array.from({ length }, (_, i) => `Q${i}X`).join("、");
      const tall = { ...facts, evidence: facts.evidence.slice(0, 5).map((one) => ({ ...one, proves })) };
      const shown = squeeze(pdfText(await renderPdf(draftDocument("evidence-list", tall).layout)));
      for (let i = 0; i < length; i++) expect(shown.split(`Q${i}X`).length - 1).toBe(5);
    }
  });

  it.skipIf(!hasPdftotext)(
    "prints a character that the font lacks as its code point, not as an empty box",
    async () => {
      const rare = { ...facts, case: { ...facts.case, cause: "\u{20BB7}某案" } };
      expect(pdfText(await renderPdf(draftDocument("evidence-list", rare).layout))).toContain("〓[U+20BB7]某案");
    },
  );

  it("puts pictures where the list has slots", async () => {
    const { layout } = draftDocument("evidence-list", facts);
    const pictures = new Map([["evidence-1", { bytes: png, widthPx: 1, heightPx: 1 }]]);
    const docx = unzip(await renderDocx(layout, { pictures }));
    expect([...docx.keys()].filter((name) => name.startsWith("word/media/"))).toHaveLength(1);
    expect(Buffer.from(await renderPdf(layout, { pictures })).includes("/Subtype /Image")).toBe(true);
    expect(sha256(await renderDocx(layout, { pictures }))).toBe(sha256(await renderDocx(layout, { pictures })));
  });
});

import type { z } from "zod";
import type { ProvisionFacts } from "./facts-basics.ts";
import type { Filler, MissingFact } from "./fill.ts";
import type { Layout, Run } from "./layout.ts";
import { defaultNumberPattern, type NumberPattern, numberRuns } from "./number-pattern.ts";
import { provisionName } from "./provisions-text.ts";

/** What is known of the paper itself, not of the case. Numbers are allocated at sealing, outside of this package. */
export interface BuildOptions {
  /** A draft carries the watermark 草稿 until a human has signed. Default `draft`. */
  readonly stage?: "draft" | "signed";
  readonly number?: { readonly year: number; readonly seq: number } | null;
  readonly numberPattern?: NumberPattern;
}

export interface Built {
  readonly layout: Layout;
  readonly missing: readonly MissingFact[];
  /** Provisions cited but not verified: the paper may be drafted, it may not be sealed (guard G-21). */
  readonly unverified: readonly string[];
}

export interface DocumentDefinition<Id extends string = string, Facts extends z.ZodType = z.ZodType> {
  readonly id: Id;
  /** Raised whenever the text or the layout changes; printed in the foot of every page. */
  readonly version: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** 文种 in the document number, e.g. 罚告字. */
  readonly kindWord: string;
  readonly legalBasis: readonly string[];
  readonly usedWhen: { readonly zh: string; readonly en: string };
  /** Papers for the party leave the house and bear the seal. */
  readonly audience: "internal" | "party";
  readonly facts: Facts;
  readonly sample: z.infer<Facts>;
  build(facts: z.infer<Facts>, options?: BuildOptions): Built;
}

/** Types a definition by its own schema, so that `build` and `sample` must fit the facts it declares. */
export function defineDocument<const Id extends string, Facts extends z.ZodType>(
  definition: DocumentDefinition<Id, Facts>,
): DocumentDefinition<Id, Facts> {
  return definition;
}

interface Frame {
  readonly document: Pick<DocumentDefinition, "id" | "version" | "kindWord">;
  readonly title: string;
  readonly density: Layout["density"];
  readonly bureau: {
    readonly name: string | null;
    readonly shortName: string | null;
    readonly authorityCode: string | null;
  };
  readonly modelTextVersion: string | null;
  readonly options: BuildOptions;
}

/** What all papers share: authority, number line, foot, watermark. */
export function frameLayout(frame: Frame, fill: Filler, blocks: Layout["blocks"]): Layout {
  const { document, bureau, options, modelTextVersion } = frame;
  const numberLine: Run[] = numberRuns(
    {
      areaShort: bureau.shortName,
      authorityCode: bureau.authorityCode,
      kindWord: document.kindWord,
      year: options.number?.year ?? null,
      seq: options.number?.seq ?? null,
    },
    options.numberPattern ?? defaultNumberPattern,
  );
  return {
    documentId: document.id,
    templateVersion: document.version,
    authority: fill.value("bureau.name", bureau.name),
    title: frame.title,
    numberLine,
    density: frame.density,
    blocks,
    footer: `模板 ${document.id} ${document.version}${modelTextVersion ? ` · 示范文本 ${modelTextVersion}` : ""}`,
    watermark: options.stage === "signed" ? null : "草稿",
  };
}

export const unverifiedProvisions = (provisions: readonly ProvisionFacts[]): string[] =>
  provisions.filter((provision) => !provision.verified).map(provisionName);

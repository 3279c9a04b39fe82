/** How a code becomes words: one function a code, area by area, complete by type. */
import type { CatalogueEntry, Finding } from '../../finding/finding.js';

export interface Words {
  /** What is wrong, with both values; one line, no final full stop. */
  readonly message: string;
  /** What to do about it. */
  readonly hint?: string;
}

/** The wording of one area of the catalogue: every code of `Area`, none forgotten. */
export type Wording<Area> = {
  readonly [Code in keyof Area]: Area[Code] extends CatalogueEntry<infer P>
    ? (params: P, finding: Finding) => Words
    : never;
};

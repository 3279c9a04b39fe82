/** The colours that text may use; the command line gives real ones, everybody else plain text. */
export interface Palette {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly green: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const same = (text: string): string => text;

export const plainPalette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

/** The colours that text may use; the command line gives real ones, everybody else plain text. */
export interface Palette {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  yellow(text: string): string;
  green(text: string): string;
  cyan(text: string): string;
}

const same = (text: string): string => text;

export const plainPalette: Palette = { bold: same, dim: same, red: same, yellow: same, green: same, cyan: same };

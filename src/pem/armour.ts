/**
 * Finds the armour of PEM blocks in bytes, in the form RFC 7468 asks for and in the forms that people's files show.
 *
 * The strict form is `-----BEGIN LABEL-----` with exactly five dashes and upper case; any label will do. Any other
 * number of dashes, typographic dashes, blanks, lower case: taken for armour only when the label is one we know (or the
 * one that an END has to close), so that a mail's `---- begin of quote ----` stays text. A run of dashes between
 * an END and a BEGIN with no line break is shared out between the two.
 */
import { kindOfLabel, normalizeLabel } from './labels.js';

export interface Armour {
  readonly keyword: 'BEGIN' | 'END';
  /** In its normal spelling, see `normalizeLabel`. */
  readonly label: string;
  /** As it stands in the file. */
  readonly writtenLabel: string;
  /** Offset of the first dash. */
  readonly start: number;
  /** One past the last dash. */
  readonly end: number;
  /** The number of dashes where it is not five: the left one first. */
  readonly oddDashes: number | undefined;
  readonly smartDashes: boolean;
  /** Blanks next to the dashes, or several between the words. */
  readonly oddSpacing: boolean;
  /** Lower-case letters in BEGIN, END or a label known in upper case. */
  readonly oddCase: boolean;
  /** Exactly as RFC 7468 wants it. */
  readonly strict: boolean;
}

interface DashRun {
  readonly count: number;
  readonly end: number;
  readonly smart: boolean;
}

/** RFC 7468 sets no limit; OpenSSL reads lines of at most 254 bytes, and no label comes near. */
const longestLabel = 80;

/** Width in bytes of the dash at `at`, 0 if there is none: `-`, U+2010–U+2015 and U+2212 in UTF-8, `–` `—` in Windows-1252. */
function dashWidth(bytes: Uint8Array, at: number): number {
  const first = bytes[at];
  if (first === 0x2d) return 1;
  if (first === 0xe2) {
    const [second, third] = [bytes[at + 1], bytes[at + 2] ?? 0];
    if (second === 0x80 && third >= 0x90 && third <= 0x95) return 3;
    return second === 0x88 && third === 0x92 ? 3 : 0;
  }
  return first === 0x96 || first === 0x97 ? 1 : 0;
}

function readDashes(bytes: Uint8Array, from: number, to: number): DashRun {
  let [end, count, smart] = [from, 0, false];
  while (end < to) {
    const width = dashWidth(bytes, end);
    if (width === 0) break;
    smart ||= bytes[end] !== 0x2d;
    end += width;
    count++;
  }
  return { count, end, smart };
}

function skipBlanks(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09)) at++;
  return at;
}

function readKeyword(bytes: Uint8Array, at: number, to: number): { word: string; end: number } | undefined {
  for (const word of ['BEGIN', 'END']) {
    const end = at + word.length;
    if (end >= to || (bytes[end] !== 0x20 && bytes[end] !== 0x09)) continue;
    const written = latin1(bytes, at, end);
    if (written.toUpperCase() === word) return { word: written, end };
  }
  return undefined;
}

function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
}

/** The end of the label that starts at `from`: a single dash between two letters belongs to it. */
function skipLabel(bytes: Uint8Array, from: number, to: number): number {
  const limit = Math.min(to, from + longestLabel);
  const isLabelCharacter = (byte: number | undefined): boolean =>
    byte !== undefined && byte >= 0x20 && byte < 0x7f && byte !== 0x2d && byte !== 0x5c;
  let at = from;
  while (at < limit) {
    const dash = bytes[at] === 0x2d && at > from && isLabelCharacter(bytes[at + 1]) && bytes[at + 1] !== 0x20;
    if (!isLabelCharacter(bytes[at]) && !dash) break;
    at++;
  }
  return at;
}

/** How many of the dashes after a label belong to it when a BEGIN or END follows them at once. */
function shareOfDashes(bytes: Uint8Array, run: DashRun, to: number): number {
  if (!readKeyword(bytes, skipBlanks(bytes, run.end, to), to)) return run.count;
  return run.count >= 10 ? 5 : Math.ceil(run.count / 2);
}

function endAfterDashes(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let i = 0; i < count; i++) at += dashWidth(bytes, at);
  return at;
}

function readArmour(
  bytes: Uint8Array,
  start: number,
  left: DashRun,
  to: number,
  openLabel: string | undefined,
): Armour | undefined {
  const wordStart = skipBlanks(bytes, left.end, to);
  const keyword = readKeyword(bytes, wordStart, to);
  if (!keyword) return undefined;
  const labelStart = skipBlanks(bytes, keyword.end, to);
  const labelEnd = skipLabel(bytes, labelStart, to);
  const right = readDashes(bytes, labelEnd, to);
  const rightCount = shareOfDashes(bytes, right, to);
  const spelled = latin1(bytes, labelStart, labelEnd);
  const writtenLabel = spelled.trim();
  const label = normalizeLabel(writtenLabel);
  const oddDashes = left.count !== 5 ? left.count : rightCount !== 5 ? rightCount : undefined;
  const known = kindOfLabel(label) !== undefined;
  const oddSpacing =
    wordStart !== left.end || labelStart !== keyword.end + 1 || spelled !== writtenLabel || /\s{2}/.test(spelled);
  const oddCase = keyword.word !== keyword.word.toUpperCase() || (known && writtenLabel !== label);
  const smartDashes = left.smart || right.smart;
  const strict = oddDashes === undefined && !smartDashes && !oddSpacing && !oddCase && writtenLabel !== '';
  if (!strict && !known && label !== openLabel) return undefined;
  return {
    keyword: keyword.word.toUpperCase() === 'BEGIN' ? 'BEGIN' : 'END',
    label: known ? label : writtenLabel,
    writtenLabel,
    start,
    end: rightCount === 0 ? labelStart + spelled.trimEnd().length : endAfterDashes(bytes, labelEnd, rightCount),
    oddDashes,
    smartDashes,
    oddSpacing,
    oddCase,
    strict,
  };
}

/** `BEGIN CERTIFICATE-----`, the left dashes lost: the words that stand on the line before a run of dashes. */
function readWithoutLeftDashes(bytes: Uint8Array, from: number, dashes: number, to: number): Armour | undefined {
  let lineStart = dashes;
  while (lineStart > from && dashes - lineStart < longestLabel) {
    const before = bytes[lineStart - 1];
    if (before === 0x0a || before === 0x0d) break;
    lineStart--;
  }
  const wordStart = skipBlanks(bytes, lineStart, dashes);
  return readArmour(bytes, wordStart, { count: 0, end: wordStart, smart: false }, to, undefined);
}

/**
 * The next armour that starts at `from` or after it, or undefined.
 *
 * `openLabel` is the label of the block that is open, which an END in an odd form may close even if we do not know it.
 */
export function findArmour(
  bytes: Uint8Array,
  from: number,
  openLabel?: string,
  to: number = bytes.length,
): Armour | undefined {
  let at = from;
  while (at < to) {
    const byte = bytes[at];
    if (byte !== 0x2d && byte !== 0xe2 && byte !== 0x96 && byte !== 0x97) {
      at++;
      continue;
    }
    const run = readDashes(bytes, at, to);
    if (run.count === 0) {
      at++;
      continue;
    }
    const armour = readArmour(bytes, at, run, to, openLabel) ?? readWithoutLeftDashes(bytes, from, at, to);
    if (armour) return armour;
    at = run.end;
  }
  return undefined;
}

/**
 * Surveys what stands between BEGIN and END: counts the base64 characters for the decoder, reads RFC 1421 headers, and
 * remembers the first place of everything that is not plain lines of 64 characters.
 *
 * One pass with no allocation per line: a CRL of a million entries has 900,000 of them.
 */
import { classOf, isEscape, lineEnd, pad, skipBase64 } from './base64.js';
import { lineEndOf, nextLineOf } from './position.js';

type BodyForm =
  | 'indented-body'
  | 'quoted-lines'
  | 'trailing-whitespace'
  | 'blank-line-after-begin'
  | 'blank-lines'
  | 'missing-line-breaks'
  | 'blanks-in-lines'
  | 'escaped-line-breaks';

export interface BodySurvey {
  readonly headers: ReadonlyMap<string, string>;
  /** Where the base64 text begins, after headers. */
  readonly start: number;
  /** The base64 characters, padding not counted. */
  readonly characters: number;
  /** Right by RFC 4648 4: the number of `=` that the characters ask for, at the very end. */
  readonly paddingOk: boolean;
  /** Where the padding stands or should stand. */
  readonly paddingOffset: number;
  /** How many characters are no base64 text at all, and the first of them. */
  readonly foreignCount: number;
  readonly foreignOffset: number;
  /** The longest line, in characters. */
  readonly longest: number;
  /** The first line that is longer than 64 characters, or shorter and not the last. */
  readonly unevenOffset: number | undefined;
  /** First place of each form that the body shows. */
  readonly forms: ReadonlyMap<BodyForm, number>;
}

/** RFC 7468 2: generators wrap at exactly 64 characters, the last line excepted. */
const columns = 64;

interface Count {
  characters: number;
  padding: number;
  paddingOffset: number;
  afterPadding: boolean;
  foreignCount: number;
  foreignOffset: number;
  longest: number;
  unevenOffset: number | undefined;
  /** A line that was shorter than 64 characters: uneven if another follows. */
  shortLineAt: number | undefined;
  readonly forms: Map<BodyForm, number>;
}

function noteForm(count: Count, form: BodyForm, at: number): void {
  if (!count.forms.has(form)) count.forms.set(form, at);
}

/** Passes over the blanks and mail quotes that begin a line. */
function surveyLineStart(bytes: Uint8Array, from: number, to: number, count: Count): number {
  let at = from;
  let quoted = false;
  while (at < to && (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x3e)) {
    quoted ||= bytes[at] === 0x3e;
    at++;
  }
  const atEnd = at >= to || classOf(bytes[at]) === lineEnd;
  if (quoted) noteForm(count, 'quoted-lines', from);
  else if (at > from && !atEnd) noteForm(count, 'indented-body', from);
  return at;
}

/** Counts the rest of one line; gives its end and how many characters it held. */
function surveyLine(bytes: Uint8Array, from: number, to: number, count: Count): { end: number; length: number } {
  let at = from;
  let length = 0;
  let blanksAt: number | undefined;
  while (at < to) {
    const runEnd = skipBase64(bytes, at, to);
    if (runEnd > at) {
      if (blanksAt !== undefined && length > 0) noteForm(count, 'blanks-in-lines', blanksAt);
      blanksAt = undefined;
      length += runEnd - at;
      count.afterPadding ||= count.padding > 0;
      count.characters += runEnd - at;
      at = runEnd;
      continue;
    }
    const kind = classOf(bytes[at]);
    if (kind === lineEnd) break;
    if (kind === pad) {
      if (count.padding++ === 0) count.paddingOffset = at;
      length++;
    } else if (isEscape(bytes, at)) {
      noteForm(count, 'escaped-line-breaks', at++);
    } else if (kind < 255) {
      blanksAt ??= at;
    } else if (count.foreignCount === 0) {
      count.foreignOffset = at;
      count.foreignCount = 1;
    } else if (((bytes[at] ?? 0) & 0xc0) !== 0x80) count.foreignCount++; // Not the rest of a UTF-8 character.
    at++;
  }
  if (blanksAt !== undefined && length > 0) noteForm(count, 'trailing-whitespace', blanksAt);
  return { end: at, length };
}

function countLength(count: Count, length: number, at: number): void {
  if (count.shortLineAt !== undefined) count.unevenOffset ??= count.shortLineAt;
  if (length > columns) count.unevenOffset ??= at;
  if (length < columns) count.shortLineAt = at;
  if (length > count.longest) count.longest = length;
}

/** Reads `Name: value` lines up to the first line that is none; a line that begins with a blank continues the one before. */
function readHeaders(bytes: Uint8Array, from: number, to: number): { headers: Map<string, string>; end: number } {
  const headers = new Map<string, string>();
  let [at, name] = [from, ''];
  while (at < to) {
    const end = lineEndOf(bytes, at, to);
    // RFC 1421 keeps header lines short; OpenSSL reads 254 bytes.
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + at, Math.min(end - at, 1024)).toString('latin1');
    const field = /^([A-Za-z][A-Za-z0-9-]*):\s*(.*?)\s*$/.exec(line);
    if (field?.[1]) {
      name = field[1];
      headers.set(name, field[2] ?? '');
    } else if (name !== '' && /^[ \t]+\S/.test(line)) {
      headers.set(name, `${headers.get(name) ?? ''}${line.trim()}`);
    } else {
      // The blank line that ends the headers belongs to them.
      return { headers, end: name !== '' && line.trim() === '' ? Math.min(nextLineOf(bytes, end), to) : at };
    }
    at = Math.min(nextLineOf(bytes, end), to);
  }
  return { headers, end: at };
}

/** Surveys the body from one past the dashes of BEGIN to the first dash of END, or to where the text stops. */
export function surveyBody(bytes: Uint8Array, from: number, to: number): BodySurvey {
  const forms = new Map<BodyForm, number>();
  const count: Count = {
    characters: 0,
    padding: 0,
    paddingOffset: to,
    afterPadding: false,
    foreignCount: 0,
    foreignOffset: to,
    longest: 0,
    unevenOffset: undefined,
    shortLineAt: undefined,
    forms,
  };
  // What follows BEGIN on its own line.
  const rest = surveyLine(bytes, from, to, count);
  if (rest.length > 0 && !forms.has('escaped-line-breaks')) noteForm(count, 'missing-line-breaks', from);
  else if (rest.length === 0 && rest.end > from && count.foreignCount === 0)
    noteForm(count, 'trailing-whitespace', from);
  const { headers, end: start } =
    rest.length > 0
      ? { headers: new Map<string, string>(), end: from }
      : readHeaders(bytes, nextLineOf(bytes, rest.end), to);
  let at = rest.length > 0 ? nextLineOf(bytes, rest.end) : start;
  let blankAt: number | undefined;
  while (at < to) {
    const textStart = surveyLineStart(bytes, at, to, count);
    const { end, length } = surveyLine(bytes, textStart, to, count);
    if (length > 0) {
      countLength(count, length, textStart);
      if (blankAt !== undefined) noteForm(count, 'blank-lines', blankAt);
      blankAt = undefined;
    } else if (end < to && end === textStart) {
      if (count.characters === 0 && headers.size === 0) noteForm(count, 'blank-line-after-begin', at);
      else blankAt ??= at;
    }
    at = nextLineOf(bytes, end);
  }
  if (blankAt !== undefined) noteForm(count, 'blank-lines', blankAt);
  const wanted = (4 - (count.characters % 4)) % 4;
  return {
    headers,
    start,
    characters: count.characters,
    paddingOk: count.padding === wanted && wanted < 3 && !count.afterPadding,
    paddingOffset: count.paddingOffset,
    foreignCount: count.foreignCount,
    foreignOffset: count.foreignOffset,
    longest: count.longest,
    unevenOffset: count.unevenOffset,
    forms,
  };
}

/** Reads what stands between the blocks: the rest of END's line, lines of text, bare base64, and what comes before BEGIN. */
import { isEscape } from './base64.js';
import { findBareBase64, type BareText } from './bare.js';
import type { PemForm } from './consumers.js';
import type { DamageLog } from './damage-log.js';
import { isByteOrderMark, lineEndOf, lineStartOf, nextLineOf } from './position.js';

/** How much of a text is quoted in a finding, in characters. */
const quotedLength = 40;

/** The first characters of a text, control characters left out. */
export function quoteText(bytes: Uint8Array, from: number, to: number): string {
  if (from >= to) return '';
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.min(to - from, quotedLength * 4)).toString(
    'utf8',
  );
  const shown = Array.from(text.replace(/\p{Cc}/gu, '').trim());
  return shown.length > quotedLength ? `${shown.slice(0, quotedLength).join('')}…` : shown.join('');
}

/** Passes over blanks and, as `\n` written out, the line breaks of an escaped text. */
function skipIgnorable(bytes: Uint8Array, from: number, to: number): { at: number; escaped: boolean } {
  let [at, escaped] = [from, false];
  while (at < to) {
    if (isEscape(bytes, at) && at + 1 < to) {
      escaped = true;
      at += 2;
    } else if (bytes[at] === 0x20 || bytes[at] === 0x09 || bytes[at] === 0x0b || bytes[at] === 0x0c) at++;
    else break;
  }
  return { at, escaped };
}

/** What the text before an armour on its line does to it, or undefined when the armour stands at the start of the line. */
export function formOfPrefix(bytes: Uint8Array, from: number, to: number): PemForm | undefined {
  if (from === to) return undefined;
  if (isByteOrderMark(bytes, from) && to === from + 3) return 'byte-order-mark';
  const { at, escaped } = skipIgnorable(bytes, from, to);
  if (escaped) return 'escaped-line-breaks';
  if (at === to) return 'indented-armour';
  for (let i = at; i < to; i++)
    if (bytes[i] !== 0x3e && bytes[i] !== 0x20 && bytes[i] !== 0x09) return 'text-before-armour';
  return 'quoted-lines';
}

/** Notes what follows an armour on its line, up to the line's end at `to`. */
function noteSuffix(bytes: Uint8Array, from: number, to: number, log: DamageLog, label: string): void {
  const { at, escaped } = skipIgnorable(bytes, from, to);
  const place = { offset: from, label };
  if (escaped) log.note('escaped-line-breaks', place, {});
  else if (at < to) log.note('text-after-armour', { offset: at, label }, { text: quoteText(bytes, at, to) });
  else if (from < to) log.note('trailing-whitespace', place, {});
}

function noteTextLines(bytes: Uint8Array, from: number, to: number, log: DamageLog): void {
  let [lines, first, at] = [0, from, isByteOrderMark(bytes, from) ? from + 3 : from];
  while (at < to) {
    const end = lineEndOf(bytes, at, to);
    let text = at;
    while (text < end && (bytes[text] === 0x20 || bytes[text] === 0x09)) text++;
    if (text < end && lines++ === 0) first = text;
    at = nextLineOf(bytes, end);
  }
  if (lines > 0) log.note('text-outside-blocks', { offset: first }, {}, lines);
}

export interface Gap {
  readonly from: number;
  readonly to: number;
  /** Label of the block before, if the gap begins right after its END. */
  readonly after: string | undefined;
  /** Label of the block behind, if the gap ends at an armour. */
  readonly before: string | undefined;
}

/** Notes all that a gap holds but bare base64 texts, which it returns in order; the armour behind it is left to the caller. */
export function readGap(bytes: Uint8Array, gap: Gap, log: DamageLog): BareText[] {
  const { from, to, after, before } = gap;
  const firstEnd = after === undefined ? from : lineEndOf(bytes, from, to);
  if (after !== undefined) {
    if (firstEnd === to && before !== undefined) {
      // END and BEGIN on one line.
      const { at, escaped } = skipIgnorable(bytes, from, to);
      if (escaped) log.note('escaped-line-breaks', { offset: from, label: after }, {});
      else if (at === to) log.note('joined-blocks', { offset: to, label: before }, {});
      else log.note('text-before-armour', { offset: at, label: before }, { text: quoteText(bytes, at, to) });
      return [];
    }
    noteSuffix(bytes, from, firstEnd, log, after);
  }
  const textStart = after === undefined ? from : Math.min(nextLineOf(bytes, firstEnd), to);
  const textEnd = before === undefined ? to : Math.max(textStart, lineStartOf(bytes, to, textStart));
  const bare = findBareBase64(bytes, textStart, textEnd);
  let at = textStart;
  for (const text of bare) {
    noteTextLines(bytes, at, lineStartOf(bytes, text.start, at), log);
    at = Math.min(nextLineOf(bytes, lineEndOf(bytes, text.end)), textEnd);
  }
  noteTextLines(bytes, at, textEnd, log);
  return bare;
}

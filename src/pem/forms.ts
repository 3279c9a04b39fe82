/** Tells in which forms of damage one block stands in the file: how its armour is written and where its lines begin and end. */
import type { Armour } from './armour.js';
import type { BodySurvey } from './body.js';
import type { PemForm } from './consumers.js';
import type { DamageLog, Place } from './damage-log.js';
import { formOfPrefix, quoteText } from './gap.js';
import { kindOfLabel } from './labels.js';
import { isByteOrderMark, lineEndOf, lineStartOf, nextLineOf } from './position.js';

/** One block in the text: an END, or where its base64 lines stop. */
export interface Extent {
  /** One past the END of the block before, 0 for the first. */
  readonly gapStart: number;
  readonly begin: Armour;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly end: Armour | undefined;
}

/** The form of what stands before BEGIN on its line; what follows an END on the same line belongs to the gap. */
function formBeforeBegin(bytes: Uint8Array, { gapStart, begin }: Extent): PemForm | undefined {
  const lineStart = lineStartOf(bytes, begin.start, gapStart);
  const isLineStart = lineStart === 0 || bytes[lineStart - 1] === 0x0a || bytes[lineStart - 1] === 0x0d;
  if (!isLineStart) return undefined;
  return formOfPrefix(bytes, lineStart === 0 && isByteOrderMark(bytes, 0) ? 3 : lineStart, begin.start);
}

function formBeforeEnd(bytes: Uint8Array, { begin, bodyStart }: Extent, end: Armour): PemForm | undefined {
  const lineStart = lineStartOf(bytes, end.start, bodyStart);
  if (lineStart === begin.end) return 'missing-line-breaks';
  const form = formOfPrefix(bytes, lineStart, end.start);
  return form === 'text-before-armour' ? 'missing-line-breaks' : form;
}

/** The forms that the two armours and the body show, each with its first place. */
export function formsOf(bytes: Uint8Array, extent: Extent, survey: BodySurvey): ReadonlyMap<PemForm, number> {
  const { begin, end } = extent;
  const forms = new Map<PemForm, number>();
  const add = (form: PemForm | undefined, offset: number): void => {
    if (form && !forms.has(form)) forms.set(form, offset);
  };
  add(formBeforeBegin(bytes, extent), begin.start);
  for (const armour of end ? [begin, end] : [begin]) {
    if (armour.smartDashes) add('smart-dashes', armour.start);
    else if (armour.oddDashes !== undefined) add('dash-count', armour.start);
    if (armour.oddSpacing) add('armour-spacing', armour.start);
    if (armour.oddCase) add('label-case', armour.start);
  }
  for (const [form, offset] of survey.forms) {
    if (form !== 'blanks-in-lines' || !survey.forms.has('missing-line-breaks')) add(form, offset);
  }
  // Lines that lost or gained a character are told as such.
  if (survey.foreignCount === 0 && survey.paddingOk && survey.unevenOffset !== undefined)
    add('line-length', survey.unevenOffset);
  const last = end && formBeforeEnd(bytes, extent, end);
  if (last !== 'missing-line-breaks' || !forms.has('escaped-line-breaks')) add(last, end?.start ?? 0);
  const kind = kindOfLabel(begin.label);
  if (survey.headers.size > 0 && kind !== undefined && kind !== 'private-key') {
    add('unexpected-headers', nextLineOf(bytes, lineEndOf(bytes, begin.end)));
  }
  return forms;
}

/** Notes these forms with the details that each of them wants. */
export function noteForms(
  bytes: Uint8Array,
  { gapStart, begin, end }: Extent,
  survey: BodySurvey,
  forms: ReadonlyMap<PemForm, number>,
  log: DamageLog,
  place: Place,
): void {
  const details: Partial<Record<PemForm, object>> = {
    'dash-count': { dashes: begin.oddDashes ?? end?.oddDashes },
    'label-case': { label: begin.oddCase ? begin.writtenLabel : end?.writtenLabel },
    'line-length': { longest: survey.longest },
    'text-before-armour': { text: quoteText(bytes, lineStartOf(bytes, begin.start, gapStart), begin.start) },
    'unexpected-headers': { header: Array.from(survey.headers.keys()).join(', ') },
  };
  for (const [form, offset] of forms) log.note(form as PlainForm, { ...place, offset }, details[form] ?? {});
}

/** The compiler checks details by the form; here the table above pairs them. */
type PlainForm = 'blank-lines';

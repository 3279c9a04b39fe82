/** Decides whether a damaged block is safe to read: only when its bytes are exactly the DER element they claim to be. */
import type { BodySurvey } from './body.js';
import type { DamageLog, Place } from './damage-log.js';
import type { Extent } from './forms.js';
import { isWholeSequence } from './whole-element.js';

/** The character itself, or its code point where it cannot be seen. */
function describeCharacter(bytes: Uint8Array, offset: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + offset, Math.min(4, bytes.length - offset)).toString();
  const point = text.codePointAt(0) ?? 0xfffd;
  if (point === 0xfffd) return `byte 0x${(bytes[offset] ?? 0).toString(16).toUpperCase()}`;
  const character = String.fromCodePoint(point);
  return /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(character)
    ? character
    : `U+${point.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Notes what puts the bytes in doubt; true when the block is good to read.
 *
 * A character too many, lost padding or a lost END leave the bytes as they were, and then the outermost length fits to
 * the byte; a character lost or replaced makes it differ. A replaced character that is base64 itself shows nowhere but
 * in the signature.
 */
export function noteRisks(
  bytes: Uint8Array,
  { begin, end }: Extent,
  survey: BodySurvey,
  decoded: Uint8Array,
  log: DamageLog,
  place: Place,
): boolean {
  if (survey.characters === 0) {
    if (end) log.note('empty-block', place, {});
    else log.note('truncated-block', place, { read: false });
    return false;
  }
  const mismatch = end !== undefined && end.label !== begin.label;
  if (end && !mismatch && survey.foreignCount === 0 && survey.paddingOk) return true;
  const read = isWholeSequence(decoded, begin.label === 'TRUSTED CERTIFICATE' ? 2 : 1);
  if (!end) log.note('truncated-block', place, { read });
  if (mismatch) {
    log.note('label-mismatch', { ...place, offset: end.start }, { read, begin: begin.label, end: end.label });
  }
  if (survey.foreignCount > 0) {
    const at = { ...place, offset: survey.foreignOffset };
    log.note('bad-character', at, { read, character: describeCharacter(bytes, at.offset) }, survey.foreignCount);
  }
  // With characters lost or added the padding cannot be right either.
  else if (end && !survey.paddingOk) log.note('bad-padding', { ...place, offset: survey.paddingOffset }, { read });
  return read;
}

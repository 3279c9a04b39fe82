/** Which line ends a text has: LF as RFC 7468 writers should make them, CRLF from Windows, a lone CR from long ago. */
import type { DamageLog } from './damage-log.js';
import { isLoneCarriageReturn } from './position.js';

/** Notes line ends that are not all LF, with the place of the first; `omitted` counts CR LF that stand in no bytes here. */
export function noteLineEnds(bytes: Uint8Array, log: DamageLog, omitted = 0): void {
  const first = bytes.indexOf(0x0d);
  if (first < 0) return;
  let [lone, pairs, alone] = [0, omitted, bytes.subarray(0, first).includes(0x0a) ? 1 : 0];
  for (let at = first; at < bytes.length; at++) {
    if (bytes[at] === 0x0a) alone++;
    if (bytes[at] !== 0x0d) continue;
    if (isLoneCarriageReturn(bytes, at)) lone++;
    else {
      pairs++;
      at += bytes[at + 1] === 0x0a ? 1 : 2;
    }
  }
  const place = { offset: first };
  if (lone > 0 && pairs === 0 && alone === 0) log.note('cr-only', place, {}, lone);
  else if (alone > 0 || lone > 0) log.note('mixed-line-ends', place, {}, lone + pairs);
  else log.note('crlf', place, {}, pairs);
}

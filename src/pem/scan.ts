/**
 * Reads every block of a PEM file with its place, and says what is wrong with the text (RFC 7468).
 *
 * Other readers stop, skip or refuse at the first oddity, each at another one; this one reads on, tells what it met and
 * who else would choke on it, and leaves out only what could be wrong bytes. It works on the bytes of the file, never on
 * a string: the cost is one pass to find the armour, one to survey the text and one to decode it, and memory for the
 * decoded bytes alone.
 */
import type { Finding, Origin } from '../finding/finding.js';
import { findArmour, type Armour } from './armour.js';
import { endOfBase64, type BareText } from './bare.js';
import { blank, classOf, decodeBase64, isEscape, lineEnd, skipBase64 } from './base64.js';
import { surveyBody } from './body.js';
import type { PemForm } from './consumers.js';
import { createDamageLog, type DamageLog, type Place } from './damage-log.js';
import { formsOf, noteForms, type Extent } from './forms.js';
import { quoteText, readGap } from './gap.js';
import { kindOfLabel } from './labels.js';
import { noteLineEnds } from './line-ends.js';
import { countOmittedPairs, makePositions, type Omission } from './omission.js';
import { isByteOrderMark, lineEndOf, type Position } from './position.js';
import { readRegularText, type RegularBlock } from './regular-text.js';
import { noteRisks } from './risks.js';

export interface PemBlock {
  /** In its normal spelling: known labels in upper case; empty for base64 text without armour. */
  readonly label: string;
  /** RFC 1421 headers, such as Proc-Type and DEK-Info of an encrypted key. */
  readonly headers: ReadonlyMap<string, string>;
  readonly bytes: Uint8Array;
  /** `index` counts the blocks of the file from 1, those that cannot be read included. */
  readonly origin: Origin;
  /** Offset of the armour's first byte. */
  readonly textStart: number;
  /** One past the armour's last byte, the line end not included. */
  readonly textEnd: number;
  /** The forms of damage that were passed over to read it. */
  readonly repairs: readonly PemForm[];
}

export interface PemScan {
  readonly blocks: readonly PemBlock[];
  readonly findings: readonly Finding[];
}

interface Scan {
  readonly bytes: Uint8Array;
  readonly file: string;
  readonly position: (offset: number) => Position;
  readonly log: DamageLog;
  readonly blocks: PemBlock[];
  /** The number of the latest block, readable or not. */
  index: number;
}

/** Fewest base64 characters after BEGIN on its line that make it the body although something else follows them. */
const shortestBodyStart = 32;

/** The text on BEGIN's own line is the body when it is all base64, or begins like a long base64 text. */
function startOfBody({ bytes, log }: Scan, begin: Armour, limit: number, place: Place): number {
  const end = lineEndOf(bytes, begin.end, limit);
  let first = begin.end;
  while (first < end && (classOf(bytes[first]) === blank || isEscape(bytes, first))) {
    first += isEscape(bytes, first) ? 2 : 1;
  }
  let at = first;
  while (at < end && (classOf(bytes[at]) <= lineEnd || isEscape(bytes, at))) at += isEscape(bytes, at) ? 2 : 1;
  if (at >= end || skipBase64(bytes, first, end) - first >= shortestBodyStart) return begin.end;
  log.note('text-after-armour', { ...place, offset: first }, { text: quoteText(bytes, first, end) });
  return end;
}

function noteLabel({ log }: Scan, label: string, place: Place): void {
  const kind = kindOfLabel(label);
  if (kind === undefined) log.note('unknown-label', place, { label });
  else if (kind === 'passed-over') log.note('passed-over', place, { label });
  else if (label === 'CRL') log.note('crl-label', place, {});
  else if (kind === 'certificate' && label !== 'CERTIFICATE') log.note('x509-certificate-label', place, {});
}

function originAt({ file, position, index }: Scan, offset: number): Origin {
  const { line, column } = position(offset);
  return { file, line, ...(column > 1 && { column }), index };
}

/** Reads one block, `limit` being where the next armour or the file's end stops it; gives the end of its text. */
function readBlock(scan: Scan, gapStart: number, begin: Armour, end: Armour | undefined, limit: number): number {
  const { bytes, log } = scan;
  scan.index++;
  const place: Place = { offset: begin.start, label: begin.label, index: scan.index };
  const bodyStart = startOfBody(scan, begin, limit, place);
  const bodyEnd = end ? end.start : endOfBase64(bytes, bodyStart, limit);
  const extent: Extent = { gapStart, begin, bodyStart, bodyEnd, end };
  const survey = surveyBody(bytes, bodyStart, bodyEnd);
  const forms = formsOf(bytes, extent, survey);
  noteForms(bytes, extent, survey, forms, log, place);
  noteLabel(scan, begin.label, place);
  const decoded = decodeBase64(bytes, survey.start, bodyEnd, survey.characters);
  const textEnd = end ? end.end : bodyEnd;
  if (noteRisks(bytes, extent, survey, decoded, log, place)) {
    scan.blocks.push({
      label: begin.label,
      headers: survey.headers,
      bytes: decoded,
      origin: originAt(scan, begin.start),
      textStart: begin.start,
      textEnd,
      repairs: Array.from(forms.keys()),
    });
  }
  return textEnd;
}

/** Takes in the bare base64 of a gap; before an END without BEGIN the last of it is that END's. */
function readBareTexts(scan: Scan, texts: readonly BareText[], strayEnd: Armour | undefined): void {
  texts.forEach((text, position) => {
    scan.index++;
    const closing = position === texts.length - 1 ? strayEnd : undefined;
    const form = closing ? 'missing-begin' : 'bare-base64';
    const label = closing?.label ?? '';
    scan.log.note(form, { offset: text.start, label, index: scan.index }, { read: text.bytes !== undefined });
    if (!text.bytes) return;
    scan.blocks.push({
      label,
      headers: new Map(),
      bytes: text.bytes,
      origin: originAt(scan, text.start),
      textStart: text.start,
      textEnd: closing?.end ?? text.end,
      repairs: [form],
    });
  });
  if (strayEnd?.strict && texts.length === 0) {
    const place = { offset: strayEnd.start, label: strayEnd.label, index: ++scan.index };
    scan.log.note('missing-begin', place, { read: false });
  }
}

/** A BEGIN in an odd form with neither an END nor base64 behind it is somebody's heading. */
function isHeading(bytes: Uint8Array, begin: Armour, next: Armour | undefined, limit: number): boolean {
  if (begin.strict || next?.keyword === 'END') return false;
  return endOfBase64(bytes, begin.end, limit) === begin.end;
}

function scanBlocks(scan: Scan): void {
  const { bytes, log } = scan;
  let [gapStart, searchFrom] = [0, 0];
  let after: string | undefined;
  for (;;) {
    const armour = findArmour(bytes, searchFrom);
    const next = armour?.keyword === 'BEGIN' ? findArmour(bytes, armour.end, armour.label) : undefined;
    const limit = next?.start ?? bytes.length;
    if (armour?.keyword === 'BEGIN' && isHeading(bytes, armour, next, limit)) {
      searchFrom = armour.end;
      continue;
    }
    const gap = { from: gapStart, to: armour?.start ?? bytes.length, after, before: armour?.label };
    const texts = readGap(bytes, gap, log);
    readBareTexts(scan, texts, armour?.keyword === 'END' ? armour : undefined);
    if (!armour) return;
    const end = next?.keyword === 'END' ? next : undefined;
    after = end || armour.keyword === 'END' ? armour.label : undefined;
    gapStart = armour.keyword === 'END' ? armour.end : readBlock(scan, gapStart, armour, end, limit);
    searchFrom = gapStart;
  }
}

function asPemBlock(
  { label, bytes, line, textStart, textEnd }: RegularBlock,
  file: string,
  position: number,
): PemBlock {
  const origin = { file, line, index: position + 1 };
  return { label, headers: new Map(), bytes, origin, textStart, textEnd, repairs: [] };
}

/**
 * Reads all PEM blocks of `bytes` in order, each with the place of its BEGIN, and bare base64 text too.
 *
 * The bytes are ASCII, or UTF-8 where text stands around the blocks (UTF-16 is transcoded before, in `src/containers`);
 * `file` is the name for findings, `omissions` are lines that were taken out before: the blocks lack them, the findings
 * are those of the whole file. Never throws. Findings: the codes of the area `pem`; a block is missing from `blocks`
 * only together with an error that names its place. RFC 7468 2 and 3, RFC 1421 4.4 for headers. Not checked: what the
 * bytes of a block hold, but for one whole DER element where damage puts them in doubt.
 */
export function scanPem(bytes: Uint8Array, file: string, omissions: readonly Omission[] = []): PemScan {
  const regular = omissions.length === 0 ? readRegularText(bytes) : undefined;
  if (regular) return { blocks: regular.map((block, position) => asPemBlock(block, file, position)), findings: [] };
  const position = makePositions(bytes, omissions);
  const log = createDamageLog(file, position);
  const scan: Scan = { bytes, file, position, log, blocks: [], index: 0 };
  if (isByteOrderMark(bytes, 0)) log.note('byte-order-mark', { offset: 0 }, {});
  noteLineEnds(bytes, log, countOmittedPairs(omissions));
  scanBlocks(scan);
  return { blocks: scan.blocks, findings: log.toFindings() };
}

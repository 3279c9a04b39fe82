/** `chain --in-place`: puts the arranged chain where the certificates of the one input file stood, other blocks kept. */
import { readFile } from 'node:fs/promises';
import type { ChainResult } from '../../chain/order-chain.js';
import type { InputObject } from '../../containers/input-object.js';
import { detectUTF16, transcodeUTF16 } from '../../containers/transcode.js';
import { createFinding } from '../../finding/catalogue.js';
import type { Finding } from '../../finding/finding.js';
import { saysUnread, type Inputs } from '../../files/read-inputs.js';
import { writeFileAtomically } from '../../files/write-file.js';
import { encodeCertificates } from '../../report/certificates-pem.js';
import { annotationAbove } from '../../x509/annotation.js';
import { UsageError } from '../command.js';

interface Rewrite {
  readonly written: readonly string[];
  readonly findings: readonly Finding[];
}

/** Why the file had better be left alone, or undefined: nothing that it holds may be lost by rewriting it. */
function findObstacle(inputs: Inputs, { leftOut }: ChainResult): string | undefined {
  const lost = leftOut.filter(({ reason }) => reason !== 'duplicate' && reason !== 'root-omitted').length;
  if (lost > 0) return `${lost} of its certificates are not part of the chain and would be lost`;
  if (inputs.objects.some(({ pem }) => !pem)) return 'it is not a PEM file';
  // A damaged part would stay in the file as damaged as it is.
  const unread = inputs.findings.find(saysUnread);
  return unread && `a part of it cannot be read (${unread.code})`;
}

/** The text of the file in UTF-8, as the offsets of its blocks count. */
async function readText(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  const encoding = detectUTF16(bytes);
  return encoding ? transcodeUTF16(bytes, encoding) : bytes;
}

/** The chain where the first certificate stood, and everything that is no certificate, such as the private key, as it was. */
function composeFile(text: Uint8Array, objects: readonly InputObject[], chain: string): string {
  const between = (start: number, end?: number): string =>
    new TextDecoder().decode(text.subarray(start, end)).replace(/\r\n?/g, '\n').replace(/^\n/, '');
  let composed = '';
  let end = 0;
  for (const { kind, pem } of objects) {
    if (kind !== 'certificate' || !pem) continue;
    composed += between(end, pem.textStart).replace(annotationAbove, '');
    if (end === 0) composed += chain;
    end = pem.textEnd;
  }
  return composed + between(end);
}

/**
 * Rewrites the one input file atomically, keeping its mode and everything in it that is no certificate.
 * @throws UsageError where the input is not exactly one file.
 */
export async function rewriteInPlace(
  sources: readonly string[],
  inputs: Inputs,
  result: ChainResult,
  annotate: boolean,
): Promise<Rewrite> {
  const files = new Set(inputs.objects.map(({ origin }) => origin.file));
  const [file] = files;
  if (files.size !== 1 || file === undefined || file === '-') {
    throw new UsageError(`--in-place takes exactly one file, not ${sources.join(' ')}`);
  }
  const obstacle = findObstacle(inputs, result);
  const subject = { kind: 'chain', name: file } as const;
  const origin = { file };
  if (obstacle)
    return { written: [], findings: [createFinding('chain/not-rewritten', subject, { reason: obstacle }, { origin })] };
  const text = await readText(file);
  const composed = composeFile(text, inputs.objects, encodeCertificates(result.chain, annotate));
  if (composed === new TextDecoder().decode(text)) return { written: [], findings: [] };
  await writeFileAtomically(file, composed);
  return { written: [file], findings: [] };
}

/**
 * The profile `security-pack` against the installed `openssl verify`, on NIST PKITS and x509-limbo without CRLs
 * and with them: the same verdict on every case, and the same first error number.
 */
import { describe, it } from 'vitest';
import { compareWithOpenssl } from '../support/compare-openssl.js';
import { conformance, pkitsCases } from '../support/conformance.js';
import { expectOutcome } from '../support/exceptions.js';
import { limboCases } from '../support/limbo.js';
import { opensslVerify, type OpensslQuestion } from '../support/openssl-verify.js';
import { makeScratch } from '../support/scratch.js';
import { askLimboCase } from './limbo-cases.js';
import { askPkitsCase } from './pkits-cases.js';

const canRun = conformance.available && opensslVerify.available;

function compare(id: string, question: OpensslQuestion): void {
  const comparisons = compareWithOpenssl(makeScratch().directory, question);
  if (comparisons.length === 0) throw new Error('a peer certificate that cannot be read');
  for (const { predicted, observed } of comparisons) expectOutcome(id, predicted, observed);
}

describe(`openssl verify${conformance.reason || opensslVerify.skipReason}`, () => {
  it.skipIf(!canRun).each(pkitsCases().filter(({ crlSensitive }) => !crlSensitive))('PKITS $id $name', (test) => {
    compare(`openssl/pkits/${test.id}`, askPkitsCase(test, 'off'));
  });

  it.skipIf(!canRun).each(pkitsCases())('PKITS $id $name with its CRLs', (test) => {
    compare(`openssl/pkits/${test.id} with CRLs`, askPkitsCase(test, 'chain'));
  });

  it.skipIf(!canRun).each(limboCases())('limbo $id', (test) => {
    compare(`openssl/limbo/${test.id}`, askLimboCase(test, 'off'));
  });
});

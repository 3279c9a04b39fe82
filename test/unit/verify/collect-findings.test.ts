import { describe, expect, it } from 'vitest';
import { collectFindings } from '../../../src/verify/collect-findings.js';
import { verifyAhead } from '../../../src/verify/verify-ahead.js';
import { Verifier } from '../../../src/verify.js';
import type { WholeCRL } from '../../../src/x509/crl.js';
import { at, crl, issue, issuer } from '../../support/revocation.js';

/** CRLs of one CA, each for the certificates that name its place. */
const shard = (number: number): WholeCRL =>
  crl({ issuingDistributionPoint: { fullName: [`URI:http://crl.example.com/${number}`] } }, `${number}.crl`);
const ofShard = (number: number) =>
  issue({ serialNumber: number, crlDistributionPoints: [`URI:http://crl.example.com/${number}`] });

function collect(numbers: readonly number[], crls: readonly WholeCRL[]): string[] {
  const certificates = numbers.map(ofShard);
  const question = { trustAnchors: [issuer], crls, revocation: 'leaf', at, expected: certificates } as const;
  const verifier = new Verifier(question);
  const verifications = certificates.map((certificate) => verifyAhead(verifier, certificate, undefined));
  return collectFindings(verifications)
    .filter(({ code }) => code.startsWith('crl/'))
    .map(({ code, origin }) => `${code} ${origin?.file ?? ''}`);
}

describe('findings of several verifications', () => {
  it('say nothing of a CRL that serves another certificate', () => {
    expect(collect([1, 2], [shard(1), shard(2)])).toEqual([]);
  });

  it('say which CRL serves none, once', () => {
    expect(collect([1, 2], [shard(1), shard(2), shard(3)])).toEqual(['crl/out-of-scope 3.crl']);
    expect(collect([1], [shard(1), shard(2)])).toEqual(['crl/out-of-scope 2.crl']);
  });

  it('keep what leaves a certificate without a status', () => {
    expect(collect([1, 2], [shard(1)])).toEqual(['crl/out-of-scope 1.crl']);
  });
});

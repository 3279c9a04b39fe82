import { describe, expect, it } from 'vitest';
import { CertificatePool } from '../../../src/path/certificate-pool.js';
import { asCertificate } from '../../support/parsed.js';
import { makeChain } from '../../support/pki.js';

const [leaf, ca, root] = makeChain(3).map(({ certificate }) => asCertificate(certificate));
if (!leaf || !ca || !root) throw new Error('a chain of three');

describe('CertificatePool.of', () => {
  it('gives the same pool for the same array', () => {
    const certificates = [ca, root];
    expect(CertificatePool.of(certificates)).toBe(CertificatePool.of(certificates));
  });

  it('makes a new one where the array has changed since, in length or in content', () => {
    const certificates = [ca];
    const before = CertificatePool.of(certificates);
    certificates.push(root);
    const longer = CertificatePool.of(certificates);
    certificates[0] = leaf;
    const other = CertificatePool.of(certificates);
    expect(before.findBySubject(root.tbsCertificate.subject)).toEqual([]);
    expect(longer.findBySubject(root.tbsCertificate.subject)).toEqual([root]);
    expect(other.findBySubject(ca.tbsCertificate.subject)).toEqual([]);
    expect(other.find(leaf)).toBe(leaf);
  });
});

/** Damaged certificates: a verdict always, an exception never, and never a yes where a signed byte was changed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { validatePath } from '../../src/path/validate-path.js';
import { describeFinding } from '../../src/report/wording/wording.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { makeChain } from '../support/pki.js';

const chain = makeChain(3, (position) => ({
  certificatePolicies: ['1.2.3'],
  ...(position === 1 && {
    nameConstraints: { permitted: ['example.com', 'dirName:CN=leaf.example.com', 'IP:192.0.2.0/24'] },
  }),
  ...(position === 0 && { san: ['leaf.example.com', 'IP:192.0.2.1', 'email:a@b.example'] }),
}));
const at = new Date('2030-01-01T00:00:00Z');

function tryParse(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof MalformedInputError) return undefined;
    throw error;
  }
}

const policyOptions = { requireExplicitPolicy: true, initialPolicySet: ['1.2.3'], purpose: 'both', at } as const;

it.each(['rfc5280', 'webpki', 'security-pack'] as const)('undamaged, the chain is accepted by %s', (profile) => {
  const path = chain.map(({ certificate }) => parseCertificate(certificate));
  expect(validatePath({ path }, { ...policyOptions, trustAnchors: path.slice(2), profile }).ok).toBe(true);
});

it('any byte of any certificate may be changed', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rfc5280', 'webpki', 'security-pack'),
      fc.nat({ max: 2 }),
      fc.array(fc.tuple(fc.nat({ max: 2000 }), fc.nat({ max: 255 })), { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (profile, position, changes, asPath) => {
        const ders = chain.map(({ certificate }) => Uint8Array.from(certificate));
        const damaged = ders[position] ?? new Uint8Array(0);
        const before = Uint8Array.from(damaged);
        for (const [offset, value] of changes) damaged[offset % damaged.length] = value;
        const certificates = ders.map(tryParse);
        const [target, intermediate, root] = certificates;
        if (!target || !intermediate || !root) return;
        const subject = asPath ? { path: [target, intermediate, root] } : { certificate: target, pool: [intermediate] };
        const result = validatePath(subject, { ...policyOptions, trustAnchors: [root], profile });
        expect(result.ok).toBe(!result.findings.some(({ severity }) => severity === 'error'));
        for (const finding of result.findings) expect(describeFinding(finding).message).not.toBe('');
        // What the root signs about itself is not looked at; anything else is.
        if (position < 2 && Buffer.compare(before, damaged) !== 0) expect(result.ok).toBe(false);
      },
    ),
    { numRuns: 3000, seed: 61 },
  );
});

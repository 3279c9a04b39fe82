/** One `Verifier` for all of PKITS says of each certificate what one made for it alone says. */
import { describe, expect, it } from 'vitest';
import { verifyCertificate, Verifier } from '../../src/verify.js';
import { conformance, pkitsCases } from '../support/conformance.js';
import { gatherPkits } from './pkits-cases.js';

const { targets, ...question } = gatherPkits(pkitsCases());

describe(`a Verifier for all of PKITS${conformance.reason}`, () => {
  it.skipIf(!conformance.available).each(['rfc5280', 'security-pack'] as const)(
    'by the rules of %s, whatever was verified before',
    (profile) => {
      const verifier = new Verifier({ ...question, profile });
      const verdicts = targets.map((certificate) => verifier.verify(certificate));
      expect(verdicts.filter(({ ok }) => ok).length).toBeGreaterThan(50);
      expect(verdicts.filter(({ ok }) => !ok).length).toBeGreaterThan(50);
      targets.forEach((certificate, position) => {
        expect(verdicts[position]).toEqual(verifyCertificate({ ...question, profile, certificate }));
      });
    },
  );
});

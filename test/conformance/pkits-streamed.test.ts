/** NIST PKITS with every CRL streamed that has entries: the verdicts of the whole ones, finding for finding. */
import { describe, expect, it } from 'vitest';
import { judgeByCRLs } from '../../src/files/judge-by-crls.js';
import { isWhole } from '../../src/x509/crl.js';
import { conformance, conformancePath, pkitsCases } from '../support/conformance.js';
import { judgePkitsCase, readPkitsCertificate } from './pkits-cases.js';

const cases = pkitsCases().filter(({ crlSensitive }) => crlSensitive);

describe(`NIST PKITS with streamed CRLs${conformance.reason}`, () => {
  let streamed = 0;

  it.each(cases)('$id $name', async (test) => {
    const files = test.crls.map((file) => conformancePath(`pkits/crls/${file}`));
    const certificates = [...test.certs, ...test.auxCerts].map(readPkitsCertificate);
    const judge = async (largeFrom: number): Promise<unknown> => {
      const options = { certificates, largeFrom, blockSize: 100, windowSize: 2048 };
      const { inputs, judgement } = await judgeByCRLs(files, options, ({ crls }) => {
        const { ok, findings, revocation } = judgePkitsCase(test, crls);
        const statuses = revocation.checked.map(({ status, reason, considered }) => [
          status,
          reason,
          considered.map(({ outcome }) => outcome),
        ]);
        return { ok, findings, statuses };
      });
      streamed += inputs.crls.filter((crl) => !isWhole(crl)).length;
      return judgement;
    };
    expect(await judge(1)).toEqual(await judge(Infinity));
  });

  it.skipIf(!conformance.available)('streams some in all', () => {
    expect(streamed).toBeGreaterThan(20);
  });
});

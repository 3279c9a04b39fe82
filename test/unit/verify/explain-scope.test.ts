/** The CRL that OpenSSL sets aside is said to be about what it is about, not about a nameless distribution point. */
import { expect, test } from 'vitest';
import { viewAsOpenssl } from '../../../src/path/security-pack/openssl-certificate.js';
import { explainScope, matchPoints } from '../../../src/verify/predict-scope.js';
import { issuingDistributionPoint } from '../../../src/x509/extensions/crl-extensions.js';
import type { IssuingDistributionPointInput } from '../../support/extensions.js';
import { crl, issuer, leaf } from '../../support/revocation.js';

const url = 'http://crl.fly.example.com/7.crl';

test.each([
  ['CA certificates', leaf, { onlyContainsCACerts: true }, 'ca-certificates', []],
  ['end-entity certificates', issuer, { onlyContainsUserCerts: true }, 'user-certificates', []],
  ['attribute certificates', leaf, { onlyContainsAttributeCerts: true }, 'attribute-certificates', []],
  ['one distribution point', leaf, { fullName: [`URI:${url}`] }, 'distribution-point', [url]],
] as const)('a CRL of %s', (_, certificate, only, scope, points) => {
  const input: IssuingDistributionPointInput = only;
  const list = crl({ issuingDistributionPoint: input });
  const idp = list.tbsCertList.crlExtensions.get(issuingDistributionPoint);
  const view = viewAsOpenssl(certificate);
  expect(matchPoints(view, list, idp)).toBeUndefined();
  expect(explainScope(view, list, idp)).toEqual({ scope, points });
});

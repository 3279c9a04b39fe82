/** Files of `samples/broken/crl`: CRLs about Issuing CA 1, or not, that do not say that sip1 is good. */
import { X509CrlReason } from '@peculiar/x509';
import { crlsPEM, issue, makeCRL, makeExtension, makeNumber, toPEM } from './maker.js';

const issuingDistributionPoint = (hex) => makeExtension('2.5.29.28', true, hex);

export async function listBrokenCRLs({ authorities: { root1, issuing1, issuing2 }, crls }) {
  const otherKeyCA = await issue(root1, { commonName: 'Example Issuing CA 1', serialNumber: '1006', ca: true });
  const damaged = Uint8Array.from(crls.issuing1);
  damaged[damaged.length - 1] ^= 1;
  const certificateOfAnotherIssuer = {
    serialNumber: '2150',
    revocationDate: new Date('2025-05-05'),
    reason: X509CrlReason.cessationOfOperation,
    issuer: issuing2.subject,
  };
  const make = async (options) => crlsPEM(await makeCRL(issuing1, { number: 43, ...options }));
  return {
    'stale.crl.pem': await make({ thisUpdate: '2025-07-01', nextUpdate: '2025-08-01' }),
    'not-yet-valid.crl.pem': await make({ thisUpdate: '2044-01-01' }),
    'signed-by-another-key.crl.pem': await make({ signer: otherKeyCA }),
    'damaged-signature.crl.pem': crlsPEM(damaged),
    'of-another-issuer.crl.pem': crlsPEM(crls.issuing2),
    'delta.crl.pem': await make({ extensions: [makeNumber(42, '2.5.29.27')] }),
    // IssuingDistributionPoint { indirectCRL TRUE }
    'indirect.crl.pem': await make({
      extensions: [issuingDistributionPoint('30038401ff')],
      entries: [certificateOfAnotherIssuer],
    }),
    // IssuingDistributionPoint { onlyContainsCACerts TRUE }
    'ca-certificates-only.crl.pem': await make({ extensions: [issuingDistributionPoint('30038201ff')] }),
    'unknown-critical-extension.crl.pem': await make({
      extensions: [makeExtension('1.3.6.1.4.1.32473.1', true, '0500')],
    }),
    'wrong-label.crl.pem': toPEM(crls.issuing1, 'CRL'),
    'root-crl-missing.crl.pem': crlsPEM(crls.issuing1),
  };
}

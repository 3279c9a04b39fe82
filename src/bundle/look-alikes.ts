/** Certificates of one bundle under one name: the same CA issued again, the same CA signed by another, or another key. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalNames } from '../names/distinguished-name.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { shortName } from '../x509/name.js';
import { groupBy } from '../x509/group-by.js';
import { publicKeyOf, subjectKeyOf } from './identity.js';
import { nameCertificate } from '../x509/naming.js';

function compareSameKey(certificate: Certificate, earlier: Certificate): Finding {
  const place = { origin: certificate.origin };
  const [own, others] = [certificate.tbsCertificate, earlier.tbsCertificate];
  const other = nameCertificate(earlier);
  if (equalNames(own.issuer, others.issuer)) {
    const params = {
      notAfter: own.validity.notAfter.toISOString(),
      other,
      otherNotAfter: others.validity.notAfter.toISOString(),
    };
    return createFinding('bundle/same-key-new-validity', subjectOf(certificate), params, place);
  }
  const params = { issuer: shortName(own.issuer), other, otherIssuer: shortName(others.issuer) };
  return createFinding('bundle/cross-sign', subjectOf(certificate), params, place);
}

/**
 * Compares each certificate with the first of its name and the first of its name and key: as many findings as there are
 * namesakes, never one for each pair.
 */
export function findLookAlikes(certificates: readonly Certificate[]): Finding[] {
  const findings: Finding[] = [];
  for (const namesakes of groupBy(certificates, subjectKeyOf).values()) {
    if (namesakes.length === 1) continue;
    const [first, ...otherKeys] = [...groupBy(namesakes, publicKeyOf).values()];
    for (const sameKey of [first ?? [], ...otherKeys]) {
      const [earliest, ...later] = sameKey;
      if (!earliest) continue;
      const [leader] = namesakes;
      if (sameKey !== first && leader) {
        const params = { other: nameCertificate(leader) };
        const place = { origin: earliest.origin };
        findings.push(createFinding('bundle/same-name-other-key', subjectOf(earliest), params, place));
      }
      findings.push(...later.map((certificate) => compareSameKey(certificate, earliest)));
    }
  }
  return findings;
}

/** Which certificates a CRL is about, as reports show it. */
import { issuingDistributionPoint } from '../x509/extensions/crl-extensions.js';
import type { Extensions } from '../x509/extensions.js';
import { formatRelativeDistinguishedName } from '../x509/name.js';
import { formatGeneralName } from '../revocation/crl-scope.js';
import { readIfWellFormed } from './read-extension.js';

export interface CRLScope {
  readonly certificates: 'all' | 'user' | 'ca' | 'attribute' | 'unreadable';
  /** Only certificates with one of these distribution points. */
  readonly points?: readonly string[];
  /** Only what is revoked for these reasons. */
  readonly reasons?: readonly string[];
  /** Certificates of other issuers, too. */
  readonly indirect: boolean;
}

export function readScope(extensions: Extensions): CRLScope {
  const scope = readIfWellFormed(extensions, issuingDistributionPoint);
  if (!scope) {
    return { certificates: extensions.has(issuingDistributionPoint) ? 'unreadable' : 'all', indirect: false };
  }
  const { onlyContainsUserCerts, onlyContainsCACerts, onlyContainsAttributeCerts, distributionPoint: name } = scope;
  const certificates = onlyContainsUserCerts
    ? 'user'
    : onlyContainsCACerts
      ? 'ca'
      : onlyContainsAttributeCerts
        ? 'attribute'
        : 'all';
  const points =
    name &&
    ('fullName' in name
      ? name.fullName.map(formatGeneralName)
      : [`${formatRelativeDistinguishedName(name.nameRelativeToCRLIssuer)} below the issuer`]);
  return {
    certificates,
    ...(points && { points }),
    ...(scope.onlySomeReasons && { reasons: [...scope.onlySomeReasons] }),
    indirect: scope.indirectCRL,
  };
}

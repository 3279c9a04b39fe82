/** Which of several CRLs of one series is the newest (RFC 5280 5.2.3). */
import type { CertificateList } from '../x509/crl.js';
import { cRLNumber } from '../x509/extensions/crl-extensions.js';

/**
 * Compares CRLs of one issuer, key and scope: positive where `a` is newer. By CRL number, then by thisUpdate; by
 * thisUpdate alone where a member of the series has no number, so that the order never runs in a circle.
 */
function compareInSeries(series: readonly CertificateList[]): (a: CertificateList, b: CertificateList) => number {
  const numberOf = ({ tbsCertList }: CertificateList): bigint | undefined => tbsCertList.crlExtensions.get(cRLNumber);
  const areNumbered = series.every((crl) => numberOf(crl) !== undefined);
  return (a, b) => {
    const [number, other] = areNumbered ? [numberOf(a) ?? 0n, numberOf(b) ?? 0n] : [0n, 0n];
    if (number !== other) return number > other ? 1 : -1;
    return a.tbsCertList.thisUpdate.getTime() - b.tbsCertList.thisUpdate.getTime();
  };
}

/**
 * The newest of those that `supersede` an older CRL of their series, or undefined where none does. One with a higher number
 * and an earlier date supersedes nothing, nor is it superseded: nobody knows which of the two the CA means, and OpenSSL 3.0
 * goes by the date.
 */
export function findSuccessor(
  older: CertificateList,
  series: readonly CertificateList[],
  supersedes: (newer: CertificateList) => boolean,
): CertificateList | undefined {
  const compare = compareInSeries(series);
  const isEarlier = ({ tbsCertList }: CertificateList): boolean =>
    tbsCertList.thisUpdate < older.tbsCertList.thisUpdate;
  const newer = series.filter((crl) => compare(crl, older) > 0 && !isEarlier(crl) && supersedes(crl));
  return newer.sort(compare).at(-1);
}

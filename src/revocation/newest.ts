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
 * The CRLs of a series that another one makes superfluous, each with the newest that does. One with a higher number and an
 * earlier date supersedes nothing, nor is it superseded: nobody knows which of the two the CA means, and OpenSSL 3.0 goes by
 * the date.
 *
 * @param series CRLs of one issuer, key and scope. @param mayDisplace whether the newer may take the place of the older.
 */
export function findSuccessors<CRL extends CertificateList>(
  series: readonly CRL[],
  mayDisplace: (newer: CRL, older: CRL) => boolean,
): ReadonlyMap<CRL, CRL> {
  const successors = new Map<CRL, CRL>();
  if (series.length < 2) return successors;
  const compare = compareInSeries(series);
  // Of equally new ones the last counts.
  const newestFirst = [...series].sort(compare).reverse();
  for (const older of series) {
    for (const newer of newestFirst) {
      if (compare(newer, older) <= 0) break;
      if (newer.tbsCertList.thisUpdate < older.tbsCertList.thisUpdate || !mayDisplace(newer, older)) continue;
      successors.set(older, newer);
      break;
    }
  }
  return successors;
}

/** One certificate against a CRL of a million entries. */
import { encodePemBytes } from '../../../src/pem/encode.js';
import { issueCertificate, makeLargeCRL } from '../../support/pki.js';
import { showMilliseconds, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms, measurePeak } from '../measure.js';
import { at, atSeconds, toPem, write } from '../piles.js';

function run({ folder, quick, certwright }: Bench): Row[] {
  const entries = quick ? 100_000 : 1_000_000;
  const ca = issueCertificate(undefined, { subject: 'CN=Issuing CA 1,O=Fly Example Ltd', ca: true });
  const crl = write(folder, 'large.crl.pem', encodePemBytes('X509 CRL', makeLargeCRL(ca, entries)));
  const caFile = write(folder, 'ca.pem', toPem(ca.certificate));
  const leaf = issueCertificate(ca, { subject: 'CN=leaf', serialNumber: 5 });
  const leafFile = write(folder, 'leaf.pem', toPem(leaf.certificate));
  const ours = {
    command: certwright(
      ...['crl', 'check', leafFile, '--crl', crl, '--issuers', caFile, '--scope', 'leaf', '--at', at],
    ),
  };
  const theirs = {
    command: [
      ...['openssl', 'verify', '-crl_check', '-attime', atSeconds, '-CAfile', caFile, '-CRLfile', crl, leafFile],
    ],
  };
  const times = comparePrograms(ours, theirs, 3);
  const peaks = [measurePeak(ours), measurePeak(theirs)] as const;
  const work = `one certificate against a CRL of ${entries.toLocaleString('en-US')} entries`;
  const names = { ours: '`certwright crl check`', theirs: '`openssl verify -crl_check`' };
  const wall: Row = {
    work,
    ...names,
    ratio: times.ratio,
    figures: [showMilliseconds(times.ours), showMilliseconds(times.theirs)],
  };
  const [own, other] = peaks;
  if (own === undefined || other === undefined) return [wall];
  const ratio = own / other;
  const memory: Row = {
    work: `${work}: peak memory`,
    ...names,
    ratio: { median: ratio, min: ratio, max: ratio },
    figures: [`${own.toFixed(0)} MB`, `${other.toFixed(0)} MB`],
  };
  return [wall, memory];
}

export const largeCRL: Case = {
  title: 'Large CRLs',
  about: 'A CRL as PEM, 57 bytes an entry, its signature checked.',
  run,
};

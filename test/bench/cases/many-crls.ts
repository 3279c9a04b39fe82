/** Many certificates and many CRLs at once: what a fleet of many CAs is verified with. */
import { encodePem } from '../../../src/pem/encode.js';
import { issueCertificate, makeCRL, makeKeyPair } from '../../support/pki.js';
import { showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, atSeconds, toPem, write } from '../piles.js';

/** End entities of each CA. */
const each = 10;
/** Entries of each CRL; none is about an end entity here. */
const entries = Array.from({ length: 100 }, (_, position) => ({ serialNumber: 1_000_000 + position }));

function run({ folder, quick, certwright }: Bench): Row[] {
  const count = quick ? 50 : 200;
  const key = makeKeyPair();
  const cas = Array.from({ length: count }, (_, position) =>
    issueCertificate(undefined, { subject: `CN=CA ${position},O=Fly Example Ltd`, ca: true }),
  );
  const crls = cas.map((ca) => makeCRL({ issuer: ca.subject, issuerKey: ca.key, entries }));
  const leaves = cas.flatMap((ca, number) =>
    Array.from({ length: each }, (_, position) =>
      write(
        folder,
        `sip${number}-${position}.pem`,
        toPem(issueCertificate(ca, { subject: `CN=sip${number}-${position}.fly.example.com`, key }).certificate),
      ),
    ),
  );
  const caFile = write(folder, 'trusted-ca.pem', cas.map(({ certificate }) => toPem(certificate)).join(''));
  const crlFile = write(folder, 'tls-crl.pem', crls.map((der) => encodePem('X509 CRL', der)).join(''));
  const inputs = ['--trusted-ca', caFile, '--crl', crlFile, '--revocation', 'leaf', '--at', at];
  const times = comparePrograms(
    { command: certwright('verify', ...leaves, ...inputs, '--quiet') },
    {
      command: [
        ...['openssl', 'verify', '-crl_check', '-attime', atSeconds],
        ...['-CAfile', caFile, '-CRLfile', crlFile, ...leaves],
      ],
    },
    quick ? 3 : 5,
  );
  return [
    {
      work: `${(count * each).toLocaleString('en-US')} certificates of ${count} CAs`,
      ours: '`certwright verify`',
      theirs: '`openssl verify -crl_check`',
      ...showTimes(times),
    },
  ];
}

export const manyCRLs: Case = {
  title: 'Many certificates and many CRLs',
  about: 'Ten end entities of each CA, every CA trusted and with a CRL of 100 entries in one file; P-256 keys.',
  run,
};

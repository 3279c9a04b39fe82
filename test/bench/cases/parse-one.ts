/** Parsing one certificate, beside node:crypto and @peculiar/x509. */
import { X509Certificate } from 'node:crypto';
import * as peculiar from '@peculiar/x509';
import { parseCertificate, type Certificate } from '../../../src/x509/certificate.js';
import { certificateExtensions } from '../../../src/x509/extensions/known-extensions.js';
import { issueCertificate } from '../../support/pki.js';
import type { Bench, Case, Row } from '../case.js';
import { compareTimes, timeCall } from '../measure.js';

/** How long each function is repeated in one measurement, in milliseconds. */
const measureFor = 200;

function run({ quick }: Bench): Row[] {
  const ca = issueCertificate(undefined, { subject: 'CN=Issuing CA 1,O=Fly Example Ltd', ca: true });
  const der = issueCertificate(ca, {
    subject: 'CN=sip1.fly.example.com,O=Fly Example Ltd,C=GB',
    san: ['sip1.fly.example.com', 'sip2.fly.example.com'],
    keyUsage: ['digitalSignature'],
    extKeyUsage: ['serverAuth', 'clientAuth'],
    crlDistributionPoints: ['URI:http://pki.fly.example.com/ca.crl'],
    authorityInfoAccess: { caIssuers: ['http://pki.fly.example.com/ca.cer'] },
  }).certificate;
  const located = (): Certificate => parseCertificate(der);
  const decoded = (): void => {
    const { extensions } = parseCertificate(der).tbsCertificate;
    for (const type of certificateExtensions) extensions.get(type);
  };
  const byNode = (): X509Certificate => new X509Certificate(der);
  const byPeculiar = (): peculiar.X509Certificate => new peculiar.X509Certificate(der);
  const compare = (work: string, ours: () => unknown, name: string, theirs: () => unknown): Row => {
    const figures = compareTimes(
      () => timeCall(ours, measureFor),
      () => timeCall(theirs, measureFor),
      quick ? 3 : 7,
    );
    return {
      work,
      ours: '`parseCertificate`',
      theirs: name,
      ratio: figures.ratio,
      figures: [`${figures.ours.median.toFixed(1)} µs`, `${figures.theirs.median.toFixed(1)} µs`],
    };
  };
  return [
    compare('names, validity read, extensions located', located, '`new crypto.X509Certificate`', byNode),
    compare('the same', located, '`@peculiar/x509`', byPeculiar),
    compare('every extension decoded', decoded, '`new crypto.X509Certificate`', byNode),
  ];
}

export const parseOne: Case = {
  title: 'Parsing one certificate',
  about: 'An end entity of a P-256 CA with seven extensions, within one process; 20 µs are wanted.',
  run,
};

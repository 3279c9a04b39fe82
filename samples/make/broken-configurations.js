/**
 * Whole configurations with one fault each, for `samples/broken/config`. The fault is in one side's file or in what that
 * file names; the other side is that of a good configuration, so that a comparison of the two shows the fault alone.
 */
import { listChainFaults, listNameFaults, listRevocationFaults } from './certificate-faults.js';
import { renderINI, simple } from './configurations.js';
import { listFileFaults, listOptionFaults, listProtocolFaults, listSIPFaults } from './option-faults.js';

const faults = {
  ...listOptionFaults(),
  ...listFileFaults(),
  ...listChainFaults(),
  ...listRevocationFaults(),
  ...listNameFaults(),
  ...listProtocolFaults(),
  ...listSIPFaults(),
};

/**
 * The samples by name: what each shows, the side at fault, the target and further options to try it with, and the two
 * files, as sections or made with the thumbprint of sip1. A side that is not given is that of `config/simple`.
 */
export const brokenConfigurations = Object.fromEntries(
  Object.entries(faults).map(([name, { server = simple.server, client = simple.client, ...fault }]) => [
    name,
    {
      fault: server === simple.server ? 'client' : 'server',
      target: 'sip1.fly.example.com',
      options: '',
      ...fault,
      server,
      client,
    },
  ]),
);

/** Files made of good ones, beside the configurations that name them. */
function listSpoiltFiles(readSample) {
  const rootCRL = readSample('etc/sec/crl/example-root-ca-1.crl.pem');
  return {
    'four-dashes/trusted-ca.pem': readSample('etc/sec/ca/trusted-ca.pem').replaceAll('-----', '----'),
    'stale-crl/tls-crl.pem': readSample('broken/crl/stale.crl.pem') + rootCRL,
    'crl-damaged-signature/tls-crl.pem': readSample('broken/crl/damaged-signature.crl.pem') + rootCRL,
    'crl-wrong-label/tls-crl.pem': readSample('etc/sec/crl/tls-crl.pem').replaceAll(' X509 CRL-', ' CRL-'),
  };
}

/**
 * @param {{ thumbprint: string, faulty: Record<string, Record<string, string>>, readSample: (name: string) => string }} made
 * @returns files of `broken/config`; the remark stands in the file at fault
 */
export function listBrokenConfigurations({ thumbprint, faulty, readSample }) {
  const files = listSpoiltFiles(readSample);
  for (const [name, { shows, fault, server, client }] of Object.entries(brokenConfigurations)) {
    for (const [side, given] of Object.entries({ server, client })) {
      const remark = side === fault ? shows.replaceAll('`', '') : `The ${side} has no fault`;
      const content = typeof given === 'function' ? given(thumbprint, remark) : given;
      const isDocument = typeof content === 'string';
      files[`${name}/${side}.${isDocument ? 'xml' : 'ini'}`] = isDocument ? content : renderINI(remark, content);
    }
    for (const [file, content] of Object.entries(faulty[name] ?? {})) files[`${name}/${file}`] = content;
  }
  return files;
}

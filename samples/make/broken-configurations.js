/**
 * Whole configurations with one fault each, for `samples/broken/config`. The fault is in one side's file or in what that
 * file names; the other side is that of a good configuration, so that a comparison of the two shows the fault alone.
 */
import { listChainFaults, listNameFaults, listRevocationFaults } from './certificate-faults.js';
import { renderINI, simple } from './configurations.js';
import { listFileFaults, listOptionFaults, listProtocolFaults, listSIPFaults } from './option-faults.js';

/** @typedef {import('./configurations.js').Sections} Sections */

/**
 * The samples by name: what each shows, the two files as sections or made with the thumbprint of sip1, the side at
 * fault, and the target and further options to try it with. A side that is not given is that of `config/simple`.
 *
 * @type {Record<string, { shows: string, server?: Sections | Function, client?: Sections | Function, fault?: 'server' | 'client',
 *   target?: string, options?: string }>}
 */
export const brokenConfigurations = {
  ...listOptionFaults(),
  ...listFileFaults(),
  ...listChainFaults(),
  ...listRevocationFaults(),
  ...listNameFaults(),
  ...listProtocolFaults(),
  ...listSIPFaults(),
};

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
  for (const [name, { shows, fault, ...sides }] of Object.entries(brokenConfigurations)) {
    for (const side of ['server', 'client']) {
      const isFaulty = side === (fault ?? (sides.server ? 'server' : 'client'));
      const remark = isFaulty ? shows.replaceAll('`', '') : `The ${side} has no fault`;
      const given = sides[side] ?? simple[side];
      const content = typeof given === 'function' ? given(thumbprint, remark) : given;
      const isDocument = typeof content === 'string';
      files[`${name}/${side}.${isDocument ? 'xml' : 'ini'}`] = isDocument ? content : renderINI(remark, content);
    }
    for (const [file, content] of Object.entries(faulty[name] ?? {})) files[`${name}/${file}`] = content;
  }
  return files;
}

/** A client for a server whose client is not known: it trusts the roots in the server's own files, and has no certificate. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { equalBytes } from '../der/values.js';
import { encodePem } from '../pem/encode.js';
import type { SideConfiguration, WindowsStore } from '../security-pack/configuration.js';
import type { SideMaterial } from './side-material.js';

export interface StandIn {
  readonly material: SideMaterial;
  readonly findings: readonly Finding[];
}

/** Its protocols and ciphers are Node's defaults. */
export function makeStandIn({ files, options }: SideConfiguration, store: WindowsStore | undefined): StandIn {
  const certificates = [
    ...(files.certificate?.certificates ?? []),
    ...(files.trustedCA?.certificates ?? []),
    ...(store?.certificates ?? []),
  ];
  const roots = certificates.filter(({ tbsCertificate }) =>
    equalBytes(tbsCertificate.subject.bytes, tbsCertificate.issuer.bytes),
  );
  const ca = roots.map(({ der }) => encodePem('CERTIFICATE', der));
  const params = { trusted: new Set(ca).size, mutual: options.mutual };
  return {
    material: {
      side: 'client',
      options: { ca },
      crls: undefined,
      crlOption: undefined,
      hasCertificate: false,
      errors: [],
    },
    findings: [createFinding('rehearse/stand-in-client', { kind: 'option', name: 'the client' }, params)],
  };
}

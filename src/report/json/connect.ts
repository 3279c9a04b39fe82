/** The `result` of `certwright connect --json`. */
import type { ConnectResult } from '../../handshake/connect.js';
import type { Certificate } from '../../x509/certificate.js';
import type { CertificateList } from '../../x509/crl.js';
import { summarizeCertificate } from './certificate.js';
import { summarizeCRL } from './crl.js';
import { viewVerification } from './verify.js';

export interface Connection {
  readonly result: ConnectResult;
  readonly trustedFrom: {
    readonly certificates: readonly Certificate[];
    readonly sources: readonly string[];
    /** The system's roots, because none were named. */
    readonly isSystem: boolean;
  };
  readonly crls: readonly CertificateList[];
}

export function viewConnection({ result, trustedFrom, crls }: Connection): object {
  const { verification } = result;
  return {
    host: result.host,
    port: result.port,
    name: result.name,
    ...(result.serverName !== undefined && { serverName: result.serverName }),
    ...(result.address !== undefined && { address: result.address }),
    connected: result.connected,
    ...(result.protocol !== undefined && { protocol: result.protocol }),
    ...(result.cipher !== undefined && { cipher: result.cipher }),
    clientCertificate: result.clientCertificate,
    sent: result.sent.map(summarizeCertificate),
    trusted: {
      certificates: trustedFrom.certificates.length,
      sources: trustedFrom.sources,
      system: trustedFrom.isSystem,
    },
    ...(verification && {
      verification: viewVerification({ ...verification, findings: verification.result.findings }),
    }),
    crls: crls.map(summarizeCRL),
  };
}

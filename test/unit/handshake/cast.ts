/** The certificates and sides that the tests of the rehearsal share, and how they run one. */
import type { Finding, SettingOrigin } from '../../../src/finding/finding.js';
import { rehearse } from '../../../src/handshake/rehearse.js';
import type { Rehearsal, RehearsalResult } from '../../../src/handshake/rehearsal.js';
import { shortName } from '../../../src/x509/name.js';
import { issueCertificate, makeCRL, type Holder } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';
import { keyPem, makeConfiguration, pem, type SideInput } from './configuration.js';

export const root = issueCertificate(undefined, { subject: 'CN=Root', ca: true });
export const ca = issueCertificate(root, { subject: 'CN=Issuing', ca: true });
export const server = issueCertificate(ca, { subject: 'CN=server', san: ['sip1.example.com'], serialNumber: 1001 });
export const client = issueCertificate(ca, { subject: 'CN=client', serialNumber: 1002 });
export const stranger = issueCertificate(undefined, { subject: 'CN=Stranger', ca: true });
export const expired = issueCertificate(ca, { subject: 'CN=expired', notAfter: new Date('2025-06-01') });

export const serverSide: SideInput = { certificate: pem(server, ca, root), key: keyPem(server), trustedCA: pem(root) };
export const clientSide: SideInput = { trustedCA: pem(root) };
export const mutualServer: SideInput = { ...serverSide, options: { mutual: true } };
export const mutualClient: SideInput = { ...clientSide, certificate: pem(client, ca, root), key: keyPem(client) };
export const only = (version: 'TLSv1.2' | 'TLSv1.3') => ({ protocols: { min: version, max: version } });
export const crlOf = (issuer: Holder, options: object = {}) =>
  makeCRL({ issuer: issuer.subject, issuerKey: issuer.key, ...options });
export const names = (certificates: Rehearsal['server']['received']) =>
  certificates.map(({ tbsCertificate }) => shortName(tbsCertificate.subject));
export const subject = { kind: 'certificate', name: 'CN=x' } as const;

export async function run(
  input: Parameters<typeof makeConfiguration>[0],
  findings: readonly Finding[] = [],
): Promise<RehearsalResult & { first: Rehearsal }> {
  const configuration = await makeConfiguration(input, makeScratch());
  const result = await rehearse(configuration, { findings });
  const [first] = result.rehearsals;
  if (!first) throw new Error(JSON.stringify(result.findings));
  return { ...result, first };
}
export const codes = ({ findings }: RehearsalResult) => findings.map(({ code }) => code);
export const settingOf = (side: 'server' | 'client', option: string): SettingOrigin => ({
  side,
  option,
  origin: { file: `${side}.ini`, line: 2 },
});

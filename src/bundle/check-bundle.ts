/** Says whether a bundle is fit to be a trusted-ca, and whether it would trust given peers. */
import type { OnProgress } from '../chain/issuer-index.js';
import { buildPile } from '../chain/pile.js';
import { containerNames, type InputObject } from '../containers/input-object.js';
import { createFinding } from '../finding/catalogue.js';
import { identifyFinding, isOk, type Finding } from '../finding/finding.js';
import type { Certificate } from '../x509/certificate.js';
import { explainNotCA, groupByRole, inspectMembers, makeRoleIndex, type Members } from './inspect-members.js';
import { judgePeer, type PeerVerdict } from './judge-peer.js';
import { explainDuplicates } from './sift.js';

export interface CheckBundleOptions {
  /** The instant at which validity is judged; both bounds of a validity belong to it. */
  readonly at: Date;
  /** What findings call the bundle, usually its file. */
  readonly name: string;
  /** What each peer sends: its certificate with its chain. */
  readonly peers?: readonly (readonly Certificate[])[] | undefined;
  /** Told of how many certificates the signature has been looked into. */
  readonly onProgress?: OnProgress | undefined;
}

export interface BundleCheck {
  /** True when no finding is an error: fit, and every peer is trusted. */
  readonly ok: boolean;
  /** True when no finding about the bundle itself is an error. */
  readonly fit: boolean;
  readonly members: Members;
  readonly peers: readonly PeerVerdict[];
  readonly findings: readonly Finding[];
}

/** One finding for each fault, however many peers meet it. */
function removeRepeated(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map((finding) => [identifyFinding(finding), finding])).values()];
}

/**
 * Checks the certificates of a trusted-ca as they stand in their file.
 *
 * @returns errors: `bundle/no-root`, `bundle/missing-root`, `certificate/expired` (a warning where a valid certificate of
 * the same name and key stands beside it), `certificate/malformed-extension`, and for each peer that would not be trusted
 * `bundle/peer-not-trusted`; warnings and infos for the rest. Never throws for what the certificates say. Security
 * Deployment Guide, trusted CAs. Not checked: how the file is written (`explainFileContents`, and the findings of
 * `readInputs`), name constraints, purposes, host names and revocation.
 */
export function checkBundle(
  certificates: readonly Certificate[],
  { at, name, peers = [], onProgress }: CheckBundleOptions,
): BundleCheck {
  const pile = buildPile(certificates, { onProgress });
  const roleOf = makeRoleIndex(pile);
  const members = groupByRole(pile.certificates, roleOf);
  const notCAs = members.others.flatMap((certificate) => {
    const role = roleOf(certificate);
    return role.role === 'not-a-ca' ? [explainNotCA(certificate, role, 'found')] : [];
  });
  const own = [
    ...pile.findings,
    ...explainDuplicates(pile.duplicates, 'found'),
    ...notCAs,
    ...inspectMembers(members, pile, at, { rootMissing: 'error', expired: 'error' }),
    ...(members.roots.length === 0 ? [createFinding('bundle/no-root', { kind: 'bundle', name }, {})] : []),
  ];
  const judged = peers.map((sent) => judgePeer(sent, pile.certificates, { at, name }));
  const findings = removeRepeated([...own, ...judged.flatMap((peer) => peer.findings)]);
  return { ok: isOk(findings), fit: isOk(own), members, peers: judged.flatMap(({ verdicts }) => verdicts), findings };
}

/**
 * Says what in the files of a bundle OpenSSL will not read as a trusted CA, or should not stand there: certificates in
 * other containers than PEM, private keys, CRLs. One finding a file for containers, one an object for the others.
 */
export function explainFileContents(objects: readonly InputObject[]): Finding[] {
  const findings: Finding[] = [];
  const notPem = new Set<string>();
  for (const { kind, container, origin, label = container } of objects) {
    const place = { origin };
    if (kind === 'private-key') {
      findings.push(createFinding('bundle/holds-private-key', { kind, name: label }, {}, place));
    } else if (kind === 'crl') findings.push(createFinding('bundle/holds-crl', { kind, name: label }, {}, place));
    if (kind !== 'certificate' || container === 'pem' || notPem.has(origin.file)) continue;
    notPem.add(origin.file);
    const subject = { kind: 'file', name: origin.file } as const;
    const params = { container: containerNames[container] };
    findings.push(createFinding('bundle/not-pem', subject, params, { origin: { file: origin.file } }));
  }
  return findings;
}

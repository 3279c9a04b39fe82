/** One direction of a handshake: what one side sends, and what the other makes of it. */
import { isSelfIssued, IssuerIndex } from '../../chain/issuer-index.js';
import { separateMalformed } from '../../chain/pile.js';
import type { TargetCheck } from '../../hostname/check-target.js';
import { verifyCertificate, type VerifyCertificateResult } from '../../verify.js';
import type { Certificate } from '../../x509/certificate.js';
import { purposeOf } from './check-chain.js';
import type { FilesVerdict } from './check-files.js';
import type { Configuration, OptionFiles, SideConfiguration } from '../configuration.js';
import type { Obstacle } from '../obstacle.js';
import type { Presented } from './presented.js';
import type { Side } from '../setting.js';

export interface Direction {
  readonly presenter: Side;
  readonly verifier: Side;
  /** In the order in which it is sent; empty where that is not known. */
  readonly sent: readonly Certificate[];
  /** Undefined where what is sent, or what is trusted, is not known. */
  readonly result: VerifyCertificateResult | undefined;
  /** One for each target, where the verifier is a client; the name check may be off. */
  readonly hostChecks: readonly TargetCheck[];
}

/** What a side trusts, or why that is not known. */
export interface Trust {
  readonly anchors: readonly Certificate[];
  /** At hand for building paths, not trusted. */
  readonly intermediates: readonly Certificate[];
  readonly obstacle: Obstacle | undefined;
}

/** What OpenSSL keeps behind a TRUSTED CERTIFICATE decides for which purposes it is trusted, and is not evaluated here. */
function findTrustSettings({ findings }: OptionFiles): Obstacle | undefined {
  const hasSettings = findings.some(
    ({ code, params }) => code === 'pem/trusted-certificate' && Number(params.auxiliaryBytes) > 0,
  );
  return hasSettings ? { reason: 'trust-settings' } : undefined;
}

/** The trusted-ca of a UNIX side; the roots of the store of a Windows side. */
export function findTrust(side: SideConfiguration, files: FilesVerdict, configuration: Configuration): Trust {
  const none = { anchors: [], intermediates: [] };
  if (side.platform === 'windows') {
    const store = configuration.windowsStore;
    if (!store) return { ...none, obstacle: { because: 'files/windows-store' } };
    const certificates = separateMalformed(store.certificates).wellFormed;
    const index = new IssuerIndex(certificates);
    return {
      anchors: certificates.filter((certificate) => index.isSelfSigned(certificate)),
      intermediates: certificates,
      obstacle: undefined,
    };
  }
  const { trustedCA } = side.files;
  if (!trustedCA) return { ...none, obstacle: { reason: 'trusted-ca-not-set' } };
  const obstacle = files.obstacles.trustedCA ?? findTrustSettings(trustedCA);
  return obstacle ? { ...none, obstacle } : { ...none, anchors: trustedCA.certificates, obstacle };
}

/**
 * What goes over the wire. OpenSSL that is given one certificate and no chain looks for the rest in the trusted-ca of its
 * own side (SSL_MODE_NO_AUTO_CHAIN is not set); observed on 3.0.19. Windows leaves the root out.
 */
export function findOnWire(
  { sent, side }: Presented,
  from: { readonly trust: Trust; readonly configuration: SideConfiguration } | undefined,
  at: Date,
): readonly Certificate[] {
  const [only, ...others] = sent;
  if (!only || !from) return sent;
  if (from.configuration.platform === 'windows') {
    return sent.filter((certificate, position) => position === 0 || !isSelfIssued(certificate));
  }
  const { anchors } = from.trust;
  if (others.length > 0 || anchors.length === 0) return sent;
  return verifyCertificate({
    certificate: only,
    trustAnchors: anchors,
    at,
    purpose: purposeOf(side),
    profile: 'security-pack',
    revocation: 'off',
  }).path;
}

export interface Verification {
  readonly verifier: SideConfiguration;
  readonly presented: Presented;
  /** As it goes over the wire. */
  readonly sent: readonly Certificate[];
  readonly trust: Trust;
  readonly crls: SideConfiguration['files']['tlsCRL'];
  readonly scope: 'off' | 'leaf' | 'chain';
  readonly at: Date;
}

/** What the verifier says of the certificate that is meant; where another stands first, that is told elsewhere. */
export function verifyPresented({
  presented,
  sent,
  trust,
  crls,
  scope,
  at,
}: Verification): VerifyCertificateResult | undefined {
  const { own, obstacle } = presented;
  if (!own || obstacle || trust.obstacle) return undefined;
  return verifyCertificate({
    certificate: own,
    intermediates: [...sent.filter((certificate) => certificate !== own), ...trust.intermediates],
    trustAnchors: trust.anchors,
    at,
    purpose: purposeOf(presented.side),
    profile: 'security-pack',
    crls: crls?.crls ?? [],
    revocation: scope,
  });
}

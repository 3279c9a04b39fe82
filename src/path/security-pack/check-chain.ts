/** What OpenSSL 3.0 checks of a chain before any signature: extensions, CA flags, purposes and path length. */
import type { Purpose } from '../path-inputs.js';
import { checkCurve } from '../process-certificate.js';
import { namePurposes, purposesOf, type TLSPurpose } from '../purposes.js';
import { shortName } from '../../x509/name.js';
import type { OpensslChain } from './build-chain.js';
import type { OpensslCertificate } from './openssl-certificate.js';
import type { Transcript } from './transcript.js';

/** `firm` says that it is one; `doubtful` only does not say the contrary, which is enough for the top of a chain. */
type Authority = 'firm' | 'doubtful' | 'none';

/** Netscape's certificate type: bits for SSL client, SSL server, SSL CA, and any kind of CA. */
const netscape = { client: 0x80, server: 0x40, sslCA: 0x04, anyCA: 0x07 };

function judgeAuthority(view: OpensslCertificate): Authority {
  const { keyUsage, basicConstraints, certificate, selfSigned, netscapeCertType = 0 } = view;
  if (view.fault !== undefined) return 'none';
  if (keyUsage && !keyUsage.has('keyCertSign')) return 'none';
  if (basicConstraints) return basicConstraints.cA ? 'firm' : 'none';
  const isOldRoot = certificate.tbsCertificate.version === 1 && selfSigned;
  return isOldRoot || keyUsage || (netscapeCertType & netscape.anyCA) !== 0 ? 'doubtful' : 'none';
}

export function checkChain({ certificates }: OpensslChain, purpose: Purpose, transcript: Transcript): void {
  let length = 0;
  certificates.forEach((view, depth) => {
    const { certificate } = view;
    if (view.unsupportedCritical !== undefined) {
      transcript.say(certificate, 'path/unknown-critical-extension', { extension: view.unsupportedCritical });
    }
    if (view.isProxy) transcript.say(certificate, 'path/proxy-certificate', {});
    if (depth > 0) checkAuthority(view, certificates[depth - 1], depth + 1 === certificates.length, transcript);
    if (certificates.length > 1) {
      checkCurve(certificate, (code, params) => {
        transcript.say(certificate, code, params);
      });
    }
    for (const wanted of purposesOf(purpose)) checkPurpose(view, wanted, depth > 0, transcript);
    const allowed = view.basicConstraints?.pathLenConstraint;
    if (depth > 1 && allowed !== undefined && length > allowed) {
      const params = {
        pathLenConstraint: allowed,
        by: shortName(certificate.tbsCertificate.subject),
        intermediates: length,
      };
      transcript.say(certificate, 'path/path-length-exceeded', params);
    }
    if (depth > 0 && !view.selfIssued) length++;
  });
}

function checkAuthority(
  view: OpensslCertificate,
  issued: OpensslCertificate | undefined,
  isTop: boolean,
  transcript: Transcript,
): void {
  const authority = judgeAuthority(view);
  if (authority === 'firm' || (authority === 'doubtful' && isTop)) return;
  transcript.say(view.certificate, 'chain/issuer-is-no-ca', {
    issued: issued ? shortName(issued.certificate.tbsCertificate.subject) : '',
    reason: explainAuthority(view),
  });
}

function explainAuthority({ basicConstraints, keyUsage }: OpensslCertificate): string {
  if (keyUsage && !keyUsage.has('keyCertSign')) return 'its key usage lacks keyCertSign';
  return basicConstraints ? 'its basic constraints say cA FALSE' : 'it has no basic constraints';
}

/** A certificate that OpenSSL cannot read passes here; it has come no further than this anyway. */
function checkPurpose(view: OpensslCertificate, wanted: TLSPurpose, isCA: boolean, transcript: Transcript): void {
  const { certificate, extKeyUsage, keyUsage, basicConstraints, netscapeCertType } = view;
  if (view.fault !== undefined) return;
  // anyExtendedKeyUsage is not among what OpenSSL accepts for TLS; Netscape's and Microsoft's step-up is for servers.
  const accepted = wanted.name === 'serverAuth' ? [wanted.oid, ...stepUpPurposes] : [wanted.oid];
  if (extKeyUsage && !extKeyUsage.some((oid) => accepted.includes(oid))) {
    const params = { purpose: wanted.name, found: namePurposes(extKeyUsage) };
    transcript.say(certificate, isCA ? 'path/ca-purpose-missing' : 'path/wrong-purpose', params);
    return;
  }
  if (isCA) {
    const isNetscapeCA = keyUsage === undefined && basicConstraints === undefined;
    const isTLSCA = !isNetscapeCA || netscapeCertType === undefined || (netscapeCertType & netscape.sslCA) !== 0;
    if (judgeAuthority(view) === 'none' || !isTLSCA) {
      transcript.say(certificate, 'path/ca-purpose-missing', { purpose: wanted.name, found: [] });
    }
    return;
  }
  const bit = wanted.name === 'serverAuth' ? netscape.server : netscape.client;
  const unfit = keyUsage !== undefined && !wanted.keyUsages.some((usage) => keyUsage.has(usage));
  if (unfit || (netscapeCertType !== undefined && (netscapeCertType & bit) === 0)) {
    const params = { purpose: wanted.name, wanted: wanted.keyUsages, found: [...(keyUsage ?? [])] };
    transcript.say(certificate, 'path/key-usage-unfit', params);
  }
}

/** Microsoft's and Netscape's server-gated cryptography. */
const stepUpPurposes = ['1.3.6.1.4.1.311.10.3.3', '2.16.840.1.113730.4.1'];

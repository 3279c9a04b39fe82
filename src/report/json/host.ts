/** The JSON of `certwright host`: what was asked, and what every verifier says and why. */
import type { TargetCheck } from '../../hostname/check-target.js';
import type { CertificatesCheck } from '../../hostname/check-certificates.js';
import type { HostAdvice } from '../../hostname/advice.js';
import type { Consideration, HostProfile } from '../../hostname/verdict.js';
import { summarizeCertificate } from './certificate.js';
import { describeReason } from '../wording/host-reasons.js';

/** A name of the certificate with what was made of it, in codes and in words. */
interface NameResult extends Consideration {
  readonly explanation: string;
}

export interface TargetResult {
  /** As it was given. */
  readonly target: string;
  /** Absent where the target is malformed. */
  readonly host?: string;
  readonly form?: string;
  readonly port?: number;
  readonly scheme?: string;
  readonly transport?: string;
  readonly profile: HostProfile;
  readonly matched: boolean;
  readonly considered: readonly NameResult[];
  readonly verifiers: readonly {
    readonly profile: HostProfile;
    readonly matched: boolean;
    readonly decisive?: NameResult;
  }[];
  readonly advice?: Partial<HostAdvice>;
}

const explainName = (considered: Consideration): NameResult => ({
  ...considered,
  explanation: describeReason(considered),
});

/** One target as plain data; findings are not in it, the envelope has them. */
export function renderTargetCheck({ target, profile, matched, verdict, verifiers, advice }: TargetCheck): TargetResult {
  const { text, host, form, port, scheme, transport } = target;
  return {
    target: text,
    ...(host !== undefined && { host }),
    ...(form !== undefined && { form }),
    ...(port !== undefined && { port }),
    ...(scheme !== undefined && { scheme }),
    ...(transport !== undefined && { transport }),
    profile,
    matched,
    considered: (verdict?.considered ?? []).map(explainName),
    verifiers: verifiers.map(({ profile: verifier, matched: says, decisive }) => ({
      profile: verifier,
      matched: says,
      ...(decisive && { decisive: explainName(decisive) }),
    })),
    ...(advice && {
      advice: {
        connectWith: advice.connectWith,
        ...(advice.targetName !== undefined && { targetName: advice.targetName }),
        ...(advice.askFor !== undefined && { askFor: advice.askFor }),
      },
    }),
  };
}

/** The whole `result`: a list of targets for every certificate that was looked into, and those that were not. */
export function renderCertificatesCheck({ checked, notChecked }: CertificatesCheck): object {
  return {
    certificates: checked.map(({ certificate, identity, checks }) => ({
      certificate: summarizeCertificate(certificate),
      ...(identity && {
        ...(identity.subjectAltNames && { subjectAltNames: identity.subjectAltNames }),
        commonNames: identity.commonNames,
      }),
      targets: checks.map(renderTargetCheck),
    })),
    notChecked: notChecked.map(summarizeCertificate),
  };
}

/**
 * One verdict about one certificate: a path to a trust anchor (src/path), none of it revoked (src/revocation), and the host
 * among its names (src/hostname). Revocation is part of the search: a path with a revoked CA is passed over where another
 * one holds. The host is not, since it is the same on every path.
 */
import { identifyFinding, isOk, type Finding } from './finding/finding.js';
import type { TargetCheck } from './hostname/check-target.js';
import type { HostProfile } from './hostname/verdict.js';
import type { PathOptions } from './path/path-inputs.js';
import { sortBySeverity } from './path/report-finding.js';
import { PathValidator, type PathCandidate, type PathResult } from './path/validate-path.js';
import type { RevocationVerdict } from './revocation/judge-revocation.js';
import { checkHost } from './verify/check-host.js';
import { PathRevocation, type RevocationScope } from './verify/path-revocation.js';
import { readCRLs, readCertificates, type CRLInput, type CertificateInput } from './verify/read-subjects.js';
import type { Certificate } from './x509/certificate.js';

export interface VerifyCertificateInput extends Omit<PathOptions, 'trustAnchors' | 'examine'> {
  /** The end entity. */
  readonly certificate: CertificateInput;
  /** In any order, with whatever else is at hand; nothing in it is trusted. */
  readonly intermediates?: readonly CertificateInput[] | undefined;
  /** Whose subject and key are trusted; an intermediate CA among them is trusted as it stands. */
  readonly trustAnchors: readonly CertificateInput[];
  readonly crls?: readonly CRLInput[] | undefined;
  /** `chain` where CRLs are given, else `off`. */
  readonly revocation?: RevocationScope | undefined;
  /** A host, `host:port`, a SIP URI or a URL; not checked unless given. */
  readonly host?: string | undefined;
  /** Whose rules decide about the host; `security-pack` unless given. */
  readonly hostProfile?: HostProfile | undefined;
}

export interface VerifyCertificateResult {
  /** True when a path was found, nothing on it is revoked as far as was asked, and the host matches where one was given. */
  readonly ok: boolean;
  /** Undefined where the DER that was given is no certificate. */
  readonly certificate: Certificate | undefined;
  /** The accepted path, or the one that came nearest; end entity first, anchor last. */
  readonly path: readonly Certificate[];
  /** Every path that was tried, best first. */
  readonly candidates: readonly PathCandidate[];
  /** Errors first: about the path, its revocation and the host; then what was left out. */
  readonly findings: readonly Finding[];
  /** The user-constrained-policy-set as dotted OIDs, `2.5.29.32.0` for any policy; empty where no path was accepted. */
  readonly policies: readonly string[];
  readonly revocation: PathRevocationResult;
  /** What became of the host; absent where none was given or the certificate's names cannot be read. */
  readonly host?: TargetCheck | undefined;
}

export interface PathRevocationResult {
  readonly scope: RevocationScope;
  /** One verdict for each certificate of `path` that the scope asks about, end entity first; none without an anchor. */
  readonly checked: readonly RevocationVerdict[];
}

/**
 * Verifies a certificate: path validation (RFC 5280 6.1), revocation by CRLs (6.3) and the host name.
 *
 * @param input certificates and CRLs as DER or parsed objects; `at` in whole seconds, both bounds of every period included.
 * @returns `ok: false` with findings of the areas `path`, `chain`, `certificate`, `form`, `crl`, `host` and, for DER that
 * cannot be read, `der`. Revocation that is asked for and cannot be found out is an error, never `ok`. Never throws for
 * what the input says. Not checked: OCSP, Certificate Transparency, whether the holder has the private key.
 */
export function verifyCertificate(input: VerifyCertificateInput): VerifyCertificateResult {
  return new Verifier(input).verify(input.certificate);
}

/** Verifiers for other instants that one keeps; each knows the verdicts that it has given. */
const mostOthers = 8;

/** What is asked of every certificate alike. */
export interface VerifierInput extends Omit<VerifyCertificateInput, 'certificate'> {
  /** What will be verified, as far as it is known: each CRL is looked through once for all of them. */
  readonly expected?: readonly Certificate[] | undefined;
}

/**
 * `verifyCertificate` for thousands: what they have in common is read and prepared once, and what was found out of a CA
 * while one of them was verified is known for the others.
 */
export class Verifier {
  private readonly unreadable: readonly Finding[];
  private readonly scope: RevocationScope;
  private readonly revocation: PathRevocation;
  private readonly paths: PathValidator;
  /** By the instant, in milliseconds. */
  private readonly others = new Map<number, Verifier>();

  constructor(readonly input: VerifierInput) {
    const { intermediates = [], trustAnchors, crls = [], limits, profile } = input;
    const pool = readCertificates(intermediates, 'intermediate');
    const anchors = readCertificates(trustAnchors, 'trust anchor');
    const lists = readCRLs(crls);
    this.unreadable = [pool, anchors, lists].flatMap(({ findings }) => findings);
    this.scope = input.revocation ?? (crls.length > 0 ? 'chain' : 'off');
    this.revocation = new PathRevocation({
      crls: lists.objects,
      scope: this.scope,
      trustAnchors: anchors.objects,
      intermediates: pool.objects,
      expected: input.expected,
      at: new Date(Math.floor(input.at.getTime() / 1000) * 1000),
      limits,
      rules: profile === 'security-pack' ? 'openssl' : 'rfc5280',
    });
    const examine = (path: readonly Certificate[]): readonly Finding[] => this.revocation.examine(path);
    this.paths = new PathValidator({ ...input, trustAnchors: anchors.objects, examine }, pool.objects);
  }

  /** The same question at another instant. The first few are kept: thousands of certificates hang on the same CRL. */
  askedAt(at: Date): Verifier {
    const known = this.others.get(at.getTime());
    if (known) return known;
    const other = new Verifier({ ...this.input, at });
    if (this.others.size < mostOthers) this.others.set(at.getTime(), other);
    return other;
  }

  /** As `verifyCertificate` says. */
  verify(given: CertificateInput): VerifyCertificateResult {
    const { input, scope, revocation } = this;
    const { host, hostProfile = 'security-pack' } = input;
    const target = readCertificates([given], 'certificate');
    const certificate = target.objects[0];
    if (!certificate) {
      const { findings } = target;
      return {
        ok: false,
        certificate,
        path: [],
        candidates: [],
        findings,
        policies: [],
        revocation: { scope, checked: [] },
      };
    }
    const result = this.paths.validate(certificate);
    const hostOutcome = host === undefined ? undefined : checkHost(certificate, host, hostProfile);
    const decisive = [...result.findings, ...explainRefusedPath(result, revocation), ...(hostOutcome?.findings ?? [])];
    const ok = result.ok && isOk(decisive);
    return {
      ok,
      certificate,
      path: result.path,
      candidates: result.candidates,
      findings: sortBySeverity([...decisive, ...this.unreadable.map((finding) => soften(finding, ok))]),
      policies: result.policies,
      revocation: { scope, checked: isAnchored(result) ? revocation.judge(result.path) : [] },
      host: hostOutcome?.check,
    };
  }
}

/** What could not be read did not decide a verdict that is good without it; it may be why another is not. */
function soften(finding: Finding, ok: boolean): Finding {
  return ok ? { ...finding, severity: 'warning' } : finding;
}

function isAnchored({ candidates }: PathResult): boolean {
  return candidates[0]?.anchor !== undefined;
}

/** A path that is refused anyway was not examined; whoever repairs it wants to know about its revocation too. */
function explainRefusedPath(result: PathResult, revocation: PathRevocation): readonly Finding[] {
  if (result.ok || !isAnchored(result)) return [];
  const findings = revocation.examine(result.path);
  const known = new Set(result.findings.map(identifyFinding));
  return findings.filter((finding) => !known.has(identifyFinding(finding)));
}

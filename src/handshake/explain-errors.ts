/**
 * Finds what the pre-flight says about an error that a handshake met.
 *
 * A verification error has a number, which findings bear too; whatever OpenSSL says of files, keys, ciphers and protocols
 * has only a reason, and is looked for among the findings of the options that can cause it. An error that only follows
 * from the other side's is explained by what explains that one. Looking for codes one by one was refused: a new finding
 * about the same option would have to be entered here.
 */
import type { Finding } from '../finding/finding.js';
import type { SideConfiguration } from '../security-pack/configuration.js';
import type { Side } from '../security-pack/setting.js';
import type { SideError } from './rehearsal.js';
import { isIssuerError, isNameless, isRevocationError, isTrustError, kindredErrors } from './verify-errors.js';

export interface ExplainContext {
  readonly server: SideConfiguration | undefined;
  readonly client: SideConfiguration | undefined;
  /** Of the pre-flight, both sides. */
  readonly findings: readonly Finding[];
}

type Unexplained = Omit<SideError, 'explainedBy'>;
type OptionRole = 'certificate' | 'certificateKey' | 'trustedCA' | 'tlsCRL' | 'cipherList' | 'ciphersuites';
type Wanted = (finding: Finding) => boolean;

/** What a reason of OpenSSL points to: options that can cause it, and codes of findings about the same. */
interface Cause {
  readonly says: RegExp;
  readonly options: readonly OptionRole[];
  readonly codes: RegExp;
  /** Whose options; of the side that met the error unless said. */
  readonly of?: 'other' | 'both';
}

const causes: readonly Cause[] = [
  {
    says: /KEY_VALUES_MISMATCH/,
    options: ['certificateKey'],
    codes: /key\/|mismatch|matches|order|first|leaf|end-entity/,
  },
  { says: /BAD_DECRYPT|BAD_PASSWORD|INTERRUPTED/, options: ['certificateKey'], codes: /key\/|encrypted|password/ },
  { says: /NO_CIPHER_MATCH/, options: ['cipherList', 'ciphersuites'], codes: /cipher/ },
  {
    says: /UNSUPPORTED_PROTOCOL|NO_PROTOCOLS_AVAILABLE|PROTOCOL_VERSION|WRONG_VERSION/,
    options: ['ciphersuites', 'cipherList'],
    codes: /protocol|cipher/,
    of: 'both',
  },
  {
    says: /NO_SHARED_CIPHER|NO_CIPHERS_AVAILABLE|NO_SUITABLE|NO_CERTIFICATE_SET|ALERT_HANDSHAKE_FAILURE/,
    options: ['cipherList', 'ciphersuites', 'certificate', 'certificateKey'],
    codes: /cipher|protocol|key\/|key-(?:matches|may|not)|not-first|nothing-to-present|option\/(?:mandatory|pair)/,
    of: 'both',
  },
  {
    says: /DID_NOT_RETURN_A_CERTIFICATE|CERTIFICATE_REQUIRED/,
    options: ['certificate', 'certificateKey'],
    codes: /missing|without|mutual|mandatory/,
    of: 'other',
  },
  { says: /TOO_SMALL|TOO_WEAK|BAD_ECPOINT/, options: ['certificate'], codes: /weak/ },
  { says: /WRONG_CURVE/, options: ['certificate'], codes: /key-not-for-tls/, of: 'other' },
];

const otherSide = (side: Side): Side => (side === 'server' ? 'client' : 'server');

function configurationOf({ server, client }: ExplainContext, side: Side): SideConfiguration | undefined {
  return side === 'server' ? server : client;
}

/** True for a finding that one of these options led to. */
function isOf(context: ExplainContext, side: Side, roles: readonly OptionRole[]): Wanted {
  const options = configurationOf(context, side)?.options;
  const names = roles.flatMap((role) => options?.[role]?.name ?? []);
  return ({ setting }) => setting?.side === side && names.includes(setting.option);
}

/** The findings that are wanted: the errors among them, or where there is none the warnings. */
function select(findings: readonly Finding[], wanted: Wanted): readonly Finding[] {
  const found = findings.filter(wanted);
  const errors = found.filter(({ severity }) => severity === 'error');
  return errors.length > 0 ? errors : found.filter(({ severity }) => severity === 'warning');
}

/** Findings about what takes part in a verification by `side`: the other's certificates, its own trusted-ca and CRLs. */
function takesPart(context: ExplainContext, side: Side): Wanted {
  const own = isOf(context, side, ['trustedCA', 'tlsCRL']);
  const theirs = isOf(context, otherSide(side), ['certificate', 'certificateKey']);
  return (finding) => finding.setting === undefined || own(finding) || theirs(finding);
}

/** The first of these selections that holds anything. */
function selectFirst(findings: readonly Finding[], wants: readonly Wanted[]): readonly Finding[] {
  return wants.map((wanted) => select(findings, wanted)).find((found) => found.length > 0) ?? [];
}

/** Nobody is trusted: an option that is not set leaves a finding without a place, whose subject is the option. */
function isMissingTrust(context: ExplainContext, side: Side): Wanted {
  const isNotSet = configurationOf(context, side)?.options.trustedCA === undefined;
  const ofOther = (configurationOf(context, otherSide(side))?.checks ?? []).flatMap(({ findings }) => findings);
  return (finding) =>
    isNotSet &&
    finding.subject.kind === 'option' &&
    ['trusted-ca', 'ca_list_file'].includes(finding.subject.name) &&
    !ofOther.includes(finding);
}

/** Of several errors OpenSSL says the last through Node: one about the end of a path or a CA may hide behind another. */
function explainVerification(error: Unexplained, context: ExplainContext): readonly Finding[] {
  const { code, opensslError, side } = error;
  const findings = context.findings.filter(takesPart(context, side));
  if (opensslError === undefined) {
    return selectFirst(findings, [
      (finding) => finding.opensslError !== undefined && isNameless(finding.opensslError),
      (finding) => isIssuerError(finding.opensslError),
      (finding) => finding.code.includes('/weak'),
    ]);
  }
  const kin = kindredErrors(opensslError);
  return selectFirst(findings, [
    (finding) => finding.nodeError === code || finding.opensslError === opensslError,
    (finding) => finding.opensslError !== undefined && kin.includes(finding.opensslError),
    ...(isRevocationError(opensslError)
      ? [isOf(context, side, ['tlsCRL']), (finding: Finding) => isTrustError(finding.opensslError)]
      : []),
    ...(isTrustError(opensslError) ? [isMissingTrust(context, side)] : []),
    // Settings behind a TRUSTED CERTIFICATE may refuse any purpose.
    (finding) => finding.code === 'pem/trusted-certificate',
  ]);
}

/** An anonymous cipher brings no certificate, which Node takes for one whose issuer is not found. */
function explainNoCertificate(error: Unexplained, context: ExplainContext): readonly Finding[] {
  if (error.code !== 'UNABLE_TO_GET_ISSUER_CERT') return [];
  return select(context.findings, ({ code }) => code === 'option/no-common-cipher');
}

/** By the option that is at fault, where it is known; else by the reason. */
function explainReason(error: Unexplained, context: ExplainContext): readonly Finding[] {
  const { findings } = context;
  const { option, side, code } = error;
  const ofOption = select(findings, ({ setting }) => setting?.side === side && setting.option === option);
  if (option !== undefined && ofOption.length > 0) return ofOption;
  const cause = causes.find(({ says }) => says.test(code));
  if (!cause) return [];
  const sides = { other: [otherSide(side)], both: [side, otherSide(side)], own: [side] }[cause.of ?? 'own'];
  const isOfSides: Wanted = ({ setting }) => setting === undefined || sides.includes(setting.side);
  const byCode: Wanted = (finding) => isOfSides(finding) && cause.codes.test(finding.code);
  const byOption: Wanted = (finding) => sides.some((each) => isOf(context, each, cause.options)(finding));
  const errors = findings.filter(({ severity }) => severity === 'error');
  const found = selectFirst(errors, [byCode, byOption]);
  return found.length > 0 ? found : selectFirst(findings, [byCode, byOption]);
}

function explainError(error: Unexplained, context: ExplainContext): readonly Finding[] {
  if (error.stage === 'verification') {
    const found = explainVerification(error, context);
    return found.length > 0 ? found : explainNoCertificate(error, context);
  }
  if (error.stage === 'name') return select(context.findings, ({ code }) => code.startsWith('host/'));
  return explainReason(error, context);
}

/** The errors in the order given, each with what explains it. */
export function explainErrors(errors: readonly Unexplained[], context: ExplainContext): SideError[] {
  const own = errors.map((error) => (error.isConsequence ? [] : explainError(error, context)));
  return errors.map((error, position) => {
    const explained = own[position] ?? [];
    if (!error.isConsequence) return { ...error, explainedBy: explained };
    const cause = errors.findIndex((each) => !each.isConsequence);
    const explainedBy = cause >= 0 ? (own[cause] ?? []) : explainError(error, context);
    return { ...error, explainedBy };
  });
}

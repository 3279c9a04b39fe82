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
import { isNameless, isRevocationError, kindredErrors } from './verify-errors.js';

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
    codes: /cipher|protocol|key\/|missing|without/,
    of: 'both',
  },
  {
    says: /DID_NOT_RETURN_A_CERTIFICATE|CERTIFICATE_REQUIRED/,
    options: ['certificate', 'certificateKey'],
    codes: /missing|without|mutual|mandatory/,
    of: 'other',
  },
  { says: /TOO_SMALL|TOO_WEAK|BAD_ECPOINT/, options: ['certificate'], codes: /weak/ },
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

/** An option that is not set leaves a finding without a place, whose subject is the option. */
const isAboutOption =
  (names: readonly string[]): Wanted =>
  ({ subject }) =>
    subject.kind === 'option' && names.includes(subject.name);

/**
 * The findings of the same number, else of a kindred one, else those about the option that the verification rests on.
 * OpenSSL goes on after an error here and Node tells only the last: where that one has no name in Node, the findings with
 * other numbers may be what came before it.
 */
function explainVerification(error: Unexplained, context: ExplainContext): readonly Finding[] {
  const { code, opensslError } = error;
  const findings = context.findings.filter(takesPart(context, error.side));
  const byNumber =
    (matches: (number: number) => boolean): Wanted =>
    (finding) =>
      finding.opensslError !== undefined && matches(finding.opensslError);
  const tries: readonly Wanted[] =
    opensslError === undefined
      ? [byNumber(isNameless), (finding) => finding.code.includes('/weak'), byNumber(() => true)]
      : [
          (finding) => finding.nodeError === code || finding.opensslError === opensslError,
          byNumber((number) => kindredErrors(opensslError).includes(number)),
          isAboutOption(isRevocationError(opensslError) ? ['tls-crl', 'crl'] : ['trusted-ca', 'ca_list_file']),
        ];
  return tries.map((wanted) => select(findings, wanted)).find((found) => found.length > 0) ?? [];
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
  const byCode = select(findings, (finding) => isOfSides(finding) && cause.codes.test(finding.code));
  if (byCode.length > 0) return byCode;
  return select(findings, (finding) => sides.some((each) => isOf(context, each, cause.options)(finding)));
}

function explainError(error: Unexplained, context: ExplainContext): readonly Finding[] {
  if (error.stage === 'verification') return explainVerification(error, context);
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

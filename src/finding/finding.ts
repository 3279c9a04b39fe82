/** What certwright says about an input: a code, how bad it is, which object it is about and where that object stands. */

/** error: it will fail · warning: it may fail, or is unwise · info: worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

/** Where an object was read: the file as the user named it (`-` is standard input). */
export interface Origin {
  readonly file: string;
  /** 1-based line of the first byte of the object; absent in binary files. */
  readonly line?: number;
  /** 1-based column, in characters; given only when the line alone does not say it. */
  readonly column?: number;
  /** 1-based position among the objects of the file, counted over every kind. */
  readonly index?: number;
}

export type SubjectKind =
  'file' | 'block' | 'certificate' | 'crl' | 'private-key' | 'chain' | 'bundle' | 'name' | 'option' | 'directory';

/** What a finding is about: the kind of object and the name that people know it by. */
export interface Subject {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** The option of a configuration that led to a finding: `certificate` of the server, `server.ini:4`. */
export interface SettingOrigin {
  readonly side: 'server' | 'client';
  /** The option's name as it is written there. */
  readonly option: string;
  readonly origin: Origin;
}

/** Values of a finding. Instants are ISO 8601 strings, lists are arrays: every value survives JSON. */
export type ParamValue = string | number | boolean | readonly string[];
export type Params = Readonly<Record<string, ParamValue | undefined>>;

export interface Finding {
  /** `area/kebab-name`; stable across versions. */
  readonly code: string;
  readonly severity: Severity;
  readonly subject: Subject;
  readonly origin?: Origin;
  /** Set where an option of a configuration led here; `origin` then points into the file that the option names. */
  readonly setting?: SettingOrigin;
  readonly params: Params;
  /** The rule behind it: an RFC section, a page of the vendor's guide, or the tool whose behaviour was observed. */
  readonly reference: string;
  /** The error number that `openssl verify` gives for the same fault, where there is one. */
  readonly opensslError?: number;
  /** The error code that Node's `tls` gives for the same fault, where there is one. */
  readonly nodeError?: string;
}

/** The params of a code that has none. */
export type NoParams = Readonly<Record<string, never>>;

/** What the catalogue keeps of a code. `P` is the type of the code's params. */
export interface CatalogueEntry<P extends object> {
  readonly severity: Severity;
  readonly reference: string;
  readonly opensslError?: number;
  readonly nodeError?: string;
  /** Never set: it only carries the type. */
  readonly params?: P;
}

/** Declares one code of the catalogue with the type of its params. */
export function entry<P extends object = NoParams>(description: Omit<CatalogueEntry<P>, 'params'>): CatalogueEntry<P> {
  return description;
}

/** The finding as one that an option led to; a finding that has its option already keeps it. */
export function withSetting(finding: Finding, setting: SettingOrigin): Finding {
  return finding.setting ? finding : { ...finding, setting };
}

/** What `identifyFinding` has said: the same finding is compared again and again where thousands of objects share it. */
const identities = new WeakMap<Finding, string>();

/** The same string for findings that say the same of the same object, however bad they call it. */
export function identifyFinding(finding: Finding): string {
  let identity = identities.get(finding);
  if (identity === undefined) {
    const { code, subject, origin, params } = finding;
    identity = JSON.stringify([code, subject, origin, params]);
    identities.set(finding, identity);
  }
  return identity;
}

/** True when no finding is an error. */
export function isOk(findings: readonly Finding[]): boolean {
  return !findings.some((finding) => finding.severity === 'error');
}

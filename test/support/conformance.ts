/** The public suites beside the checkout: read in place, never copied; absent on other people's machines. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('../../../shared/conformance/', import.meta.url);

export const conformance = {
  available: existsSync(folder),
  /** Appended to a test's name, so that a skipped one says why. */
  reason: existsSync(folder) ? '' : ' (skipped: the conformance folder is not beside the checkout)',
};

export function conformancePath(path: string): string {
  return fileURLToPath(new URL(path, folder));
}

export function readConformanceFile(path: string): Uint8Array {
  return readFileSync(new URL(path, folder));
}

export function readConformanceJSON(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, folder), 'utf8'));
}

/** One case of the manifest of NIST PKITS. */
export interface PkitsCase {
  readonly id: string;
  readonly name: string;
  readonly section: string;
  readonly sectionName: string;
  /** Anchor first, end entity last. */
  readonly certs: readonly string[];
  /** The strict chain, anchor first. */
  readonly path: readonly string[];
  readonly auxCerts: readonly string[];
  readonly crls: readonly string[];
  readonly settings: {
    readonly initialExplicitPolicy: boolean;
    readonly initialPolicyMappingInhibit: boolean;
    readonly initialInhibitAnyPolicy: boolean;
    readonly initialPolicySet: readonly string[];
  };
  readonly expectedUserConstrainedPolicySet: readonly string[];
  readonly expected: boolean;
  readonly crlSensitive: boolean;
}

export function pkitsCases(): PkitsCase[] {
  return conformance.available ? (readConformanceJSON('pkits/manifest.json') as PkitsCase[]) : [];
}

/** Names of the files in a folder of the suites, in the order of their names; none where the suites are absent. */
export function listConformanceFiles(path: string): string[] {
  return conformance.available ? readdirSync(new URL(path, folder)).sort() : [];
}

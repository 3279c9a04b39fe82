/** One certificate of a path as the profiles look at it: what it is there for, and how to say what is wrong. */
import type { Severity } from '../../finding/finding.js';
import type { Certificate } from '../../x509/certificate.js';
import type { PathInputs } from '../path-inputs.js';
import type { Report } from '../report-finding.js';

/** `root` is a trust anchor that is self-issued. */
export type Role = 'root' | 'ca' | 'end-entity';

export interface Examination {
  readonly certificate: Certificate;
  readonly role: Role;
  /** The certificate above it on the path; absent for the anchor. */
  readonly issuer: Certificate | undefined;
  readonly inputs: PathInputs;
  readonly report: Report;
}

const roleNames: Readonly<Record<Role, string>> = {
  root: 'a root',
  ca: 'a CA',
  'end-entity': 'an end entity',
};

/** `a CA`, for messages. */
export function describeRole(role: Role): string {
  return roleNames[role];
}

/**
 * Roots made before the rules were are still in every store: what harms nobody is a warning there. Observed with the 143
 * roots of Mozilla's program in 2025: nine have serial number 0, three no key usage, one writes its times in the wrong type.
 */
export function severityForOldRoots(role: Role): Severity | undefined {
  return role === 'root' ? 'warning' : undefined;
}

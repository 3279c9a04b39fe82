/** The names of a certificate against the name constraints above it: RFC 5280 6.1.3 steps (b) and (c). */
import {
  formatGeneralName,
  judgeByExcluded,
  judgeByPermitted,
  namesUnderConstraint,
  type NameVerdict,
} from '../names/name-constraints.js';
import type { Certificate } from '../x509/certificate.js';
import type { GeneralName } from '../x509/general-name.js';
import type { Budget } from './budget.js';
import type { PathState } from './path-state.js';
import type { Report } from './report-finding.js';

/** Refused names that are named one by one; more only lengthen the list. */
const reportedNames = 10;

/** The caller leaves out self-issued certificates that are not the last of the path. */
export function checkConstrainedNames(
  certificate: Certificate,
  role: 'ca' | 'end-entity',
  state: PathState,
  budget: Budget,
  report: Report,
): void {
  const sets = [...state.permittedSubtrees, ...state.excludedSubtrees];
  if (sets.length === 0) return;
  const names = namesUnderConstraint(certificate, role);
  const subtrees = sets.reduce((sum, set) => sum + set.subtrees.length, 0);
  // The price is the product whatever the forms are, as OpenSSL counts; too dear a certificate is not looked at.
  if (!budget.spend('nameComparisons', names.length * subtrees)) return;
  let refused = 0;
  for (const name of names) {
    if (refused < reportedNames && !checkName(name, state, report)) refused++;
  }
}

/** False where the name was refused; the first source that refuses it is told. */
function checkName(name: GeneralName, state: PathState, report: Report): boolean {
  // Step (b).
  for (const { subtrees, by } of state.permittedSubtrees) {
    if (!reportVerdict(judgeByPermitted(name, subtrees), name, by, report)) return false;
  }
  // Step (c).
  for (const { subtrees, by } of state.excludedSubtrees) {
    if (!reportVerdict(judgeByExcluded(name, subtrees), name, by, report)) return false;
  }
  return true;
}

function reportVerdict(verdict: NameVerdict, constrained: GeneralName, by: string, report: Report): boolean {
  const name = formatGeneralName(constrained);
  switch (verdict.outcome) {
    case 'allowed':
      return true;
    case 'not-permitted':
      report('path/name-not-permitted', {
        name,
        permitted: verdict.permitted.map(({ base }) => formatGeneralName(base)),
        by,
      });
      return false;
    case 'excluded':
      report('path/name-excluded', { name, excluded: formatGeneralName(verdict.subtree.base), by });
      return false;
    case 'distance':
      report('path/name-constraint-distance', { name, subtree: formatGeneralName(verdict.subtree.base), by });
      return false;
    case 'malformed-subtree':
      report('path/name-constraint-malformed', { name, subtree: formatGeneralName(verdict.subtree.base), by });
      return false;
    case 'malformed-name':
      report('path/constrained-name-malformed', { name, by });
      return false;
    case 'unsupported':
      report('path/name-form-unsupported', { name, by });
      return false;
  }
}

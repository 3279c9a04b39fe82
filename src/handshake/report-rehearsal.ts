/** The findings about one rehearsal: refused, unexplained, connected although, revocation left out. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import type { Rehearsal, SideError } from './rehearsal.js';

const nameFinding = ({ code, subject }: Finding): string => `${code} (${subject.name})`;

function nameAll(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(nameFinding))];
}

/** The first error that is no consequence of another. */
function decisiveError(errors: readonly SideError[]): SideError | undefined {
  return errors.find(({ isConsequence }) => !isConsequence) ?? errors[0];
}

function reportErrors(rehearsal: Rehearsal, preflight: readonly Finding[]): Finding[] {
  const { target = '', errors } = rehearsal;
  const subject = { kind: 'name', name: target === '' ? 'rehearsal' : target } as const;
  const describe = ({ side, stage, code, message }: SideError) => ({ target, side, stage, error: code, message });
  const decisive = decisiveError(errors);
  const codes = [...new Set(preflight.map(({ code }) => code))];
  const unexplained = errors.filter(({ isConsequence, explainedBy }) => !isConsequence && explainedBy.length === 0);
  const alone = decisive?.isConsequence && decisive.explainedBy.length === 0 ? [decisive] : [];
  return [
    ...(decisive
      ? [createFinding('rehearse/refused', subject, { ...describe(decisive), causes: nameAll(decisive.explainedBy) })]
      : []),
    ...[...unexplained, ...alone].map((error) =>
      createFinding('rehearse/unexplained', subject, { ...describe(error), preflight: codes }),
    ),
  ];
}

/** @param objection what OpenSSL said of the CRLs, where the handshake was made again without them. */
export function reportRehearsal(
  rehearsal: Rehearsal,
  preflight: readonly Finding[],
  objection: Pick<SideError, 'message'> | undefined,
): Finding[] {
  const { target = '', connected } = rehearsal;
  const subject = { kind: 'name', name: target === '' ? 'rehearsal' : target } as const;
  const errors = preflight.filter(({ severity }) => severity === 'error');
  const findings = connected ? [] : reportErrors(rehearsal, errors);
  if (connected && errors.length > 0) {
    findings.push(createFinding('rehearse/connected-although', subject, { target, causes: nameAll(errors) }));
  }
  if (objection) {
    const params = { target, message: objection.message };
    findings.push(createFinding('rehearse/revocation-not-rehearsed', subject, params));
  }
  return findings;
}

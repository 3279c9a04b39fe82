/** All figures of docs/conformance.md, block by block. */
import type { Agreement } from './tables.js';
import { compareSuites, scoreConstraints, scoreHostNames, scoreLimbo, scorePkits } from './tables.js';
import { formatAgreements, formatSample, formatScores, sampleRefusals } from './document.js';

export interface Block {
  /** Of its markers in the document. */
  readonly name: string;
  readonly text: string;
}

/** What certwright alone answers: the same on every machine that has the suites. */
export function measureSuites(): Block[] {
  return [
    { name: 'pkits', text: formatScores(scorePkits()) },
    { name: 'limbo', text: formatScores(scoreLimbo()) },
    { name: 'hostnames', text: formatScores(scoreHostNames()) },
    { name: 'name-constraints', text: formatScores(scoreConstraints()) },
    { name: 'refusals', text: formatSample(sampleRefusals()) },
  ];
}

/** What the installed openssl answers beside certwright; `folder` is for its files. */
export function measureAgreement(folder: string): Block {
  const agreements: readonly Agreement[] = compareSuites(folder);
  return { name: 'openssl', text: formatAgreements(agreements) };
}

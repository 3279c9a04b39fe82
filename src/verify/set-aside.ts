/** "What if this certificate were not there": takes certificates out of the anchors and the pool before anything is asked. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { selectCertificates } from '../names/select-certificates.js';
import { equalCertificates, subjectOf, type Certificate } from '../x509/certificate.js';

export interface Remainder {
  readonly trusted: readonly Certificate[];
  readonly untrusted: readonly Certificate[];
  /** One info for each certificate taken out, and an error for each selector that hits nothing. */
  readonly findings: readonly Finding[];
}

/**
 * Takes out what the selectors name (see `selectCertificates`); a position counts over the trusted certificates, then the
 * untrusted ones. Other copies of a certificate go with it.
 */
export function setAside(
  trusted: readonly Certificate[],
  untrusted: readonly Certificate[],
  selectors: readonly string[],
): Remainder {
  const everything = [...trusted, ...untrusted];
  const findings: Finding[] = [];
  /** Positions in `everything`. */
  const gone = new Set<number>();
  for (const selector of selectors) {
    const hits = selectCertificates(everything, selector);
    const subject = { kind: 'option', name: '--without' } as const;
    if (hits.length === 0) findings.push(createFinding('verify/selector-hits-nothing', subject, { selector }));
    everything.forEach((certificate, position) => {
      if (gone.has(position) || !hits.some((hit) => equalCertificates(hit, certificate))) return;
      const params = { selector, role: position < trusted.length ? ('trusted' as const) : ('untrusted' as const) };
      const place = { origin: certificate.origin };
      findings.push(createFinding('verify/set-aside', subjectOf(certificate), params, place));
      gone.add(position);
    });
  }
  return {
    trusted: trusted.filter((_, position) => !gone.has(position)),
    untrusted: untrusted.filter((_, position) => !gone.has(trusted.length + position)),
    findings,
  };
}

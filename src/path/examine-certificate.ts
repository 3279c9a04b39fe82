/** The gate of path validation: what of a certificate cannot be read. Nothing behind it needs to expect an exception. */
import { createFinding } from '../finding/catalogue.js';
import type { Finding } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { nameKey } from '../names/distinguished-name.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import { subjectAltName } from '../x509/extensions/alternative-names.js';
import { authorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { certificateExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import { nameConstraints } from '../x509/extensions/name-constraints.js';
import type { GeneralName } from '../x509/general-name.js';
import type { Name } from '../x509/name.js';

function findMalformedName(name: Name): MalformedInputError | undefined {
  try {
    nameKey(name);
    return undefined;
  } catch (error) {
    if (error instanceof MalformedInputError) return error;
    throw error;
  }
}

/** Distinguished names inside extensions, which are decoded later than the extensions. */
function namesInExtensions({ tbsCertificate: { extensions } }: Certificate): readonly GeneralName[] {
  const constraints = extensions.get(nameConstraints);
  const subtrees = [...(constraints?.permittedSubtrees ?? []), ...(constraints?.excludedSubtrees ?? [])];
  return [
    ...(extensions.get(subjectAltName) ?? []),
    ...(extensions.get(authorityKeyIdentifier)?.authorityCertIssuer ?? []),
    ...subtrees.map(({ base }) => base),
  ];
}

/**
 * Names what of a certificate cannot be read: extensions (`certificate/malformed-extension`) and names
 * (`path/malformed-name`). A certificate with any of it takes part in nothing.
 */
export function findMalformedParts(certificate: Certificate): Finding[] {
  const { subject, issuer, extensions } = certificate.tbsCertificate;
  const place = { origin: certificate.origin };
  const about = { kind: 'certificate', name: describe(certificate) } as const;
  const malformed = findMalformedExtensions(extensions, certificateExtensions);
  if (malformed.length > 0) {
    return malformed.map(({ offset, detail }) =>
      createFinding('certificate/malformed-extension', about, { offset, detail }, place),
    );
  }
  const names: readonly (readonly [string, Name])[] = [
    ['subject', subject],
    ['issuer', issuer],
    ...namesInExtensions(certificate).flatMap((name) =>
      name.type === 'directoryName' ? [['directory name', name.value] as const] : [],
    ),
  ];
  return names.flatMap(([where, name]) => {
    const error = findMalformedName(name);
    if (!error) return [];
    const { detail } = error;
    return [createFinding('path/malformed-name', about, { where, detail }, place)];
  });
}

/** What findings call it, although its subject may be what cannot be read. */
function describe(certificate: Certificate): string {
  return findMalformedName(certificate.tbsCertificate.subject) ? '(unreadable name)' : subjectOf(certificate).name;
}

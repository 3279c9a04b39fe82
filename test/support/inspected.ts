/** Made objects as `inspect` sees them, without files around them. */
import type { InputObject } from '../../src/containers/input-object.js';
import { inspectObjects, type InspectedObject } from '../../src/report/inspection.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { parseCRL } from '../../src/x509/crl.js';

export const inspectedAt = new Date('2026-11-21T00:00:00Z');

export type MadeObject = Pick<InputObject, 'kind' | 'der'> & Partial<InputObject>;

/** Each object in a place of its own in `made.pem`: line 1, 101, 201 … */
export function inspectMade(made: readonly MadeObject[], at = inspectedAt): readonly InspectedObject[] {
  const objects = made.map((object, position): InputObject => ({
    origin: { file: 'made.pem', line: position * 100 + 1, index: position + 1 },
    container: 'pem',
    ...object,
  }));
  const ofKind = (kind: string): InputObject[] => objects.filter((object) => object.kind === kind);
  return inspectObjects(
    {
      objects,
      certificates: ofKind('certificate').map(({ der, origin }) => parseCertificate(der, origin)),
      crls: ofKind('crl').map(({ der, origin }) => parseCRL(der, origin)),
    },
    at,
  );
}

/** The text of `certwright inspect`: every object in order, under a heading with its place and kind. */
import type { Asn1Tree } from '../../containers/asn1-tree.js';
import type { ContainerKind, ObjectKind } from '../../containers/input-object.js';
import type { InspectedObject } from '../inspection.js';
import type { Palette } from '../palette.js';
import { formatAsn1Tree } from './asn1.js';
import { describeObject, formatPlace, type InspectTextOptions, type Page } from './inspect-objects.js';
import { formatRows } from './table.js';

const kinds: Readonly<Record<ObjectKind, string>> = {
  certificate: 'certificate',
  crl: 'CRL',
  'private-key': 'private key',
  'public-key': 'public key',
  'certification-request': 'certificate request',
};

const containers: Readonly<Record<ContainerKind, string>> = {
  pem: '',
  der: ' in DER',
  pkcs7: ' in PKCS#7',
  pkcs12: ' in PKCS#12',
};

function formatHeading({ kind, object }: InspectedObject, number: number | undefined, palette: Palette): string {
  const title = `${kinds[kind]}${number === undefined ? '' : ` #${number}`}${containers[object.container]}`;
  return `${palette.bold(formatPlace(object.origin))}: ${palette.bold(title)}`;
}

/**
 * Every object with what it says; in the place of that its tree, where there is one.
 *
 * Lines end in `\n`, one blank line between objects. Certificates are numbered over all inputs, as selectors count them.
 */
export function formatInspection(
  objects: readonly InspectedObject[],
  options: InspectTextOptions,
  palette: Palette,
  trees: ReadonlyMap<InspectedObject, Asn1Tree> = new Map(),
): string {
  const certificates = objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate] : []));
  const numbers = new Map(certificates.map((certificate, position) => [certificate, position + 1]));
  const page: Page = { ...options, palette, numbers };
  const parts = objects.map((inspected) => {
    const number = inspected.kind === 'certificate' ? numbers.get(inspected.certificate) : undefined;
    const tree = trees.get(inspected);
    const lines = tree
      ? formatAsn1Tree(tree, options)
      : formatRows(describeObject(inspected, page).map(([label = '', value = '']) => [`  ${label}`, value]));
    return [formatHeading(inspected, number, palette), ...lines].map((line) => `${line}\n`).join('');
  });
  return parts.join('\n');
}

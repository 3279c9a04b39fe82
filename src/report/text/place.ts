/** Where an object was read, and what it is called: what stands in front of every message. */
import type { Origin, Subject } from '../../finding/finding.js';
import { escapeInvisible } from '../escape-text.js';

/** `server.pem:37:1`, `server.p12`, or undefined where nothing was read. */
export function formatOrigin(origin: Origin | undefined): string | undefined {
  if (!origin) return undefined;
  return [origin.file === '-' ? 'standard input' : escapeInvisible(origin.file), origin.line, origin.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** `certificate 2 (CN=Issuing CA 1)`; undefined where the place says it already. */
export function formatSubject({ kind, name }: Subject, origin: Origin | undefined): string | undefined {
  if (kind === 'file' || kind === 'directory') return origin ? undefined : name;
  if (kind === 'chain' || kind === 'bundle') return `${kind} of ${name}`;
  if (kind === 'name' || kind === 'option') return name;
  const what = { certificate: 'certificate', crl: 'CRL', 'private-key': 'private key', block: 'block' }[kind];
  return `${what}${origin?.index === undefined ? '' : ` ${origin.index}`} (${name})`;
}

/** Writes PEM: LF line ends, 64 columns, a final newline, one blank line after headers (RFC 7468 2, RFC 1421 4.4). */

const alphabet = Uint8Array.from(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', 'latin1'),
);
const bytesPerLine = 48;

function writeLine(der: Uint8Array, from: number, text: Uint8Array, start: number): number {
  const to = Math.min(from + bytesPerLine, der.length);
  let at = start;
  for (let i = from; i < to; i += 3) {
    const left = to - i;
    const group = ((der[i] ?? 0) << 16) | ((der[i + 1] ?? 0) << 8) | (der[i + 2] ?? 0);
    text[at++] = alphabet[group >> 18] ?? 0;
    text[at++] = alphabet[(group >> 12) & 63] ?? 0;
    text[at++] = left > 1 ? (alphabet[(group >> 6) & 63] ?? 0) : 0x3d;
    text[at++] = left > 2 ? (alphabet[group & 63] ?? 0) : 0x3d;
  }
  text[at++] = 0x0a;
  return at;
}

/**
 * One PEM block as bytes, in an array of the exact size: for large CRLs.
 *
 * `label` is taken as it is, e.g. `X509 CRL`; `headers` are RFC 1421 headers such as Proc-Type and DEK-Info.
 */
export function encodePemBytes(
  label: string,
  der: Uint8Array,
  headers: ReadonlyMap<string, string> = new Map(),
): Uint8Array {
  let head = `-----BEGIN ${label}-----\n`;
  for (const [name, value] of headers) head += `${name}: ${value}\n`;
  if (headers.size > 0) head += '\n';
  const before = Buffer.from(head, 'utf8');
  const after = Buffer.from(`-----END ${label}-----\n`, 'utf8');
  const lines = Math.ceil(der.length / bytesPerLine);
  const text = new Uint8Array(before.length + Math.ceil(der.length / 3) * 4 + lines + after.length);
  text.set(before, 0);
  let at = before.length;
  for (let from = 0; from < der.length; from += bytesPerLine) at = writeLine(der, from, text, at);
  text.set(after, at);
  return text;
}

/** One PEM block as a string; see `encodePemBytes`. */
export function encodePem(label: string, der: Uint8Array, headers?: ReadonlyMap<string, string>): string {
  const text = encodePemBytes(label, der, headers);
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength).toString('utf8');
}

/** Writes PEM: LF line ends, 64 columns, a final newline, one blank line after headers (RFC 7468 2, RFC 1421 4.4). */

/** Bytes that become text at a time: whole lines, many enough for few calls, few enough to cost no memory. */
const bytesOfPiece = 48 * 1024;

const beginOf = (label: string): string => `-----BEGIN ${label}-----\n`;
const endOf = (label: string): string => `-----END ${label}-----\n`;
const view = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const inLines = (base64: string): string => base64.replace(/.{1,64}/g, '$&\n');

/**
 * One PEM block.
 *
 * `label` is taken as it is, e.g. `X509 CRL`; `headers` are RFC 1421 headers such as Proc-Type and DEK-Info.
 */
export function encodePem(label: string, der: Uint8Array, headers: ReadonlyMap<string, string> = new Map()): string {
  const lines = Array.from(headers, ([name, value]) => `${name}: ${value}\n`);
  const head = lines.length > 0 ? `${lines.join('')}\n` : '';
  return beginOf(label) + head + inLines(view(der).toString('base64')) + endOf(label);
}

/** The same without headers, as bytes in an array of the exact size: for large CRLs. */
export function encodePemBytes(label: string, der: Uint8Array): Uint8Array {
  const characters = Math.ceil(der.length / 3) * 4;
  const armour = Buffer.byteLength(beginOf(label)) + Buffer.byteLength(endOf(label));
  const text = Buffer.alloc(armour + characters + Math.ceil(characters / 64));
  let at = text.write(beginOf(label));
  for (let from = 0; from < der.length; from += bytesOfPiece) {
    at += text.write(inLines(view(der).toString('base64', from, from + bytesOfPiece)), at, 'latin1');
  }
  text.write(endOf(label), at);
  return text;
}

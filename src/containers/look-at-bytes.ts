/** Names files that hold nothing for us: what they look like is what their owner needs to hear. */

const signatures: readonly (readonly [hex: string, name: string])[] = [
  ['504b0304', 'a ZIP archive'],
  ['1f8b', 'gzip data'],
  ['377abcaf', 'a 7-Zip archive'],
  ['25504446', 'a PDF document'],
  ['7f454c46', 'a program (ELF)'],
  ['4d5a', 'a Windows program'],
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['d0cf11e0', 'an Office document'],
];

/** Magic numbers of Java's keystores: JKS and JCEKS. */
const keystores: readonly (readonly [hex: string, name: string])[] = [
  ['feedfeed', 'JKS'],
  ['cececece', 'JCEKS'],
];

function findSignature(bytes: Uint8Array, known: readonly (readonly [string, string])[]): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return known.find(([hex]) => head.startsWith(hex))?.[1];
}

/** `JKS` or `JCEKS`, or undefined for what is no such keystore. */
export function detectJavaKeystore(bytes: Uint8Array): string | undefined {
  // Text, as nearly every file is, needs no look at the table.
  if ((bytes[0] ?? 0) < 0x80) return undefined;
  return findSignature(bytes, keystores);
}

/** How many bytes are looked at. */
const probed = 4096;

/** True where a zero byte or many control characters tell that it is no text. */
function isBinary(bytes: Uint8Array): boolean {
  let control = 0;
  const probe = bytes.subarray(0, probed);
  for (const byte of probe) {
    if (byte === 0) return true;
    if (byte < 0x20 && (byte < 0x09 || byte > 0x0d) && byte !== 0x1b) control++;
  }
  return control * 20 > probe.length;
}

/** True where nothing but blanks and line ends is left. */
export function isBlank(bytes: Uint8Array): boolean {
  const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  for (let at = start; at < bytes.length; at++) if ((bytes[at] ?? 0) > 0x20 || bytes[at] === 0) return false;
  return true;
}

/** What a file without certificates looks like, in a few words: `an HTML page`, `binary data`, `text`. */
export function describeBytes(bytes: Uint8Array): string {
  const known = findSignature(bytes, signatures);
  if (known !== undefined) return known;
  if (isBinary(bytes)) return 'binary data';
  const head = Buffer.from(bytes.subarray(0, probed))
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trimStart();
  if (/^(<!doctype html|<html|<head|<body)/i.test(head) || /<html[\s>]/i.test(head)) return 'an HTML page';
  if (head.startsWith('<')) return 'XML';
  if (/^(ssh-|ecdsa-sha2-)/.test(head)) return 'an OpenSSH public key';
  if (/^[[{]/.test(head)) return 'JSON';
  return /^Certificate:\s*\n\s+Data:/.test(head) ? 'the text of a certificate without its PEM block' : 'text';
}

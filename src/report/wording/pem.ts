/** The wording of the area `pem`. */
import type { pemCatalogue } from '../../finding/pem.js';
import type { PemDamage, RiskyDamage } from '../../finding/pem.js';
import type { Wording, Words } from './words.js';

const programs: Readonly<Record<string, string>> = {
  openssl: 'OpenSSL',
  node: 'Node',
  keytool: 'Java keytool',
  gnutls: 'GnuTLS',
};

function enumerate(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `; OpenSSL and GnuTLS refuse the file, Node leaves certificates out without a word`. */
function tellConsumers({ consumers, silent }: PemDamage): string {
  const nameOf = (consumer: string): string => programs[consumer] ?? consumer;
  const refusing = consumers.filter((consumer) => !silent.includes(consumer)).map(nameOf);
  const quiet = silent.map(nameOf);
  const told = [
    ...(refusing.length > 0 ? [`${enumerate(refusing)} ${refusing.length === 1 ? 'refuses' : 'refuse'} the file`] : []),
    ...(quiet.length > 0
      ? [`${enumerate(quiet)} ${quiet.length === 1 ? 'leaves' : 'leave'} it out without a word`]
      : []),
  ];
  return told.length > 0 ? `; ${told.join(', ')}` : '';
}

const rewrite = '; certwright chain and certwright bundle write a clean copy';

/** `one` for a single block, `many` for several; the consumers follow. */
const damaged =
  <P extends PemDamage>(one: (params: P) => string, many: (params: P) => string, hint: string | undefined) =>
  (params: P): Words => ({
    message: (params.count === 1 ? one(params) : many(params)) + tellConsumers(params),
    ...(hint !== undefined && { hint }),
  });

/** A sentence that stays the same for any number of places; the number is added where there are several. */
const plain = (sentence: string, hint?: string) =>
  damaged<PemDamage>(
    () => sentence,
    ({ count }) => `${sentence}, ${count} times from here on`,
    hint,
  );

/** Adds what became of the block. */
const risky =
  <P extends RiskyDamage>(tell: (params: P) => string, hint: string) =>
  (params: P): Words => {
    const outcome = params.read ? 'its bytes are whole and were read' : 'it cannot be read and is left out';
    const times = params.count > 1 ? `, ${params.count} times from here on` : '';
    return { message: `${tell(params)}${times}; ${outcome}${tellConsumers(params)}`, hint };
  };

const again = 'fetch the block again from where it was issued';

export const pemWording: Wording<typeof pemCatalogue> = {
  'pem/byte-order-mark': plain(
    'a byte order mark stands before the text',
    `save the file as UTF-8 without BOM${rewrite}`,
  ),
  'pem/utf-16': damaged(
    ({ encoding }) => `the file is ${encoding} text, as Windows tools save it`,
    ({ encoding }) => `the file is ${encoding} text, as Windows tools save it`,
    `save it as ASCII or UTF-8 without BOM (PowerShell: Out-File -Encoding ascii)${rewrite}`,
  ),
  'pem/crlf': damaged(
    () => 'the line ends are CRLF, as on Windows',
    () => 'the line ends are CRLF, as on Windows',
    undefined,
  ),
  'pem/mixed-line-ends': damaged(
    () => 'one line end is CRLF, the others are LF',
    ({ count }) => `${count} line ends are CRLF, the others are LF`,
    undefined,
  ),
  'pem/cr-only': damaged(
    () => 'the lines end in CR alone',
    () => 'the lines end in CR alone',
    `save the file with LF or CRLF line ends${rewrite}`,
  ),
  'pem/text-outside-blocks': damaged(
    () => 'a line of text stands outside the blocks',
    ({ count }) => `${count} lines of text stand outside the blocks, the first here`,
    undefined,
  ),
  'pem/indented-armour': plain('a BEGIN or END line is indented', `remove the blanks before it${rewrite}`),
  'pem/indented-body': plain('base64 lines are indented'),
  'pem/quoted-lines': plain(
    'the lines of a block begin with > as in a quoted mail',
    `remove the quote marks${rewrite}`,
  ),
  'pem/text-before-armour': plain(
    'text stands before BEGIN on the same line',
    `begin a new line before BEGIN${rewrite}`,
  ),
  'pem/text-after-armour': plain(
    'text stands after BEGIN or END on the same line',
    `nothing may follow the dashes; put the text on a line of its own${rewrite}`,
  ),
  'pem/joined-blocks': plain(
    'END and the next BEGIN stand on one line: a file without a final newline was joined to another',
    `break the line between the ten dashes${rewrite}`,
  ),
  'pem/missing-line-breaks': plain(
    'BEGIN or END shares its line with base64 text',
    `put BEGIN and END on lines of their own${rewrite}`,
  ),
  'pem/escaped-line-breaks': plain(
    'line breaks are written out as \\n, as in JSON or an environment variable',
    `turn each \\n into a line break (printf '%b')${rewrite}`,
  ),
  'pem/blanks-in-lines': plain('blanks stand inside base64 lines'),
  'pem/trailing-whitespace': damaged(
    () => 'blanks stand at the ends of lines',
    () => 'blanks stand at the ends of lines',
    undefined,
  ),
  'pem/blank-line-after-begin': plain('a blank line follows BEGIN'),
  'pem/blank-lines': plain('a block has blank lines between its base64 lines', `remove the blank lines${rewrite}`),
  'pem/line-length': damaged(
    ({ longest }) => `the base64 lines of a block are not 64 characters long (the longest has ${longest})`,
    ({ count, longest }) => `the base64 lines of ${count} blocks are not 64 characters long (${longest} in the first)`,
    undefined,
  ),
  'pem/dash-count': damaged(
    ({ dashes }) => `BEGIN or END has ${dashes} dashes on one side where five are needed`,
    ({ count, dashes }) => `${count} blocks have another number of dashes than five, ${dashes} in the first`,
    `write five dashes on each side of BEGIN and END${rewrite}`,
  ),
  'pem/smart-dashes': plain(
    'typographic dashes stand where ASCII hyphens are needed, as word processors and mail programs make them',
    `write five hyphens on each side of BEGIN and END${rewrite}`,
  ),
  'pem/armour-spacing': plain(
    'BEGIN or END has blanks beside its dashes or between its words',
    `write it as -----BEGIN CERTIFICATE-----${rewrite}`,
  ),
  'pem/label-case': damaged(
    ({ label }) => `BEGIN or END is not in upper case (${label})`,
    ({ count, label }) => `BEGIN or END of ${count} blocks is not in upper case (${label})`,
    `write it in upper case${rewrite}`,
  ),
  'pem/label-mismatch': risky(
    ({ begin, end }) => `BEGIN says ${begin}, END says ${end}`,
    'give both lines the same label; look whether two blocks have run into one another',
  ),
  'pem/truncated-block': risky(() => 'the END of the block is missing', `${again}, the END line included`),
  'pem/missing-begin': risky(() => 'an END has no BEGIN before it', `${again}, the BEGIN line included`),
  'pem/bare-base64': risky(
    () => 'base64 text stands without BEGIN and END',
    `put -----BEGIN CERTIFICATE----- before it and -----END CERTIFICATE----- behind it${rewrite}`,
  ),
  'pem/empty-block': plain('a block has nothing between BEGIN and END', `${again}, or remove the two lines`),
  'pem/bad-character': risky(
    ({ character }) => `${character} is no base64 character`,
    `remove the character if it slipped in; otherwise ${again}`,
  ),
  'pem/bad-padding': risky(() => 'the = at the end do not fit the number of base64 characters', again),
  'pem/unexpected-headers': plain(
    'header lines stand inside the block',
    `remove them up to the blank line, or move them above BEGIN${rewrite}`,
  ),
  'pem/x509-certificate-label': plain(
    'the label is X509 CERTIFICATE, an old name for CERTIFICATE',
    `write CERTIFICATE in BEGIN and END${rewrite}`,
  ),
  'pem/crl-label': plain('the label is CRL where OpenSSL wants X509 CRL', 'write X509 CRL in BEGIN and END'),
  'pem/trusted-certificate': damaged(
    ({ auxiliaryBytes }) =>
      `a TRUSTED CERTIFICATE of OpenSSL: its ${auxiliaryBytes} bytes of trust settings are left out`,
    ({ count }) => `${count} blocks are TRUSTED CERTIFICATE of OpenSSL: their trust settings are left out`,
    `write a plain one with openssl x509 -in FILE -out NEW${rewrite}`,
  ),
  'pem/trailing-bytes': damaged(
    ({ bytes }) => `${bytes} bytes follow the end of the object inside the block and are left out`,
    ({ count, bytes }) => `bytes follow the end of the object inside ${count} blocks (${bytes} in the first)`,
    `${again}${rewrite}`,
  ),
  'pem/passed-over': ({ count, label }) => ({
    message:
      count === 1 ? `a block ${label} is not needed and passed over` : `${count} blocks ${label} are passed over`,
  }),
  'pem/unknown-label': ({ count, label }) => ({
    message: count === 1 ? `a block ${label} is of no known kind` : `${count} blocks ${label} are of no known kind`,
    hint:
      label === 'OPENSSH PRIVATE KEY'
        ? 'OpenSSL reads no OpenSSH key: convert a copy with ssh-keygen -p -m PKCS8 -f COPY'
        : 'certificates stand under CERTIFICATE, CRLs under X509 CRL',
  }),
};

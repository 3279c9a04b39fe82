/** The wording of the area `input`. */
import type { inputCatalogue } from '../../finding/input.js';
import type { Wording } from './words.js';

const kinds: Readonly<Record<string, readonly [one: string, many: string]>> = {
  certificate: ['certificate', 'certificates'],
  crl: ['CRL', 'CRLs'],
  'private-key': ['private key', 'private keys'],
  'public-key': ['public key', 'public keys'],
  'certification-request': ['certificate request', 'certificate requests'],
};

function count(number: number, kind: string): string {
  const [one, many] = kinds[kind] ?? [kind, kind];
  return number === 1 ? `one ${one}` : `${number} ${many}`;
}

const either = (expected: readonly string[]): string => expected.map((kind) => kinds[kind]?.[0] ?? kind).join(' or ');

/** `a.pem, b.pem` and how many more. */
function listNames(names: readonly string[], total: number): string {
  const more = total - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** How to go on where something else than a certificate was found. */
const replacements: Readonly<Record<string, string>> = {
  'certification-request': 'a request is what the CA was sent: ask the CA for the certificate that came of it',
  'public-key': 'a public key alone has neither name nor dates: ask for the certificate that holds it',
  'private-key': 'name the file with the certificate that belongs to the key',
  crl: 'name the file with the certificates; CRLs go to certwright crl',
  certificate:
    'give the file of the CRL (BEGIN X509 CRL); certwright inspect shows where the certificate says that it is published',
};

/** A path with what only a shell or an editor would take away. */
const isShellish = (path: string): boolean => /["';]|(?:^|\/)~|\$\{?\w|%\w+%/.test(path);

export const inputWording: Wording<typeof inputCatalogue> = {
  'input/not-found': ({ reason }, { setting, subject }) => ({
    message: `cannot be found: ${reason}`,
    hint: setting
      ? `check the path${isShellish(subject.name) ? ': a value is taken as it is written, quotes, "~", variables and a ";" at its end included' : ' on the target machine, and --root where it is a copy'}`
      : 'check the path; a list is written with commas and no blanks',
  }),
  'input/unreadable': ({ reason }) => ({
    message: `cannot be read: ${reason}`,
    hint: 'check the permissions of the file and of the directories above it, and as which user certwright runs',
  }),
  'input/not-a-file': ({ what }) => ({
    message: `is ${what}, which is not read`,
    hint: 'name a file, a directory, or - for standard input',
  }),
  'input/too-large': ({ size, limit }) => ({
    message: `has ${size} bytes or more, at most ${limit} are read`,
    hint: 'no certificate or CRL is that large: check that the right file was named',
  }),
  'input/changed': ({ pass }) => ({
    message:
      pass === 'while-reading'
        ? 'was written to while it was read; nothing of it is used'
        : 'was replaced or written to between two readings; nothing of it is used',
    hint: 'run certwright again once the file is complete; whoever fetches it should write another file and rename that',
  }),
  'input/empty': ({ size }) => ({
    message: size === 0 ? 'is empty' : `holds nothing but blanks (${size} bytes)`,
    hint: 'the disk may have been full when it was written: fetch it again',
  }),
  'input/blanks-in-list': ({ list }) => ({
    message: `blanks around the names of the list "${list}" were dropped`,
    hint: 'what the Security Pack makes of them is not documented: write the list without blanks',
  }),
  'input/repeated-file': ({ count: number, names }) => ({
    message:
      number === 1
        ? `the same file was named before, it is read once: ${listNames(names, number)}`
        : `${number} names lead to files that were read already: ${listNames(names, number)}`,
  }),
  'input/hidden-files': ({ count: number, names }) => ({
    message: `${number === 1 ? 'a hidden file is' : `${number} hidden files are`} passed over: ${listNames(names, number)}`,
  }),
  'input/empty-directory': ({ entries }) => ({
    message:
      entries === 0
        ? 'the directory holds no file to read'
        : `none of the ${entries} files of the directory holds a certificate, CRL or key`,
    hint: 'check that the right directory was named',
  }),
  'input/no-objects': ({ looksLike }) => ({
    message: `holds no certificate, CRL or key; it looks like ${looksLike}`,
    hint: looksLike.includes('HTML')
      ? 'a download saved the error or login page of a server under this name: fetch the file again'
      : 'check that the right file was named',
  }),
  'input/java-keystore': ({ format }) => ({
    message: `is a Java keystore (${format}), which OpenSSL cannot read either`,
    hint: 'convert it: keytool -importkeystore -srckeystore FILE -destkeystore NEW.p12 -deststoretype PKCS12',
  }),
  'input/truncated-der': ({ size, declared }) => ({
    message: `is cut off: its first element claims ${declared} bytes, ${size} are there`,
    hint: 'the transfer broke off, or changed line ends in a binary file: fetch it again in binary mode',
  }),
  'input/unknown-structure': ({ size }) => ({
    message: `${size} bytes of DER that are neither certificate, CRL, key, request, PKCS#7 nor PKCS#12`,
    hint: 'openssl asn1parse -inform DER -in FILE shows what is in it',
  }),
  'input/concatenated-der': ({ count: number }) => ({
    message: `${number} DER objects stand one after the other; OpenSSL and Node read only the first, keytool all, GnuTLS none`,
    hint: 'write them as PEM, one block after the other: certwright chain or certwright bundle does it',
  }),
  'input/trailing-bytes': ({ bytes }) => ({
    message: `${bytes} bytes follow the last object and are left out`,
    hint: 'the file was joined to another or damaged: fetch it again',
  }),
  'input/misplaced-object': ({ label, found }) => ({
    message: `the label says ${label}, the bytes are a ${found.replaceAll('-', ' ')}; read as what it is`,
    hint: 'OpenSSL goes by the label and refuses the block: write the label that fits',
  }),
  'input/unexpected-object': ({ found, count: number, expected }) => ({
    message: `holds ${count(number, found)} where a ${either(expected)} is wanted`,
    hint: replacements[found] ?? 'check that the right file was named',
  }),
  'input/not-wanted': ({ found, count: number }) => ({
    message: `${count(number, found)} in it ${number === 1 ? 'is' : 'are'} not needed and passed over`,
  }),
  'input/damaged-container': ({ format, reason }) => ({
    message: `the ${format} structure is damaged: ${reason}`,
    hint: 'fetch or export the file again, in binary mode',
  }),
  'input/ber-container': ({ format }) => ({
    message: `the ${format} structure is BER, not DER, as some programs write it; read all the same`,
  }),
  'input/no-certificates-inside': ({ format }) => ({
    message: `the ${format} structure holds neither certificates nor CRLs`,
    hint: 'export it again with the certificates included',
  }),
  'input/unsupported-content': ({ format, content }) => ({
    message: `the ${format} structure holds ${content}, not signed data with certificates`,
    hint: 'export the certificates themselves, as PEM or as .p7b',
  }),
  'input/part-left-out': ({ format, content }) => ({
    message: `a part of the ${format} structure is left out: ${content}`,
  }),
  'input/password-required': ({ format }) => ({
    message: `the ${format} file is encrypted and no password was given`,
    hint: 'give the password with --password-file FILE, or run certwright at a terminal to be asked',
  }),
  'input/wrong-password': ({ format }) => ({
    message: `the password does not open the ${format} file`,
    hint: 'check the first line of the --password-file: case, blanks, and the character set of letters beyond ASCII',
  }),
  'input/integrity-not-checked': ({ reason }) => ({
    message: `whether the PKCS#12 file was changed could not be checked: ${reason}`,
    hint: 'what was not encrypted was read all the same; give the password with --password-file to have it checked',
  }),
  'input/legacy-encryption': ({ algorithm }) => ({
    message: `encrypted with ${algorithm}, which OpenSSL 3 has moved to its legacy provider`,
    hint: 'write it anew: openssl pkcs12 -legacy -in FILE -nodes -out TEMP.pem, then openssl pkcs12 -export -in TEMP.pem -out NEW.p12; remove TEMP.pem',
  }),
  'input/unsupported-encryption': ({ algorithm }) => ({
    message: `encrypted with an algorithm that is not known (${algorithm})`,
    hint: 'export the file again with AES-256, the default of openssl pkcs12 -export',
  }),
  'input/too-many-iterations': ({ iterations, limit }) => ({
    message: `wants ${iterations} rounds of key derivation, at most ${limit} are run`,
    hint: 'no program writes such files by itself: export it again with openssl pkcs12 -export -iter 600000',
  }),
};

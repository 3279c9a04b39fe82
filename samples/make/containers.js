/** PKCS#7 and PKCS#12 files for the samples, written with pkijs. */
import { Buffer } from 'node:buffer';
import { KeyObject, createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import * as asn1js from 'asn1js';
import * as pkijs from 'pkijs';

const parseCertificate = ({ certificate }) => pkijs.Certificate.fromBER(certificate.rawData);

/** DER of a PKCS#7 file: certificates and CRLs, nothing signed (`.p7b`). */
export function makePKCS7(holders, crls = []) {
  const signedData = new pkijs.SignedData({
    version: 1,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: pkijs.ContentInfo.DATA }),
    certificates: holders.map(parseCertificate),
    ...(crls.length > 0 && { crls: crls.map((crl) => pkijs.CertificateRevocationList.fromBER(crl)) }),
  });
  const content = new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.SIGNED_DATA,
    content: signedData.toSchema(true),
  });
  return new Uint8Array(content.toSchema().toBER());
}

const bagAttributes = (friendlyName) => [
  new pkijs.Attribute({
    type: '1.2.840.113549.1.9.20',
    values: [new asn1js.BmpString({ value: friendlyName })],
  }),
  new pkijs.Attribute({
    type: '1.2.840.113549.1.9.21',
    values: [new asn1js.OctetString({ valueHex: Uint8Array.of(1) })],
  }),
];

/** The key as an EncryptedPrivateKeyInfo that OpenSSL wrote. */
function makeKeyBag({ keys }, friendlyName, passphrase) {
  const options = { format: 'der', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase };
  return new pkijs.SafeBag({
    bagId: '1.2.840.113549.1.12.10.1.2',
    bagValue: pkijs.PKCS8ShroudedKeyBag.fromBER(KeyObject.from(keys.privateKey).export(options)),
    bagAttributes: bagAttributes(friendlyName),
  });
}

const makeCertificateBag = (holder, friendlyName) =>
  new pkijs.SafeBag({
    bagId: '1.2.840.113549.1.12.10.1.3',
    bagValue: new pkijs.CertBag({ parsedValue: parseCertificate(holder) }),
    ...(friendlyName && { bagAttributes: bagAttributes(friendlyName) }),
  });

const iterations = 2048;
const sequence = (...value) => new asn1js.Sequence({ value });
const oid = (value) => new asn1js.ObjectIdentifier({ value });

/**
 * Encrypted contents (RFC 5652 6.1, 8) under PBES2. Not pkijs' own: its salts of 64 bytes are more than GnuTLS 3.7 reads.
 */
function encryptContents(contents, passphrase) {
  const [salt, iv] = [randomBytes(16), randomBytes(16)];
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(passphrase, salt, iterations, 32, 'sha256'), iv);
  const octets = (valueHex) => new asn1js.OctetString({ valueHex });
  const keyDerivation = sequence(
    oid('1.2.840.113549.1.5.12'),
    sequence(
      octets(salt),
      new asn1js.Integer({ value: iterations }),
      sequence(oid('1.2.840.113549.2.9'), new asn1js.Null()),
    ),
  );
  const scheme = sequence(keyDerivation, sequence(oid('2.16.840.1.101.3.4.1.42'), octets(iv)));
  const encrypted = new asn1js.Primitive({
    idBlock: { tagClass: 3, tagNumber: 0 },
    valueHex: Buffer.concat([cipher.update(contents), cipher.final()]),
  });
  const contentInfo = sequence(oid(pkijs.ContentInfo.DATA), sequence(oid('1.2.840.113549.1.5.13'), scheme), encrypted);
  return new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.ENCRYPTED_DATA,
    content: sequence(new asn1js.Integer({ value: 0 }), contentInfo),
  });
}

const encodeBags = (safeBags) => Buffer.from(new pkijs.SafeContents({ safeBags }).toSchema().toBER());

/** DER of a PKCS#12 file: the first holder's key, and every holder's certificate, encrypted. */
export async function makePKCS12(holders, friendlyName, passphrase) {
  const certificateBags = holders.map((holder, position) =>
    makeCertificateBag(holder, position === 0 ? friendlyName : undefined),
  );
  const keyContents = new pkijs.ContentInfo({
    contentType: pkijs.ContentInfo.DATA,
    content: new asn1js.OctetString({ valueHex: encodeBags([makeKeyBag(holders[0], friendlyName, passphrase)]) }),
  });
  const authenticatedSafe = new pkijs.AuthenticatedSafe({
    safeContents: [keyContents, encryptContents(encodeBags(certificateBags), passphrase)],
  });
  const pfx = new pkijs.PFX({ parsedValue: { integrityMode: 0, authenticatedSafe } });
  const password = Uint8Array.from(Buffer.from(passphrase)).buffer;
  const mac = { pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' };
  await pfx.makeInternalValues({ password, iterations, ...mac });
  return new Uint8Array(pfx.toSchema().toBER());
}

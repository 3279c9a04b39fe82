/** The `result` of `certwright inspect --json`: every field of every object, in the order of the files. */
import type { Asn1Tree } from '../../containers/asn1-tree.js';
import { fingerprint } from '../../crypto/fingerprint.js';
import { describePublicKey } from '../../crypto/public-key.js';
import { signatureAlgorithmName, type SignatureCheck } from '../../crypto/signature.js';
import { encodingOf } from '../../der/reader.js';
import { toHex, type BitString } from '../../der/values.js';
import type { Finding } from '../../finding/finding.js';
import type { MalformedInputError } from '../../finding/malformed-input.js';
import { fingerprintCRL } from '../../revocation/streamed-crl.js';
import type { AlgorithmIdentifier } from '../../x509/algorithm-identifier.js';
import { formatName, type Name } from '../../x509/name.js';
import type { SubjectPublicKeyInfo } from '../../x509/subject-public-key-info.js';
import type {
  InspectedCertificate,
  InspectedCRL,
  InspectedObject,
  InspectedPrivateKey,
  InspectedPublicKey,
  InspectedRequest,
} from '../inspection.js';
import { daysLeft } from '../instant.js';
import { summarizeCertificate } from './certificate.js';
import { viewExtensions, viewOID } from './extensions.js';

/** RDN by RDN as encoded, each attribute with its type and text; what is no character string as hexadecimal. */
function viewName(name: Name): object {
  const rdnSequence = name.rdnSequence.map((rdn) =>
    rdn.map(({ type, value, content }) => ({
      type: viewOID(type),
      ...(value === undefined ? { hex: toHex(content) } : { value }),
    })),
  );
  return { text: formatName(name), rdnSequence };
}

function viewAlgorithm(algorithm: AlgorithmIdentifier): object {
  const { parameters } = algorithm;
  const name = signatureAlgorithmName(algorithm);
  return {
    oid: algorithm.algorithm,
    ...(name !== algorithm.algorithm && { name }),
    ...(parameters && { parameters: toHex(encodingOf(parameters)) }),
  };
}

const viewBits = ({ bytes, unusedBits }: BitString): object => ({ hex: toHex(bytes), unusedBits });

function viewPublicKey(key: SubjectPublicKeyInfo, description = describePublicKey(key)): object {
  return {
    ...description,
    algorithm: viewOID(key.algorithm.algorithm),
    sha256: fingerprint(key.bytes, 'sha256'),
    spki: toHex(key.bytes),
  };
}

const viewMalformation = ({ code, offset, detail }: MalformedInputError): object => ({ code, offset, detail });

const viewCheck = (check: SignatureCheck): object => ({ ...check });

/** Both bounds belong to the validity. */
function validityState(notBefore: Date, notAfter: Date, at: Date): string {
  if (at < notBefore) return 'not-yet-valid';
  return at > notAfter ? 'expired' : 'valid';
}

function viewCertificate(inspected: InspectedCertificate, at: Date): object {
  const { certificate, publicKey, selfIssued, ownSignature, malformed, weaknesses, privateKeys } = inspected;
  const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  const { version, issuer, subject, validity, issuerUniqueID, subjectUniqueID } = tbsCertificate;
  return {
    // The origin is given with the object.
    ...summarizeCertificate({ ...certificate, origin: inspected.object.origin }),
    version,
    subjectName: viewName(subject),
    issuerName: viewName(issuer),
    validity: validityState(validity.notBefore, validity.notAfter, at),
    daysLeft: daysLeft(validity.notAfter, at),
    publicKey: viewPublicKey(tbsCertificate.subjectPublicKeyInfo, publicKey),
    signatureAlgorithm: viewAlgorithm(signatureAlgorithm),
    tbsSignatureAlgorithm: viewAlgorithm(tbsCertificate.signature),
    signatureValue: viewBits(signatureValue),
    selfIssued,
    ...(ownSignature && { ownSignature: viewCheck(ownSignature) }),
    ...(issuerUniqueID && { issuerUniqueID: viewBits(issuerUniqueID) }),
    ...(subjectUniqueID && { subjectUniqueID: viewBits(subjectUniqueID) }),
    extensions: viewExtensions(tbsCertificate.extensions),
    malformed: malformed.map(viewMalformation),
    weaknesses: weaknesses.map(({ code }: Finding) => code),
    privateKeys,
  };
}

function viewCRL({ survey }: InspectedCRL, at: Date): object {
  const { crl, entries, malformation } = survey;
  const { tbsCertList, signatureAlgorithm, signatureValue } = crl;
  const { version, issuer, thisUpdate, nextUpdate, crlExtensions } = tbsCertList;
  return {
    issuer: formatName(issuer),
    issuerName: viewName(issuer),
    version,
    thisUpdate: thisUpdate.toISOString(),
    ...(nextUpdate && {
      nextUpdate: nextUpdate.toISOString(),
      validity: validityState(thisUpdate, nextUpdate, at),
      daysLeft: daysLeft(nextUpdate, at),
    }),
    ...(entries !== undefined && { entries }),
    signatureAlgorithm: viewAlgorithm(signatureAlgorithm),
    tbsSignatureAlgorithm: viewAlgorithm(tbsCertList.signature),
    signatureValue: viewBits(signatureValue),
    sha256: fingerprintCRL(crl),
    extensions: viewExtensions(crlExtensions),
    ...(malformation && { malformed: [viewMalformation(malformation)] }),
  };
}

/** Type, size and public half: nothing of the secret. */
function viewPrivateKey({ object, publicKey, certificates }: InspectedPrivateKey): object {
  const { encoding = 'pkcs8', encrypted = false, wasEncrypted } = object.key ?? {};
  return {
    encoding,
    encrypted,
    ...(wasEncrypted && { wasEncrypted }),
    ...(publicKey && { publicKey: viewPublicKey(publicKey) }),
    certificates: certificates.map(summarizeCertificate),
  };
}

function viewPublicKeyObject({ publicKey, malformation, certificates }: InspectedPublicKey): object {
  return {
    ...(publicKey && { publicKey: viewPublicKey(publicKey) }),
    ...(malformation && { malformed: [viewMalformation(malformation)] }),
    certificates: certificates.map(summarizeCertificate),
  };
}

function viewRequest({ request, malformation, signature, certificates }: InspectedRequest): object {
  return {
    ...(request && {
      subject: formatName(request.subject),
      subjectName: viewName(request.subject),
      version: request.version,
      publicKey: viewPublicKey(request.subjectPKInfo),
      signatureAlgorithm: viewAlgorithm(request.signatureAlgorithm),
      attributes: request.attributes.map(({ type }) => viewOID(type)),
      extensions: viewExtensions(request.extensions),
    }),
    ...(signature && { ownSignature: viewCheck(signature) }),
    ...(malformation && { malformed: [viewMalformation(malformation)] }),
    certificates: certificates.map(summarizeCertificate),
  };
}

function viewContent(inspected: InspectedObject, at: Date): object {
  switch (inspected.kind) {
    case 'certificate':
      return viewCertificate(inspected, at);
    case 'crl':
      return viewCRL(inspected, at);
    case 'private-key':
      return viewPrivateKey(inspected);
    case 'public-key':
      return viewPublicKeyObject(inspected);
    case 'certification-request':
      return viewRequest(inspected);
  }
}

/** In bytes of DER; of a CRL that was streamed the object has not all. */
function sizeOf(inspected: InspectedObject): number {
  return inspected.kind === 'crl' ? inspected.survey.crl.size : inspected.object.der.length;
}

/**
 * One object as plain data: bytes in lower-case hexadecimal, instants in ISO 8601, large numbers as decimal text. A
 * private key is described by its public half alone; the size of an unencrypted one is that of its DER.
 */
export function viewObject(inspected: InspectedObject, at: Date, asn1?: Asn1Tree): object {
  const { origin, container, label } = inspected.object;
  return {
    kind: inspected.kind,
    origin,
    container,
    ...(label !== undefined && label !== '' && { label }),
    size: sizeOf(inspected),
    ...viewContent(inspected, at),
    ...(asn1 && { asn1 }),
  };
}

/**
 * What `inspect` finds out about each object before it becomes text or JSON: which keys and certificates belong together,
 * what is malformed, what is weak. Nothing is judged: an expired certificate is shown, not reported.
 */
import { isSelfIssued, type OnProgress } from '../chain/issuer-index.js';
import type { InputObject } from '../containers/input-object.js';
import { importPrivateKey, publicKeyOf } from '../crypto/private-key.js';
import { describePublicKey, equalPublicKeys, type PublicKeyDescription } from '../crypto/public-key.js';
import { checkSignature, type SignatureCheck } from '../crypto/signature.js';
import { findWeakness } from '../crypto/strength.js';
import { createFinding } from '../finding/catalogue.js';
import type { Finding, Origin } from '../finding/finding.js';
import { MalformedInputError } from '../finding/malformed-input.js';
import { surveyCRL, type CRLSurvey } from '../revocation/survey-crl.js';
import { parseCertificationRequest, type CertificationRequest } from '../x509/certification-request.js';
import { subjectOf, type Certificate } from '../x509/certificate.js';
import type { CertificateList } from '../x509/crl.js';
import { certificateExtensions, findMalformedExtensions } from '../x509/extensions/known-extensions.js';
import { parsePublicKey, type SubjectPublicKeyInfo } from '../x509/subject-public-key-info.js';

interface Inspected {
  readonly object: InputObject;
}

export interface InspectedCertificate extends Inspected {
  readonly kind: 'certificate';
  readonly certificate: Certificate;
  readonly publicKey: PublicKeyDescription;
  /** Issuer and subject are one name. */
  readonly selfIssued: boolean;
  /** Of a self-issued certificate: whether its own key made the signature. */
  readonly ownSignature?: SignatureCheck;
  readonly malformed: readonly MalformedInputError[];
  /** `certificate/weak-key`, `certificate/weak-signature`. */
  readonly weaknesses: readonly Finding[];
  /** Where the private keys stand that belong to it. */
  readonly privateKeys: readonly Origin[];
}

export interface InspectedCRL extends Inspected {
  readonly kind: 'crl';
  readonly survey: CRLSurvey;
}

/** A private key by its public half: nothing else of it goes further. */
export interface InspectedPrivateKey extends Inspected {
  readonly kind: 'private-key';
  /** Absent while it is encrypted, or where OpenSSL cannot read it. */
  readonly publicKey?: SubjectPublicKeyInfo;
  readonly certificates: readonly Certificate[];
}

export interface InspectedPublicKey extends Inspected {
  readonly kind: 'public-key';
  readonly publicKey?: SubjectPublicKeyInfo;
  readonly malformation?: MalformedInputError;
  readonly certificates: readonly Certificate[];
}

export interface InspectedRequest extends Inspected {
  readonly kind: 'certification-request';
  readonly request?: CertificationRequest;
  readonly malformation?: MalformedInputError;
  /** Whether the key that is in the request made its signature. */
  readonly signature?: SignatureCheck;
  readonly certificates: readonly Certificate[];
}

export type InspectedObject =
  InspectedCertificate | InspectedCRL | InspectedPrivateKey | InspectedPublicKey | InspectedRequest;

/** What `gatherInputs` gives, as far as it is needed here. */
export interface InspectionInput {
  readonly objects: readonly InputObject[];
  readonly certificates: readonly Certificate[];
  /** One for each object of its kind, in their order. */
  readonly crls: readonly CertificateList[];
}

function attempt<T>(parse: () => T): { readonly value?: T; readonly malformation?: MalformedInputError } {
  try {
    return { value: parse() };
  } catch (error) {
    if (error instanceof MalformedInputError) return { malformation: error };
    throw error;
  }
}

function inspectCertificate(object: InputObject, certificate: Certificate): Omit<InspectedCertificate, 'privateKeys'> {
  const { tbsCertificate, signatureAlgorithm, signatureValue } = certificate;
  const { bytes, subjectPublicKeyInfo, extensions } = tbsCertificate;
  const selfIssued = isSelfIssued(certificate);
  return {
    kind: 'certificate',
    object,
    certificate,
    publicKey: describePublicKey(subjectPublicKeyInfo),
    selfIssued,
    ...(selfIssued && {
      ownSignature: checkSignature(bytes, signatureAlgorithm, signatureValue, subjectPublicKeyInfo),
    }),
    malformed: findMalformedExtensions(extensions, certificateExtensions),
    weaknesses: findWeakness(certificate),
  };
}

/** The public half of an unencrypted key. */
function openPrivateKey({ der, key }: InputObject): SubjectPublicKeyInfo | undefined {
  if (!key || key.encrypted || key.encoding === 'encrypted-pkcs8') return undefined;
  const privateKey = importPrivateKey({ der, encoding: key.encoding });
  return privateKey && publicKeyOf(privateKey);
}

function inspectRequest(object: InputObject, sameKey: SameKey): InspectedRequest {
  const { value: request, malformation } = attempt(() => parseCertificationRequest(object.der, object.origin));
  const { certificationRequestInfo = object.der, subjectPKInfo, signatureAlgorithm, signature } = request ?? {};
  return {
    kind: 'certification-request',
    object,
    ...(request && { request }),
    ...(malformation && { malformation }),
    ...(signatureAlgorithm &&
      signature &&
      subjectPKInfo && {
        signature: checkSignature(certificationRequestInfo, signatureAlgorithm, signature, subjectPKInfo),
      }),
    certificates: sameKey(subjectPKInfo),
  };
}

/** The certificates that hold a key. */
type SameKey = (key: SubjectPublicKeyInfo | undefined) => readonly Certificate[];

function inspectPublicKey(object: InputObject, sameKey: SameKey): InspectedPublicKey {
  const form = object.label === 'RSA PUBLIC KEY' ? 'pkcs1' : 'spki';
  const { value: publicKey, malformation } = attempt(() => parsePublicKey(object.der, form));
  return {
    kind: 'public-key',
    object,
    ...(publicKey && { publicKey }),
    ...(malformation && { malformation }),
    certificates: sameKey(publicKey),
  };
}

/**
 * Looks at every object, in the order given; whatever cannot be parsed further says why.
 *
 * @param onProgress told of how many certificates.
 */
export function inspectObjects(input: InspectionInput, at: Date, onProgress?: OnProgress): readonly InspectedObject[] {
  const certificates = new Map(input.certificates.map((certificate) => [certificate.der, certificate]));
  const crlObjects = input.objects.filter(({ kind }) => kind === 'crl');
  const crls = new Map(crlObjects.map((object, position) => [object, input.crls[position]]));
  const sameKey: SameKey = (key) =>
    input.certificates.filter(
      ({ tbsCertificate }) => key !== undefined && equalPublicKeys(tbsCertificate.subjectPublicKeyInfo, key),
    );
  const privateKeys = input.objects
    .filter(({ kind }) => kind === 'private-key')
    .map((object): InspectedPrivateKey => {
      const publicKey = openPrivateKey(object);
      return { kind: 'private-key', object, ...(publicKey && { publicKey }), certificates: sameKey(publicKey) };
    });
  let done = 0;
  return input.objects.flatMap((object): InspectedObject[] => {
    const certificate = certificates.get(object.der);
    const crl = crls.get(object);
    if (certificate) {
      onProgress?.(++done, input.certificates.length);
      const own = privateKeys.filter((key) => key.certificates.includes(certificate));
      return [{ ...inspectCertificate(object, certificate), privateKeys: own.map((key) => key.object.origin) }];
    }
    if (crl) return [{ kind: 'crl', object, survey: surveyCRL(crl, { at }) }];
    if (object.kind === 'public-key') return [inspectPublicKey(object, sameKey)];
    if (object.kind === 'certification-request') return [inspectRequest(object, sameKey)];
    return privateKeys.filter((key) => key.object === object);
  });
}

/** What cannot be read inside the objects: shown where it stands, and told as findings too. */
export function explainMalformations(objects: readonly InspectedObject[]): Finding[] {
  return objects.flatMap((inspected): Finding[] => {
    if (inspected.kind === 'private-key') return [];
    if (inspected.kind === 'crl') return inspected.survey.findings.filter(({ code }) => code === 'crl/malformed');
    if (inspected.kind === 'certificate') {
      const { certificate, malformed } = inspected;
      const place = { origin: certificate.origin };
      return malformed.map(({ offset, detail }) =>
        createFinding('certificate/malformed-extension', subjectOf(certificate), { offset, detail }, place),
      );
    }
    const { malformation, object } = inspected;
    const subject = { kind: 'block', name: object.label ?? object.kind } as const;
    return malformation ? [malformation.at(object.origin).toFinding(subject)] : [];
  });
}

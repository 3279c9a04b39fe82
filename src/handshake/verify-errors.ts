/** OpenSSL's verification errors as Node names them, with their numbers and words (X509_verify_cert_error_string(3)). */

export interface VerifyError {
  /** `X509_V_ERR_…`; undefined for those that Node has no name for: it says UNSPECIFIED for all of them. */
  readonly number: number | undefined;
  readonly message: string;
}

const known: Readonly<Record<string, readonly [number: number, message: string]>> = {
  UNABLE_TO_GET_ISSUER_CERT: [2, 'unable to get issuer certificate'],
  UNABLE_TO_GET_CRL: [3, 'unable to get certificate CRL'],
  UNABLE_TO_DECRYPT_CERT_SIGNATURE: [4, "unable to decrypt certificate's signature"],
  UNABLE_TO_DECRYPT_CRL_SIGNATURE: [5, "unable to decrypt CRL's signature"],
  UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY: [6, 'unable to decode issuer public key'],
  CERT_SIGNATURE_FAILURE: [7, 'certificate signature failure'],
  CRL_SIGNATURE_FAILURE: [8, 'CRL signature failure'],
  CERT_NOT_YET_VALID: [9, 'certificate is not yet valid'],
  CERT_HAS_EXPIRED: [10, 'certificate has expired'],
  CRL_NOT_YET_VALID: [11, 'CRL is not yet valid'],
  CRL_HAS_EXPIRED: [12, 'CRL has expired'],
  ERROR_IN_CERT_NOT_BEFORE_FIELD: [13, "format error in certificate's notBefore field"],
  ERROR_IN_CERT_NOT_AFTER_FIELD: [14, "format error in certificate's notAfter field"],
  ERROR_IN_CRL_LAST_UPDATE_FIELD: [15, "format error in CRL's lastUpdate field"],
  ERROR_IN_CRL_NEXT_UPDATE_FIELD: [16, "format error in CRL's nextUpdate field"],
  DEPTH_ZERO_SELF_SIGNED_CERT: [18, 'self-signed certificate'],
  SELF_SIGNED_CERT_IN_CHAIN: [19, 'self-signed certificate in certificate chain'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: [20, 'unable to get local issuer certificate'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: [21, 'unable to verify the first certificate'],
  CERT_CHAIN_TOO_LONG: [22, 'certificate chain too long'],
  CERT_REVOKED: [23, 'certificate revoked'],
  PATH_LENGTH_EXCEEDED: [25, 'path length constraint exceeded'],
  INVALID_PURPOSE: [26, 'unsuitable certificate purpose'],
  CERT_UNTRUSTED: [27, 'certificate not trusted'],
  CERT_REJECTED: [28, 'certificate rejected'],
  INVALID_CA: [79, 'invalid CA certificate'],
};

/** What Node's `authorizationError` stands for. */
export function describeVerifyError(code: string): VerifyError {
  const entry = known[code];
  if (entry) return { number: entry[0], message: entry[1] };
  return { number: undefined, message: 'refused by OpenSSL, with an error that Node has no name for' };
}

/** True for numbers that Node shows as UNSPECIFIED. */
export function isNameless(number: number): boolean {
  return !Object.values(known).some(([each]) => each === number);
}

/** No path to a trusted root: which of them OpenSSL says depends on what was sent and on how far it came. */
const trustErrors: readonly number[] = [2, 18, 19, 20, 21, 27];
/** The CRL, or what it says. */
const revocationErrors: readonly number[] = [3, 5, 8, 11, 12, 15, 16, 23];

/** Errors that stand for the same fault as this one, itself included. */
export function kindredErrors(number: number): readonly number[] {
  if (trustErrors.includes(number)) return trustErrors;
  return revocationErrors.includes(number) ? revocationErrors : [number];
}

export function isRevocationError(number: number | undefined): boolean {
  return number !== undefined && revocationErrors.includes(number);
}

/** authorityKeyIdentifier: which key signed this certificate or CRL. */
import { DerReader, contentOf, readSingle } from '../../der/reader.js';
import { Tag, contextConstructed, contextPrimitive } from '../../der/tag.js';
import { decodeInteger } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';
import { decodeGeneralNames, type GeneralNames } from '../general-name.js';

/**
 *     AuthorityKeyIdentifier ::= SEQUENCE {
 *         keyIdentifier             [0] KeyIdentifier            OPTIONAL,
 *         authorityCertIssuer       [1] GeneralNames             OPTIONAL,
 *         authorityCertSerialNumber [2] CertificateSerialNumber  OPTIONAL }
 */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Uint8Array | undefined;
  readonly authorityCertIssuer: GeneralNames | undefined;
  readonly authorityCertSerialNumber: Uint8Array | undefined;
}

/** RFC 5280 4.2.1.1 and 5.2.1. That issuer and serial number come together is not checked. */
export const authorityKeyIdentifier: ExtensionType<AuthorityKeyIdentifier> = {
  extnID: '2.5.29.35',
  name: 'authorityKeyIdentifier',
  decode(value) {
    const fields = DerReader.within(readSingle(value, Tag.sequence, 'AuthorityKeyIdentifier'));
    const keyIdentifier = fields.readOptional(contextPrimitive(0));
    const issuer = fields.readOptional(contextConstructed(1));
    const serialNumber = fields.readOptional(contextPrimitive(2));
    fields.finish('AuthorityKeyIdentifier');
    return {
      keyIdentifier: keyIdentifier && contentOf(keyIdentifier),
      authorityCertIssuer: issuer && decodeGeneralNames(issuer),
      authorityCertSerialNumber: serialNumber && decodeInteger(serialNumber),
    };
  },
};

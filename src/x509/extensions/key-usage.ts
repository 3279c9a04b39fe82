/** keyUsage and extKeyUsage: what the key may be used for. */
import { DerReader, readSingle } from '../../der/reader.js';
import { Tag } from '../../der/tag.js';
import { decodeBitString, decodeObjectIdentifier, isBitSet } from '../../der/values.js';
import type { ExtensionType } from '../extensions.js';

/**
 *     KeyUsage ::= BIT STRING {
 *         digitalSignature(0), nonRepudiation(1), keyEncipherment(2), dataEncipherment(3), keyAgreement(4),
 *         keyCertSign(5), cRLSign(6), encipherOnly(7), decipherOnly(8) }
 */
const keyUsageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const;
export type KeyUsageBit = (typeof keyUsageBits)[number];
export type KeyUsage = ReadonlySet<KeyUsageBit>;

/** RFC 5280 4.2.1.3. Bits that the RFC does not name are passed over. */
export const keyUsage: ExtensionType<KeyUsage> = {
  extnID: '2.5.29.15',
  name: 'keyUsage',
  decode(value) {
    const bits = decodeBitString(readSingle(value, Tag.bitString, 'KeyUsage'));
    return new Set(keyUsageBits.filter((_, position) => isBitSet(bits, position)));
  },
};

/** `ExtKeyUsageSyntax ::= SEQUENCE SIZE (1..MAX) OF KeyPurposeId` (RFC 5280 4.2.1.12), as dotted OIDs. */
export const extKeyUsage: ExtensionType<readonly string[]> = {
  extnID: '2.5.29.37',
  name: 'extKeyUsage',
  decode(value) {
    const reader = DerReader.within(readSingle(value, Tag.sequence, 'ExtKeyUsageSyntax'));
    const purposes: string[] = [];
    do purposes.push(decodeObjectIdentifier(reader.read(Tag.objectIdentifier, 'KeyPurposeId')));
    while (!reader.atEnd);
    return purposes;
  },
};

/** Names of RFC 5280 4.2.1.12 and of the purposes that are met in practice. */
export const keyPurposeNames: Readonly<Record<string, string>> = {
  '2.5.29.37.0': 'anyExtendedKeyUsage',
  '1.3.6.1.5.5.7.3.1': 'serverAuth',
  '1.3.6.1.5.5.7.3.2': 'clientAuth',
  '1.3.6.1.5.5.7.3.3': 'codeSigning',
  '1.3.6.1.5.5.7.3.4': 'emailProtection',
  '1.3.6.1.5.5.7.3.8': 'timeStamping',
  '1.3.6.1.5.5.7.3.9': 'OCSPSigning',
  '1.3.6.1.5.5.7.3.20': 'sipDomain',
  '1.3.6.1.4.1.311.20.2.2': 'smartcardLogon',
};

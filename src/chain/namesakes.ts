/**
 * The certificates of one subject, by what an AuthorityKeyIdentifier may say of them and by their keys: where thousands of
 * CAs have one name, an issuer is looked up among them and not tried one after the other.
 */
import { toHex } from '../der/values.js';
import type { Certificate } from '../x509/certificate.js';
import type { AuthorityKeyIdentifier } from '../x509/extensions/authority-key-identifier.js';
import { subjectKeyIdentifier } from '../x509/extensions/subject-key-identifier.js';
import { groupBy } from '../x509/group-by.js';
import { spkiKey } from '../x509/subject-public-key-info.js';

type Buckets = ReadonlyMap<string | undefined, readonly Certificate[]>;

/** The key of a certificate as a key of a Map. */
function identifyKey({ tbsCertificate }: Certificate): string {
  return spkiKey(tbsCertificate.subjectPublicKeyInfo);
}

export class Namesakes {
  /** In the order in which they were given. */
  readonly all: Certificate[] = [];
  // Made once they are asked for: most names belong to one certificate.
  private bySerialNumber: Buckets | undefined;
  private byKeyIdentifier: Buckets | undefined;
  private byKey: Buckets | undefined;

  add(certificate: Certificate): void {
    this.all.push(certificate);
  }

  /** Those that the identifier may name: every one that it does not speak against is among them, and few others. */
  findNamed({
    keyIdentifier,
    authorityCertSerialNumber,
  }: Partial<AuthorityKeyIdentifier> = {}): readonly Certificate[] {
    if (this.all.length === 1) return this.all;
    if (authorityCertSerialNumber) {
      this.bySerialNumber ??= groupBy(this.all, ({ tbsCertificate }) => toHex(tbsCertificate.serialNumber));
      return this.bySerialNumber.get(toHex(authorityCertSerialNumber)) ?? [];
    }
    if (!keyIdentifier) return this.all;
    this.byKeyIdentifier ??= groupBy(this.all, ({ tbsCertificate }) => {
      const own = tbsCertificate.extensions.get(subjectKeyIdentifier);
      return own && toHex(own);
    });
    return [toHex(keyIdentifier), undefined].flatMap((key) => this.byKeyIdentifier?.get(key) ?? []);
  }

  /** Those with the same key as this one. */
  findByKey(certificate: Certificate): readonly Certificate[] {
    this.byKey ??= groupBy(this.all, identifyKey);
    return this.byKey.get(identifyKey(certificate)) ?? [];
  }
}

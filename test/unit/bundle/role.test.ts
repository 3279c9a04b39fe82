import { describe, expect, it } from 'vitest';
import { describeRole } from '../../../src/bundle/role.js';
import { IssuerIndex } from '../../../src/chain/issuer-index.js';
import { nullValue, oid, sequence, toPEM } from '../../support/der.js';
import { openssl, runOpenSSL, verifyErrors } from '../../support/openssl.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, makeKeyPair, type Holder } from '../../support/pki.js';
import { makeScratch } from '../../support/scratch.js';

type Options = Parameters<typeof issueCertificate>[1];

function roleOf({ certificate }: Holder): string {
  const parsed = asCertificate(certificate);
  const role = describeRole(parsed, { index: new IssuerIndex([parsed]) });
  return role.role === 'not-a-ca' ? `not-a-ca, self-signed ${role.selfSigned}: ${role.reason}` : role.role;
}

/** What openssl verify says of `leaf` with the holder as the only trusted certificate; nothing where it is content. */
function verify(trusted: Holder, leaf: Holder): number[] {
  const scratch = makeScratch();
  const args = ['-no-CApath', '-no-CAstore', '-CAfile', scratch.write('ca.pem', toPEM(trusted.certificate))];
  const run = runOpenSSL(['verify', ...args, scratch.write('leaf.pem', toPEM(leaf.certificate))]);
  return run.status === 0 ? [] : verifyErrors(run);
}

const md2 = sequence(oid('1.2.840.113549.1.1.2'), nullValue());
const upper = issueCertificate(undefined, { subject: 'CN=Upper', ca: true });

describe('describeRole', () => {
  it.each<[string, Holder | undefined, Options, string]>([
    ['a self-signed CA', undefined, { subject: 'CN=A', ca: true }, 'root'],
    ['a CA signed by another', upper, { subject: 'CN=A', ca: true }, 'intermediate'],
    ['a CA without key usage', undefined, { subject: 'CN=A', ca: true, keyUsage: [] }, 'root'],
    ['a self-signed certificate of version 1', undefined, { subject: 'CN=A', version: 1 }, 'root'],
    [
      'a self-signed CA signed with MD2, which nobody can check',
      undefined,
      { subject: 'CN=A', ca: true, signatureAlgorithm: md2 },
      'root',
    ],
    [
      'a self-issued CA signed with another key',
      { ...upper, subject: 'CN=A' },
      { subject: 'CN=A', ca: true },
      'intermediate',
    ],
    [
      'a self-issued CA that names another key',
      undefined,
      { subject: 'CN=A', ca: true, aki: upper.key.keyIdentifier },
      'intermediate',
    ],
    [
      'a self-signed CA with a damaged signature',
      undefined,
      { subject: 'CN=A', ca: true, signature: 'broken' },
      'intermediate',
    ],
  ])('takes %s for a CA', (_, issuer, options, role) => {
    expect(roleOf(issueCertificate(issuer, options))).toBe(role);
  });

  it.each<[string, Holder | undefined, Options, string]>([
    ['cA FALSE', undefined, { subject: 'CN=A', ca: false }, 'true: its basic constraints say cA FALSE'],
    ['no basic constraints', upper, { subject: 'CN=A' }, 'false: it has no basic constraints'],
    [
      'keyCertSign, but no basic constraints',
      undefined,
      { subject: 'CN=A', keyUsage: ['keyCertSign'] },
      'true: it has no basic constraints',
    ],
    [
      'a key usage without keyCertSign',
      undefined,
      { subject: 'CN=A', ca: true, keyUsage: ['cRLSign'] },
      'true: its key usage lacks keyCertSign',
    ],
    [
      'version 1 and another signer',
      upper,
      { subject: 'CN=A', version: 1 },
      'false: it is of version 1 and not self-signed',
    ],
  ])('takes a certificate with %s for none', (_, issuer, options, reason) => {
    expect(roleOf(issueCertificate(issuer, options))).toBe(`not-a-ca, self-signed ${reason}`);
  });
});

describe.skipIf(!openssl.installed)(`what docs/bundle.md says of OpenSSL${openssl.skipReason}`, () => {
  const below = (issuer: Holder): Holder => issueCertificate(issuer, { subject: 'CN=leaf' });

  it('trusts a self-signed server certificate in trusted-ca itself, whatever its basic constraints say', () => {
    const server = issueCertificate(undefined, { subject: 'CN=server', ca: false });
    expect(verify(server, server)).toEqual([]);
    expect(verify(server, below(server))).toEqual([79]);
  });

  it('takes keyCertSign without basic constraints for a CA', () => {
    const lax = issueCertificate(undefined, { subject: 'CN=Lax', keyUsage: ['keyCertSign'] });
    expect(verify(lax, below(lax))).toEqual([]);
    const none = issueCertificate(undefined, { subject: 'CN=None' });
    expect(verify(none, below(none))).toEqual([79]);
  });

  it('takes a self-signed certificate of version 1 for a CA', () => {
    const old = issueCertificate(undefined, { subject: 'CN=Old', version: 1, key: makeKeyPair() });
    expect(verify(old, below(old))).toEqual([]);
  });
});

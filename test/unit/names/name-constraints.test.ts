import { describe, expect, it } from 'vitest';
import {
  formatGeneralName,
  judgeByExcluded,
  judgeByPermitted,
  namesUnderConstraint,
} from '../../../src/names/name-constraints.js';
import type { GeneralSubtree } from '../../../src/x509/extensions/name-constraints.js';
import { readGeneralNames } from '../../support/general-names.js';
import { explicit, oid, utf8String } from '../../support/der.js';
import { asCertificate } from '../../support/parsed.js';
import { issueCertificate, type CertificateOptions } from '../../support/pki.js';

function subtrees(...names: readonly string[]): GeneralSubtree[] {
  return readGeneralNames(names).map((base) => ({ base, minimum: 0, maximum: undefined }));
}
const [host] = readGeneralNames(['www.example.com']);
const [mailbox] = readGeneralNames(['email:root@example.com']);
if (!host || !mailbox) throw new Error('no names');

describe('permitted subtrees', () => {
  it('say nothing about names of other forms', () => {
    expect(judgeByPermitted(mailbox, subtrees('example.com'))).toEqual({ outcome: 'allowed' });
  });

  it('allow a name that one of them holds', () => {
    expect(judgeByPermitted(host, subtrees('example.org', 'example.com'))).toEqual({ outcome: 'allowed' });
  });

  it('refuse a name that none of them holds, and give those of its form', () => {
    const [org, , net] = subtrees('example.org', 'email:example.com', 'example.net');
    expect(judgeByPermitted(host, subtrees('example.org', 'email:example.com', 'example.net'))).toEqual({
      outcome: 'not-permitted',
      permitted: [org, net],
    });
  });

  it('allow nothing once one of the form cannot be read, in either order', () => {
    for (const names of [
      ['example.com', 'bad..example'],
      ['bad..example', 'example.com'],
    ]) {
      expect(judgeByPermitted(host, subtrees(...names)).outcome).toBe('malformed-subtree');
    }
  });

  it('allow nothing at a distance', () => {
    const [subtree] = subtrees('example.com');
    if (!subtree) throw new Error('no subtree');
    expect(judgeByPermitted(host, [{ ...subtree, minimum: 1 }]).outcome).toBe('distance');
    expect(judgeByPermitted(host, [{ ...subtree, maximum: 0 }]).outcome).toBe('distance');
  });
});

describe('excluded subtrees', () => {
  it('refuse a name that one of them holds', () => {
    const [, excluded] = subtrees('example.org', 'example.com');
    expect(judgeByExcluded(host, subtrees('example.org', 'example.com'))).toEqual({
      outcome: 'excluded',
      subtree: excluded,
    });
  });

  it('allow all others', () => {
    expect(judgeByExcluded(host, subtrees('example.org', 'email:example.com'))).toEqual({ outcome: 'allowed' });
  });

  it('allow nothing once one of the form cannot be read', () => {
    expect(judgeByExcluded(host, subtrees('bad..example')).outcome).toBe('malformed-subtree');
  });
});

describe('the names of a certificate that are constrained', () => {
  const names = (options: Partial<CertificateOptions>, role: 'ca' | 'end-entity' = 'end-entity'): string[] => {
    const { certificate } = issueCertificate(undefined, { subject: 'CN=x', ...options });
    return namesUnderConstraint(asCertificate(certificate), role).map(formatGeneralName);
  };

  it('are its subject and its alternative names', () => {
    expect(names({ san: ['www.example.com', 'IP:192.0.2.1'] })).toEqual([
      'DirName:CN=x',
      'DNS:www.example.com',
      'IP:192.0.2.1',
    ]);
  });

  it('are not an empty subject', () => {
    expect(names({ subject: '', san: ['www.example.com'] })).toEqual(['DNS:www.example.com']);
  });

  it('are its e-mail addresses, also beside alternative names', () => {
    expect(names({ subject: 'emailAddress=a@b.example', san: ['www.example.com'] })).toEqual([
      'DirName:emailAddress=a@b.example',
      'DNS:www.example.com',
      'email:a@b.example',
    ]);
  });

  it('are the host-like common names of an end entity without DNS names', () => {
    expect(names({ subject: 'CN=www.example.com', san: ['IP:192.0.2.1'] })).toContain('DNS:www.example.com');
    expect(names({ subject: 'CN=*.example.com' })).toContain('DNS:*.example.com');
    expect(names({ subject: 'CN=Our Server' })).toEqual(['DirName:CN=Our Server']);
    expect(names({ subject: 'CN=www.example.com', san: ['a.example.com'] })).not.toContain('DNS:www.example.com');
    expect(names({ subject: 'CN=ca.example.com' }, 'ca')).toEqual(['DirName:CN=ca.example.com']);
  });

  it('are internationalised mailboxes, as addresses too', () => {
    const smtp = explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, utf8String('käthe@example.com')));
    expect(names({ san: [smtp] })).toEqual(['DirName:CN=x', 'otherName:1.3.6.1.5.5.7.8.9', 'email:käthe@example.com']);
    const broken = explicit(0, oid('1.3.6.1.5.5.7.8.9'), explicit(0, oid('1.2.3')));
    expect(names({ san: [broken] })).toEqual(['DirName:CN=x', 'otherName:1.3.6.1.5.5.7.8.9', 'email:']);
  });
});

describe('general names in words', () => {
  it.each([
    ['www.example.com', 'DNS:www.example.com'],
    ['email:a@b', 'email:a@b'],
    ['URI:http://a/', 'URI:http://a/'],
    ['IP:2001:db8::1', 'IP:2001:db8::1'],
    ['IP:192.0.2.0/24', 'IP:192.0.2.0/255.255.255.0'],
    ['IP:2001:db8::/32', 'IP:2001:db8::/ffff:ffff::'],
    ['dirName:CN=a,O=b', 'DirName:O=b,CN=a'],
    ['dirName:', 'DirName:(empty name)'],
    ['RID:1.2.3', 'RID:1.2.3'],
    ['UPN:a', 'otherName:1.3.6.1.4.1.311.20.2.3'],
  ])('%s', (name, text) => {
    expect(readGeneralNames([name]).map(formatGeneralName)).toEqual([text]);
  });

  it('an address of any other length is shown in hexadecimal', () => {
    expect(formatGeneralName({ type: 'iPAddress', value: Uint8Array.of(1, 2, 3) })).toBe('IP:010203');
    expect(formatGeneralName({ type: 'x400Address', value: new Uint8Array(0) })).toBe('x400Address');
  });
});

/** Name constraints as OpenSSL 3.0 reads them, held against the installed program where there is one. */
import { describe, expect, it } from 'vitest';
import { explicit, ia5String, implicit, integer, oid, retag, sequence, utf8String } from '../../../support/der.js';
import { makeExtension } from '../../../support/extensions.js';
import { makeName } from '../../../support/names.js';
import type { CertificateOptions } from '../../../support/pki.js';
import { predictErrors, predictionReason, type Setting } from '../../../support/security-pack-prediction.js';

const constrain = (...subtrees: Uint8Array[]): Partial<CertificateOptions> => ({
  extensions: [
    makeExtension('2.5.29.30', sequence(explicit(0, ...subtrees.map((subtree) => sequence(subtree)))), true),
  ],
});

describe(`name constraints under security-pack${predictionReason}`, () => {
  it.each<[string, Setting, readonly number[]]>([
    [
      'DNS constraints know no wildcard',
      { overrides: [{ san: ['*.example.com'] }, { nameConstraints: { excluded: ['www.example.com'] } }] },
      [],
    ],
    [
      'nor bad names',
      { overrides: [{ san: ['.example.com'] }, { nameConstraints: { permitted: ['example.com'] } }] },
      [],
    ],
    ['a DNS name that is excluded', { overrides: [{}, { nameConstraints: { excluded: ['example.com'] } }] }, [48]],
    [
      'a common name like a host counts without DNS names',
      { overrides: [{ san: undefined as never }, { nameConstraints: { permitted: ['example.org'] } }] },
      [47],
    ],
    [
      'a mailbox without at sign',
      { overrides: [{ san: ['email:nobody'] }, { nameConstraints: { permitted: ['email:example.com'] } }] },
      [53],
    ],
    [
      'a constraint of all mailboxes of a host',
      { overrides: [{ san: ['email:a@example.com'] }, { nameConstraints: { permitted: ['email:@example.com'] } }] },
      [],
    ],
    [
      'a malformed constraint is no match',
      { overrides: [{ san: ['email:a@example.com'] }, { nameConstraints: { permitted: ['email:a@b@example.com'] } }] },
      [47],
    ],
    [
      'a URI with a user',
      {
        overrides: [{ san: ['URI:http://user@example.com/'] }, { nameConstraints: { permitted: ['URI:example.com'] } }],
      },
      [47],
    ],
    [
      'a URI without host',
      { overrides: [{ san: ['URI:urn:x'] }, { nameConstraints: { permitted: ['URI:example.com'] } }] },
      [53],
    ],
    [
      'a mask with holes',
      { overrides: [{ san: ['IP:192.0.2.9'] }, { nameConstraints: { permitted: ['IP:192.0.0.9/255.255.0.255'] } }] },
      [],
    ],
    [
      'an address of the other family',
      { overrides: [{ san: ['IP:2001:db8::1'] }, { nameConstraints: { permitted: ['IP:192.0.2.0/24'] } }] },
      [47],
    ],
    [
      'an address of five octets',
      {
        overrides: [{ san: [implicit(7, new Uint8Array(5))] }, { nameConstraints: { permitted: ['IP:192.0.2.0/24'] } }],
      },
      [53],
    ],
    [
      'a mask of wrong length',
      { overrides: [{ san: ['IP:192.0.2.9'] }, constrain(implicit(7, new Uint8Array(5)))] },
      [53],
    ],
    [
      'a form without rule',
      { overrides: [{ san: ['RID:1.2.3'] }, { nameConstraints: { permitted: ['RID:1.2.3'] } }] },
      [51],
    ],
    [
      'an otherName of another type is another form',
      { overrides: [{ san: ['UPN:a'] }, constrain(explicit(0, oid('1.2.3'), explicit(0, utf8String('a'))))] },
      [],
    ],
    [
      'an otherName of the same type',
      { overrides: [{ san: ['UPN:a'] }, { nameConstraints: { permitted: ['UPN:a'] } }] },
      [51],
    ],
    [
      'a distance',
      { overrides: [{}, constrain(Buffer.concat([retag(0x82, ia5String('example.com')), retag(0x80, integer(1))]))] },
      [49],
    ],
    [
      'an e-mail address in the subject that is no IA5String',
      {
        overrides: [
          { subject: makeName([[{ type: 'emailAddress', value: utf8String('a@b') }]]), san: undefined as never },
          { nameConstraints: { permitted: ['email:b'] } },
        ],
      },
      [53],
    ],
    [
      'names in a directory',
      { overrides: [{}, { nameConstraints: { permitted: ['dirName:CN=leaf.example.com'] } }] },
      [],
    ],
  ])('%s', (_, setting, expected) => {
    expect(predictErrors(setting)).toEqual(expected);
  });

  it('two millions of name comparisons are too many', () => {
    const san = Array.from({ length: 1500 }, (__, position) => `${position}.example.com`);
    expect(predictErrors({ overrides: [{ san }, { nameConstraints: { permitted: san } }] })).toEqual([1]);
  });
});

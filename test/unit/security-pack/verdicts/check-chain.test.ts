import { describe, expect, test } from 'vitest';
import { makePKI, type SoundPKI } from '../../../support/configuration.js';
import { makeKeyPair, type CertificateOptions } from '../../../support/pki.js';
import {
  changeSound,
  failed,
  findCheck,
  judge,
  passed,
  runPreflight,
  tellFindings,
  warned,
  type SideChanges,
} from '../../../support/preflighted.js';

const names = ['own-first', 'complete', 'clean', 'valid', 'purpose', 'strength'].map((name) => `chain/${name}`);

test.each(names)('%s passes for a sound chain', async (name) => {
  expect(
    await judge(
      changeSound(() => ({})),
      'server',
      name,
    ),
  ).toEqual(passed);
});

const order =
  (pick: (pki: SoundPKI) => readonly (keyof Omit<SoundPKI, 'crls'>)[]) =>
  (pki: SoundPKI): SideChanges => ({
    server: { certificate: pick(pki).map((name) => pki[name]) },
  });

describe('chain/own-first', () => {
  test('fails where the root stands first, and is the one error', async () => {
    const result = await runPreflight(changeSound(order(() => ['root', 'issuing', 'server'])));
    const check = findCheck(result, 'server', 'chain/own-first');
    expect(tellFindings(check)).toEqual([
      'error preflight/own-certificate-not-first CN=sip1.example.com [server certificate]',
    ]);
    expect(check.findings[0]?.params).toMatchObject({ position: 3, by: 'key' });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual(check.findings);
  });

  test('warns of any other disorder', async () => {
    expect(await judge(changeSound(order(() => ['server', 'root', 'issuing'])), 'server', 'chain/own-first')).toEqual(
      warned('warning chain/not-arranged CN=sip1.example.com [server certificate]'),
    );
  });
});

describe('chain/complete', () => {
  test.each([
    ['without its root', ['server', 'issuing'], 'CN=Issuing CA'],
    ['without its intermediate', ['server', 'root'], 'CN=sip1.example.com'],
  ] as const)('fails for a chain %s', async (_, certificates, subject) => {
    expect(await judge(changeSound(order(() => certificates)), 'server', 'chain/complete')).toEqual(
      failed(`error chain/missing-issuer ${subject} [server certificate]`),
    );
  });

  test('fails although the intermediate stands in the trusted-ca of the peer', async () => {
    const input = changeSound(({ root, issuing, server }) => ({
      server: { certificate: [server] },
      client: { trustedCA: [root, issuing] },
    }));
    const result = await runPreflight(input);
    expect(findCheck(result, 'server', 'chain/complete').outcome).toBe('failed');
    expect(findCheck(result, 'client', 'trust/peer-trusted').outcome).toBe('passed');
  });
});

test('chain/clean warns of a certificate of another chain, and tells of one that stands twice', async () => {
  const stranger = makePKI({ server: { subject: 'CN=stranger' } }).server;
  const input = changeSound(({ root, issuing, server }) => ({
    server: { certificate: [server, issuing, root, stranger, issuing] },
  }));
  expect(await judge(input, 'server', 'chain/clean')).toEqual(
    warned(
      'info preflight/sent-needlessly CN=Issuing CA [server certificate]',
      'warning preflight/sent-needlessly CN=stranger [server certificate]',
    ),
  );
});

type Options = Partial<CertificateOptions>;
type Fault = readonly [
  name: string,
  overrides: Partial<Record<'root' | 'issuing' | 'server' | 'client', Options>>,
  check: string,
  finding: string,
];

const rsa = makeKeyPair('rsa2048', 'chain');

/** Each fault is of the server alone, and one finding says it. */
const faults: readonly Fault[] = [
  [
    'an expired certificate',
    { server: { notAfter: new Date('2026-01-01') } },
    'valid',
    'certificate/expired CN=sip1.example.com',
  ],
  [
    'one not yet valid',
    { server: { notBefore: new Date('2027-01-01') } },
    'valid',
    'certificate/not-yet-valid CN=sip1.example.com',
  ],
  [
    'a signature that is not its issuer’s',
    { server: { signature: 'broken' } },
    'valid',
    'chain/bad-signature CN=sip1.example.com',
  ],
  [
    'an issuer that its key identifier does not name',
    { server: { aki: new Uint8Array(20) } },
    'valid',
    'chain/key-identifier-mismatch CN=Issuing CA',
  ],
  [
    'a certificate for clients alone',
    { server: { extKeyUsage: ['clientAuth'] } },
    'purpose',
    'path/wrong-purpose CN=sip1.example.com',
  ],
  [
    'a key usage for CRLs alone',
    { server: { keyUsage: ['cRLSign'] } },
    'purpose',
    'path/key-usage-unfit CN=sip1.example.com',
  ],
];

test.each(faults)('%s is told once, by the check of the chain', async (_, overrides, check, finding) => {
  const result = await runPreflight(changeSound(() => ({}), makePKI(overrides)));
  const made = findCheck(result, 'server', `chain/${check}`);
  expect(tellFindings(made)[0]).toBe(`error ${finding} [server certificate]`);
  expect(result.findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  expect(result.ok).toBe(false);
});

const authorityFaults: readonly Fault[] = [
  [
    'an expired intermediate',
    { issuing: { notAfter: new Date('2026-01-01') } },
    'valid',
    'certificate/expired CN=Issuing CA',
  ],
  ['an intermediate that is no CA', { issuing: { ca: false } }, 'valid', 'chain/issuer-is-no-ca CN=Issuing CA'],
  [
    'an intermediate that may not sign',
    { issuing: { keyUsage: ['cRLSign'] } },
    'valid',
    'chain/issuer-may-not-sign CN=Issuing CA',
  ],
  ['a path longer than its root allows', { root: { pathLen: 0 } }, 'valid', 'chain/path-too-long CN=Root CA'],
  [
    'an intermediate for clients alone',
    { issuing: { extKeyUsage: ['clientAuth'] } },
    'purpose',
    'path/ca-purpose-missing CN=Issuing CA',
  ],
];

test.each(authorityFaults)('%s is told once for the server’s file', async (_, overrides, check, finding) => {
  const input = changeSound(() => ({ server: { mutual: false } }), makePKI(overrides));
  const result = await runPreflight(input);
  const made = findCheck(result, 'server', `chain/${check}`);
  expect(tellFindings(made)[0]).toBe(`error ${finding} [server certificate]`);
  expect(result.findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  expect(findCheck(result, 'client', 'trust/peer-trusted').params).toEqual({
    because: `chain/${check}`,
    becauseSide: 'server',
  });
});

test('what OpenSSL accepts is at most a warning, though RFC 5280 refuses it', async () => {
  const pki = makePKI({ root: { signature: 'broken' } });
  const result = await runPreflight(changeSound(() => ({}), pki));
  expect(result.ok).toBe(true);
  expect(tellFindings(findCheck(result, 'server', 'chain/complete'))).toEqual([
    'warning chain/missing-issuer CN=Root CA [server certificate]',
  ]);
});

describe('chain/purpose', () => {
  test('asks a client for what a client needs', async () => {
    const pki = makePKI({ client: { extKeyUsage: ['serverAuth'] } });
    expect(
      await judge(
        changeSound(() => ({}), pki),
        'client',
        'chain/purpose',
      ),
    ).toEqual(failed('error path/wrong-purpose CN=agent.example.com [client certificate]'));
  });

  test('a key that may not sign is refused where TLS 1.2 is the highest, unless it is RSA', async () => {
    const judgeWith = async (options: Options, max: 'TLSv1.2' | 'TLSv1.3') =>
      judge(
        changeSound(() => ({ client: { protocols: { min: 'TLSv1.2', max } } }), makePKI({ server: options })),
        'server',
        'chain/purpose',
      );
    const finding = 'preflight/key-may-not-sign CN=sip1.example.com [server certificate]';
    expect(await judgeWith({ keyUsage: ['keyAgreement'] }, 'TLSv1.2')).toEqual(failed(`error ${finding}`));
    expect(await judgeWith({ keyUsage: ['keyAgreement'] }, 'TLSv1.3')).toEqual(warned(`warning ${finding}`));
    expect(await judgeWith({ keyUsage: ['keyEncipherment'], key: rsa }, 'TLSv1.2')).toEqual(
      warned(`warning ${finding}`),
    );
  });
});

describe('chain/strength', () => {
  const weak = makePKI({ server: { key: makeKeyPair('rsa1024', 'weak') } });
  const finding = 'certificate/weak-key CN=sip1.example.com [server certificate]';

  test('warns of what security level 1 takes', async () => {
    expect(
      await judge(
        changeSound(() => ({}), weak),
        'server',
        'chain/strength',
      ),
    ).toEqual(warned(`warning ${finding}`));
  });

  test.each(['server', 'client'] as const)('fails where the cipher-list of the %s asks for level 2', async (side) => {
    const input = changeSound(() => ({ [side]: { cipherList: 'DEFAULT:@SECLEVEL=2' } }), weak);
    expect(await judge(input, 'server', 'chain/strength')).toEqual(failed(`error ${finding}`));
  });

  test('SHA-1 is refused at level 1 and taken at level 0', async () => {
    const pki = makePKI({ issuing: { key: rsa }, server: { hash: 'sha1' } });
    const told = 'certificate/weak-signature CN=sip1.example.com [server certificate]';
    expect(
      await judge(
        changeSound(() => ({}), pki),
        'server',
        'chain/strength',
      ),
    ).toEqual(failed(`error ${told}`));
    const level0 = { cipherList: 'DEFAULT:@SECLEVEL=0' };
    const input = changeSound(() => ({ server: level0, client: level0 }), pki);
    expect(await judge(input, 'server', 'chain/strength')).toEqual(warned(`warning ${told}`));
  });

  test('is looked at in a chain that is not sent: OpenSSL refuses to load it', async () => {
    const pki = makePKI({ issuing: { key: rsa }, client: { hash: 'sha1' } });
    const input = changeSound(() => ({ server: { mutual: false } }), pki);
    expect((await judge(input, 'client', 'chain/strength')).outcome).toBe('failed');
  });
});

test('what stands above a gap is not called needless: the gap is the fault', async () => {
  const result = await runPreflight(changeSound(order(() => ['server', 'root'])));
  expect(findCheck(result, 'server', 'chain/clean')).toMatchObject({
    outcome: 'not-made',
    params: { because: 'chain/complete' },
  });
});

test('a weak certificate that no chain needs is refused all the same: OpenSSL loads it', async () => {
  const old = makePKI({ root: { key: rsa }, issuing: { hash: 'sha1', subject: 'CN=Old Issuing CA' } });
  const input = changeSound(({ root, issuing, server }) => ({
    server: { certificate: [server, issuing, root, old.issuing] },
  }));
  expect(await judge(input, 'server', 'chain/strength')).toEqual(
    failed('error certificate/weak-signature CN=Old Issuing CA [server certificate]'),
  );
});

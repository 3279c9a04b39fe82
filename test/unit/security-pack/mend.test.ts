import { describe, expect, test } from 'vitest';
import { mendConfiguration, type Mending } from '../../../src/security-pack/mend.js';
import { preflight } from '../../../src/security-pack/preflight.js';
import { makeConfiguration, makeCRLOf, makePKI, soundConfiguration } from '../../support/configuration.js';
import type { ConfigurationInput } from '../../support/configuration.js';
import { issueCertificate } from '../../support/pki.js';
import { changeSound, preflightAt } from '../../support/preflighted.js';
import { makeScratch } from '../../support/scratch.js';

async function mend(input: ConfigurationInput): Promise<Mending> {
  const configuration = await makeConfiguration(makeScratch(), input);
  return mendConfiguration(configuration, preflight(configuration, { at: preflightAt }), preflightAt);
}

const blocksOf = (pem: Uint8Array | undefined): string[] =>
  Buffer.from(pem ?? [])
    .toString()
    .split(/(?<=-----END [^-]*-----\n)/);

describe('mendConfiguration', () => {
  test('has nothing to say of a sound configuration', async () => {
    expect(await mend(soundConfiguration())).toEqual({ files: [], corrections: [], missingTrust: [] });
  });

  test('arranges a chain, the end entity found by its key', async () => {
    const input = changeSound(({ root, issuing, server }) => ({ server: { certificate: [root, server, issuing] } }));
    const { files } = await mend(input);
    expect(files).toMatchObject([{ side: 'server', kind: 'chain', count: 3, completedFrom: [] }]);
    expect(files[0]?.keyFile).toMatch(/key\.pem$/);
    const sound = await makeConfiguration(makeScratch(), soundConfiguration());
    expect(blocksOf(files[0]?.contents)).toHaveLength(sound.server?.files.certificate?.certificates.length ?? 0);
  });

  test('completes a chain from the certificates of either side', async () => {
    const input = changeSound(({ server, root, issuing }) => ({
      server: { certificate: [server] },
      client: { trustedCA: [root, issuing] },
    }));
    const [chain, ...others] = (await mend(input)).files;
    expect(others).toEqual([]);
    expect(chain).toMatchObject({ side: 'server', kind: 'chain', count: 3 });
    expect(chain?.completedFrom.length).toBeGreaterThan(0);
  });

  test('offers no chain where what is missing is nowhere at hand', async () => {
    const { root, issuing, server } = makePKI();
    const stranger = makePKI();
    const input: ConfigurationInput = {
      server: { certificate: [server], certificateKey: [server.key], trustedCA: [stranger.root] },
      client: { trustedCA: [stranger.root] },
    };
    expect(root).not.toBe(issuing);
    expect((await mend(input)).files).toEqual([]);
  });

  test('cleans a bundle of what has expired and of what is no CA', async () => {
    const expired = issueCertificate(undefined, {
      subject: 'CN=Old Root',
      ca: true,
      notBefore: new Date('2015-01-01'),
      notAfter: new Date('2016-01-01'),
    });
    const input = changeSound(({ root, server }) => ({ client: { trustedCA: [expired, server, root] } }));
    expect((await mend(input)).files).toMatchObject([{ side: 'client', kind: 'bundle', count: 1, completedFrom: [] }]);
  });

  test('writes a bundle anew that OpenSSL cannot read', async () => {
    const input = changeSound(({ root }) => ({ client: { trustedCA: [root] } }));
    const configuration = await makeConfiguration(makeScratch(), input);
    const text = Buffer.from(configuration.client?.files.trustedCA?.files[0]?.bytes ?? []).toString('latin1');
    const damaged = changeSound(() => ({ client: { trustedCA: { raw: text.replaceAll('-----', '----') } } }));
    const [bundle] = (await mend(damaged)).files;
    expect(bundle).toMatchObject({ side: 'client', kind: 'bundle', count: 1, contents: Buffer.from(text) });
  });

  test('joins the CRLs, the newest of each, under the label that OpenSSL wants', async () => {
    const pki = makePKI();
    const older = makeCRLOf(pki.issuing, { crlNumber: 0, thisUpdate: new Date('2025-01-01') });
    const input = changeSound(() => ({ client: { tlsCRL: [older, ...pki.crls] } }), pki);
    const [crls, ...others] = (await mend(input)).files;
    expect(others).toEqual([]);
    expect(crls).toMatchObject({ side: 'client', kind: 'crls', count: 2 });
    expect(blocksOf(crls?.contents).every((block) => block.startsWith('-----BEGIN X509 CRL-----'))).toBe(true);
  });

  test('names a root that is not trusted, and adds it to nothing', async () => {
    const stranger = makePKI();
    const input = changeSound(() => ({ client: { trustedCA: [stranger.root] } }));
    const { files, missingTrust } = await mend(input);
    expect(files).toEqual([]);
    expect(missingTrust).toMatchObject([{ side: 'client' }]);
    expect(missingTrust[0]?.bundle).toMatch(/trusted-ca\.pem$/);
  });
});

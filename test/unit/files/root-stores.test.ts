import { rootCertificates } from 'node:tls';
import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildBundle } from '../../../src/bundle/build-bundle.js';
import { findSystemStore, readMozillaRoots } from '../../../src/files/root-stores.js';

describe('readMozillaRoots', () => {
  it('reads every root that Node has, and names the store', () => {
    const roots = readMozillaRoots();
    expect(roots).toHaveLength(rootCertificates.length);
    expect(roots[2]?.origin).toEqual({ file: `Mozilla's roots in Node ${process.versions.node}`, index: 3 });
    expect(Buffer.from(roots[0]?.der ?? []).toString('base64')).toBe(
      rootCertificates[0]?.replace(/-----[A-Z ]+-----|\s/g, ''),
    );
  });

  it('gives a bundle of roots', () => {
    const roots = readMozillaRoots();
    const result = buildBundle(roots, { at: new Date('2026-01-01'), expired: 'keep' });
    expect(result.certificates).toHaveLength(roots.length);
    expect(result.findings.filter(({ code }) => code === 'bundle/missing-root')).toEqual([]);
  });
});

describe('findSystemStore', () => {
  it('takes SSL_CERT_FILE and SSL_CERT_DIR at their word', async () => {
    const environment = { SSL_CERT_FILE: '/a/ca.pem', SSL_CERT_DIR: ['/b', '', '/c'].join(delimiter) };
    expect(await findSystemStore(environment)).toEqual({ sources: ['/a/ca.pem', '/b', '/c'], findings: [] });
  });

  it('finds the store of this system, or says where it looked', async () => {
    const { sources, findings } = await findSystemStore({});
    expect(sources.length + findings.length).toBe(1);
    for (const { code, params } of findings) {
      expect(code).toBe('bundle/no-system-store');
      expect(params.tried).toContain('/etc/ssl/certs/ca-certificates.crt');
    }
  });

  it('does not mind empty variables', async () => {
    expect(await findSystemStore({ SSL_CERT_FILE: '', SSL_CERT_DIR: '' })).toEqual(await findSystemStore({}));
  });
});

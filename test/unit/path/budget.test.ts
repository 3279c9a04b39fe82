import { describe, expect, it } from 'vitest';
import { Budget, defaultLimits } from '../../../src/path/budget.js';
import { validatePath, type PathResult } from '../../../src/path/validate-path.js';
import type { Certificate } from '../../../src/x509/certificate.js';
import { resolveInputs } from '../../../src/path/path-inputs.js';
import { asCertificate } from '../../support/parsed.js';
import { makeCertificate, makeKeyPair, type CertificateOptions } from '../../support/pki.js';

describe('Budget', () => {
  it('lets the limit itself be spent, and not one more', () => {
    const budget = new Budget({ ...defaultLimits, nodes: 2 });
    expect([budget.spend('nodes'), budget.spend('nodes'), budget.exceeded]).toEqual([true, true, undefined]);
    expect([budget.spend('nodes'), budget.exceeded]).toEqual([false, 'nodes']);
  });

  it('remembers the first limit that was passed', () => {
    const budget = new Budget({ ...defaultLimits, nodes: 0, signatureChecks: 0 });
    budget.spend('signatureChecks');
    budget.spend('nodes');
    expect(budget.exceeded).toBe('signatureChecks');
    expect(budget.used('nodes')).toBe(1);
  });

  it('has the limits of the defaults unless given others', () => {
    expect(new Budget().limits).toEqual(defaultLimits);
    const { limits } = resolveInputs({ trustAnchors: [], at: new Date(0), limits: { nodes: 5 } });
    expect(limits).toEqual({ ...defaultLimits, nodes: 5 });
  });
});

const at = new Date('2030-01-01T00:00:00Z');

/** `count` CAs that all certify each other, an end entity below the first, and a root that certifies the last if asked. */
function makeMesh(
  count: number,
  rooted: boolean,
  leaf: Partial<CertificateOptions> = {},
): { target: Certificate; pool: Certificate[]; root: Certificate } {
  const names = Array.from({ length: count }, (_, position) => `CN=CA ${position}`);
  const keys = names.map((name) => makeKeyPair('p256', `mesh ${name}`));
  const rootKey = makeKeyPair('p256', 'mesh root');
  const certify = (subject: number, issuer: string, issuerKey = rootKey): Certificate =>
    asCertificate(
      makeCertificate({
        subject: names[subject] ?? '',
        key: keys[subject] ?? rootKey,
        issuer,
        issuerKey,
        ca: true,
        aki: false,
      }),
      `${names[subject]} by ${issuer}`,
    );
  const pool = names.flatMap((issuer, position) =>
    names.flatMap((_, subject) => (subject === position ? [] : [certify(subject, issuer, keys[position])])),
  );
  const target = asCertificate(
    makeCertificate({
      subject: 'CN=leaf',
      key: makeKeyPair('p256', 'mesh leaf'),
      issuer: names[0] ?? '',
      issuerKey: keys[0] ?? rootKey,
      aki: false,
      ...leaf,
    }),
  );
  const root = asCertificate(makeCertificate({ subject: 'CN=Mesh Root', key: rootKey, ca: true }), 'root');
  if (rooted) pool.push(certify(count - 1, 'CN=Mesh Root'));
  return { target, pool, root };
}

/** The quickest of three runs: other tests run beside this one. */
function time(run: () => PathResult): { result: PathResult; milliseconds: number } {
  const runs = [1, 2, 3].map(() => {
    const start = performance.now();
    const result = run();
    return { result, milliseconds: performance.now() - start };
  });
  return runs.reduce((best, each) => (each.milliseconds < best.milliseconds ? each : best));
}

describe('20 CAs that all sign all', () => {
  it.each([
    ['that lead to no root', false, {}],
    ['with an end entity that expired', true, { notAfter: new Date('2029-01-01') }],
  ])('%s end within 0.3 seconds with path/budget-exceeded', (_, rooted, leaf) => {
    const { target, pool, root } = makeMesh(20, rooted, leaf);
    validatePath({ certificate: target, pool: pool.slice(0, 2) }, { trustAnchors: [root], at });
    const { result, milliseconds } = time(() =>
      validatePath({ certificate: target, pool }, { trustAnchors: [root], at }),
    );
    expect(result.ok).toBe(false);
    expect(result.findings[0]?.code).toBe('path/budget-exceeded');
    expect(milliseconds).toBeLessThan(300);
  });

  it('are no obstacle where there is a root', () => {
    const { target, pool, root } = makeMesh(20, true);
    const { result, milliseconds } = time(() =>
      validatePath({ certificate: target, pool }, { trustAnchors: [root], at }),
    );
    expect(result.ok).toBe(true);
    expect(milliseconds).toBeLessThan(300);
  });

  it('are no obstacle for the Security Pack either', () => {
    const { target, pool, root } = makeMesh(20, true);
    const { milliseconds } = time(() =>
      validatePath({ certificate: target, pool }, { trustAnchors: [root], at, profile: 'security-pack' }),
    );
    expect(milliseconds).toBeLessThan(300);
  });
});

describe('each limit by itself', () => {
  const { target, pool, root } = makeMesh(4, true, { san: ['a.example.com', 'b.example.com'] });
  const constrained = asCertificate(
    makeCertificate({
      subject: 'CN=Mesh Root',
      key: makeKeyPair('p256', 'mesh root'),
      ca: true,
      nameConstraints: { permitted: ['example.com', 'dirName:CN=leaf', 'dirName:CN=CA 3', 'dirName:CN=CA 0'] },
    }),
  );

  it.each([
    ['signatureChecks', { signatureChecks: 1 }, root],
    ['nodes', { nodes: 1 }, root],
    ['nameComparisons', { nameComparisons: 1 }, constrained],
  ] as const)('%s', (budget, limits, anchor) => {
    const result = validatePath({ certificate: target, pool }, { trustAnchors: [anchor], at, limits });
    expect(result.ok).toBe(false);
    expect(result.findings[0]).toMatchObject({ code: 'path/budget-exceeded', params: { budget } });
    expect(validatePath({ certificate: target, pool }, { trustAnchors: [anchor], at }).ok).toBe(true);
  });

  it('pathLength ends a path, not the search', () => {
    const within = validatePath({ certificate: target, pool }, { trustAnchors: [root], at, limits: { pathLength: 3 } });
    expect(within.ok).toBe(true);
    const none = validatePath({ certificate: target, pool }, { trustAnchors: [root], at, limits: { pathLength: 2 } });
    expect(none.ok).toBe(false);
    expect(none.findings[0]).toMatchObject({
      code: 'path/budget-exceeded',
      params: { budget: 'pathLength', limit: 2 },
    });
    expect(none.candidates.length).toBeGreaterThan(1);
  });
});

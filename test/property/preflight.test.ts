/** The pre-flight of chains with random faults: it never throws, never passes what verification refuses, and says a fault once. */
import { describe, expect, test } from 'vitest';
import { identifyFault } from '../../src/security-pack/verdicts/fault-ledger.js';
import type { Configuration, OptionFiles, SideConfiguration } from '../../src/security-pack/configuration.js';
import { preflight, type PreflightResult } from '../../src/security-pack/preflight.js';
import type { Setting, Side } from '../../src/security-pack/setting.js';
import { verifyCertificate, type VerifyCertificateResult } from '../../src/verify.js';
import { parseCertificate, type Certificate } from '../../src/x509/certificate.js';
import { isWhole, parseCRL, type WholeCRL } from '../../src/x509/crl.js';
import type { Origin } from '../../src/finding/finding.js';
import { MalformedInputError } from '../../src/finding/malformed-input.js';
import { makeConfiguration, soundConfiguration } from '../support/configuration.js';
import { makeRandom, makeRandomPile, type RandomPile } from '../support/random-chains.js';
import { makeScratch } from '../support/scratch.js';

const setting = (side: Side, name: string): Setting => ({
  name,
  value: `/etc/sec/${name}.pem`,
  origin: { file: `${side}.ini`, line: 1 },
  source: 'ini',
});

function holdFiles(side: Side, name: string, certificates: Certificate[], crls: WholeCRL[] = []): OptionFiles {
  const path = `/etc/sec/${name}.pem`;
  const files = [{ path, readAs: path, bytes: undefined, mode: 0o600, isCopy: false }];
  return { setting: setting(side, name), files, certificates, crls, objects: [], findings: [] };
}

const parseAll = (ders: readonly Uint8Array[], file: string): Certificate[] =>
  ders.map((der, position) => parseCertificate(der, { file, line: position * 20 + 1, index: position + 1 }));

function makeSide(side: Side, files: Partial<SideConfiguration['files']>): SideConfiguration {
  const none = { certificate: undefined, certificateKey: undefined, key: undefined, trustedCA: undefined };
  const held = { ...none, tlsCRL: undefined, ...files };
  return {
    side,
    platform: 'unix',
    packVersion: undefined,
    application: 'any',
    settings: [],
    sip: [],
    checks: [],
    files: held,
    options: {
      certificate: held.certificate?.setting,
      certificateKey: held.certificateKey?.setting,
      trustedCA: held.trustedCA?.setting,
      tlsCRL: held.tlsCRL?.setting,
      tlsTargetName: undefined,
      mutual: false,
      mutualSetting: undefined,
      nameCheck: 'no',
      nameCheckSetting: undefined,
      protocols: { min: 'TLSv1.2', max: 'TLSv1.3' },
      protocolSetting: undefined,
      cipherList: undefined,
      ciphersuites: undefined,
    },
  };
}

interface Trial {
  readonly result: PreflightResult;
  readonly verified: VerifyCertificateResult;
}

/** The target and its pool as a server sends them, to a client with the pile's trusted certificates and CRLs. */
function tryPile(pile: RandomPile, target: Uint8Array): Trial {
  const [own, ...others] = parseAll([target, ...pile.pool], 'server.pem');
  if (!own) throw new Error('no target');
  const trusted = parseAll(pile.trusted, 'trusted-ca.pem');
  const crls = pile.crls.map((der, position) => parseCRL(der, { file: 'tls-crl.pem', line: position * 20 + 1 }));
  const revocation = pile.revocation === 'off' ? 'chain' : pile.revocation;
  const configuration: Configuration = {
    server: makeSide('server', {
      certificate: holdFiles('server', 'certificate', [own, ...others]),
    }),
    client: makeSide('client', {
      trustedCA: holdFiles('client', 'trusted-ca', trusted),
      tlsCRL: pile.revocation === 'off' ? undefined : holdFiles('client', 'tls-crl', [], crls),
    }),
    peerCertificates: [],
    targets: [],
    windowsStore: undefined,
    revocation,
  };
  const { at } = pile;
  const verified = verifyCertificate({
    certificate: own,
    intermediates: others,
    trustAnchors: trusted,
    at,
    purpose: 'serverAuth',
    profile: 'security-pack',
    crls,
    revocation: pile.revocation,
  });
  return { result: preflight(configuration, { at }), verified };
}

/** Piles tried; each has one to three targets. */
const piles = 130;
const trials = Array.from({ length: piles }, (_, seed) => {
  const pile = makeRandomPile(makeRandom(seed));
  return pile.targets.map((target) => ({ seed, ...tryPile(pile, target) }));
}).flat();

describe('chains with random faults', () => {
  test('are of both kinds', () => {
    expect(trials.filter(({ verified }) => verified.ok).length).toBeGreaterThan(30);
    expect(trials.filter(({ verified }) => !verified.ok).length).toBeGreaterThan(30);
  });

  test('what OpenSSL refuses has an error that says so, beside the missing key', () => {
    const hidden = trials.filter(({ result, verified }) => {
      const errors = result.findings.filter(({ severity }) => severity === 'error');
      return !verified.ok && errors.every(({ code }) => code === 'preflight/nothing-to-present');
    });
    expect(hidden.map(({ seed }) => seed)).toEqual([]);
  });

  test('trust and revocation pass exactly where OpenSSL is content', () => {
    const outcomeOf = ({ checks }: PreflightResult, name: string): string | undefined =>
      checks.find((check) => check.name === name && check.side === 'client')?.outcome;
    const wrong = trials.filter(({ result, verified }) => {
      const trusted = outcomeOf(result, 'trust/peer-trusted') === 'passed';
      const revocation = outcomeOf(result, 'revocation/peer-not-revoked');
      const isOff = verified.revocation.scope === 'off';
      return verified.ok !== (trusted && (isOff || revocation === 'passed' || revocation === 'warned'));
    });
    expect(wrong.map(({ seed }) => seed)).toEqual([]);
  });

  test('no error is told twice of one object in one place', () => {
    const repeated = trials.filter(({ result }) => {
      const faults = result.findings.filter(({ severity }) => severity === 'error').map(identifyFault);
      return new Set(faults).size !== faults.length;
    });
    expect(repeated.map(({ seed }) => seed)).toEqual([]);
  });
});

test('certificates and CRLs with a byte changed are judged, never thrown at', async () => {
  const configuration = await makeConfiguration(makeScratch(), soundConfiguration());
  const random = makeRandom(7);
  const spoil = <T extends { readonly der: Uint8Array; readonly origin?: Origin }>(
    objects: readonly T[],
    parse: (der: Uint8Array, origin?: Origin) => T,
  ): T[] =>
    objects.flatMap((object) => {
      const der = Uint8Array.from(object.der);
      der[Math.floor(random() * der.length)] = Math.floor(random() * 256);
      try {
        return [parse(der, object.origin)];
      } catch (error) {
        if (error instanceof MalformedInputError) return [];
        throw error;
      }
    });
  const spoilSide = (side: SideConfiguration): SideConfiguration => {
    const spoilFiles = (files: OptionFiles | undefined): OptionFiles | undefined =>
      files && {
        ...files,
        certificates: spoil(files.certificates, parseCertificate),
        crls: spoil(files.crls.filter(isWhole), parseCRL),
      };
    const { certificate, trustedCA, tlsCRL } = side.files;
    return {
      ...side,
      files: {
        ...side.files,
        certificate: spoilFiles(certificate),
        trustedCA: spoilFiles(trustedCA),
        tlsCRL: spoilFiles(tlsCRL),
      },
    };
  };
  const { server, client } = configuration;
  if (!server || !client) throw new Error('both sides are there');
  const at = new Date('2026-11-21T00:00:00Z');
  for (let round = 0; round < 150; round++) {
    const spoilt = { ...configuration, server: spoilSide(server), client: spoilSide(client) };
    const { checks, ok } = preflight(spoilt, { at });
    expect(checks.length).toBeGreaterThan(10);
    expect(ok).toBe(checks.every(({ outcome }) => outcome !== 'failed'));
  }
});

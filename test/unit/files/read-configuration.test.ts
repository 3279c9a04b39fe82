/** Configurations whose CRLs are streamed: every sample says the same as where each file is read whole. */
import { describe, expect, test } from 'vitest';
import {
  judgeConfiguration,
  readConfiguration,
  type ReadConfigurationOptions,
  type ReadConfigurationResult,
} from '../../../src/files/read-configuration.js';
import { encodePem } from '../../../src/pem/encode.js';
import { viewPreflight } from '../../../src/report/json/preflight.js';
import { stringifyJSON } from '../../../src/report/json/stringify.js';
import { mendConfiguration } from '../../../src/security-pack/mend.js';
import { preflight } from '../../../src/security-pack/preflight.js';
import { listSides, type Configuration } from '../../../src/security-pack/configuration.js';
import { isWhole, type CertificateList } from '../../../src/x509/crl.js';
import { makeCRLOf, makePKI } from '../../support/configuration.js';
import { listSamples } from '../../support/samples.js';
import { makeScratch } from '../../support/scratch.js';

const at = new Date('2026-11-21');

/** The whole verdict; `contents` asks for the bytes of what is mended. */
function view({ configuration, findings }: ReadConfigurationResult, contents: boolean): string {
  const result = preflight(configuration, { at });
  const mending = mendConfiguration(configuration, result, at);
  const mended = contents ? mending.files.map((file) => Buffer.from(file.contents).toString()) : [];
  return stringifyJSON([viewPreflight(result, configuration, mending, []), result.findings, findings, mended], 1);
}

const folders = ['config', 'broken/config'].flatMap((kind) => {
  const names = new Set(listSamples(kind).map((file) => file.slice(0, file.indexOf('/'))));
  return Array.from(names, (name) => `${kind}/${name}`);
});

function optionsOf(folder: string): ReadConfigurationOptions {
  const files = listSamples(folder);
  const sideOf = (side: string): { files: string[] } => ({
    files: files.filter((file) => file.startsWith(`${side}.`)).map((file) => `samples/${folder}/${file}`),
  });
  return { server: sideOf('server'), client: sideOf('client'), root: 'samples' };
}

/** In bytes: of the samples' CRLs, those that list something are larger; a CRL without entries is never streamed. */
const largeFrom = 500;

const crlsOf = (configuration: Configuration): CertificateList[] =>
  listSides(configuration).flatMap(({ files }) => files.tlsCRL?.crls ?? []);

describe('judgeConfiguration', () => {
  const streamed = new Set<string>();

  test.each(folders)('%s', async (folder) => {
    const options = optionsOf(folder);
    const whole = await readConfiguration(options);
    for (const contents of [false, true]) {
      const judgement = await judgeConfiguration({ ...options, largeFrom }, (read) => {
        if (!crlsOf(read.configuration).every(isWhole)) streamed.add(folder);
        return view(read, contents);
      });
      expect(judgement).toBe(view(whole, contents));
    }
  });

  test('streams indeed', () => {
    expect(streamed.size).toBeGreaterThan(5);
  });

  test('reads whole what is to be written anew', async () => {
    const { root, issuing, server } = makePKI();
    const entries = [{ serialNumber: 77 }];
    const older = makeCRLOf(issuing, { entries, crlNumber: 0, thisUpdate: new Date('2025-01-01') });
    const current = makeCRLOf(issuing, { entries, crlNumber: 1 });
    const ofRoot = encodePem('X509 CRL', makeCRLOf(root, { entries }));
    const [stale, kept] = [older, current].map((der) => encodePem('X509 CRL', der));
    const scratch = makeScratch();
    const flags = {
      'trusted-ca': scratch.write('ca.pem', encodePem('CERTIFICATE', root.certificate)),
      'tls-crl': scratch.write('tls-crl.pem', `${stale}${kept}${ofRoot}`),
    };
    const sent = [server, issuing].map(({ certificate }) => encodePem('CERTIFICATE', certificate)).join('');
    const options = { client: { flags }, peerCertificates: [scratch.write('peer.pem', sent)], largeFrom: 1 };
    const wholes: boolean[][] = [];
    const contents = await judgeConfiguration(options, ({ configuration }) => {
      wholes.push(crlsOf(configuration).map(isWhole));
      const { files } = mendConfiguration(configuration, preflight(configuration, { at }), at);
      return files.map((file) => file.contents);
    });
    expect(wholes).toEqual([
      [false, false, false],
      [true, true, true],
    ]);
    expect(contents).toEqual([Buffer.from(`${kept}${ofRoot}`)]);
  });
});

/**
 * Makes everything in samples/ but the README: `npm run samples`, or `npm run samples -- config` for the configurations
 * and the SIP side's PKI alone. Names, serial numbers and dates stay the same from run to run, the keys (and with them
 * all bytes) are fresh. See samples/README.md for what each file shows.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listBrokenBundles, listBrokenChains, listBrokenHosts, listBrokenKeys } from './make/broken-chains.js';
import { listBrokenConfigurations } from './make/broken-configurations.js';
import { listBrokenCRLs } from './make/broken-crls.js';
import { listBrokenPEM } from './make/broken-pem.js';
import { listConfigurations } from './make/configurations.js';
import { listGoodFiles, listPileFiles, makePKI } from './make/etc-sec.js';
import { readThumbprint } from './make/maker.js';
import { makeSIPFiles } from './make/sip-pki.js';

const samples = fileURLToPath(new URL('.', import.meta.url));

async function listPKIFolders() {
  const pki = await makePKI();
  return {
    'etc/sec': await listGoodFiles(pki),
    pile: listPileFiles(pki),
    'broken/chain': await listBrokenChains(pki),
    'broken/key': await listBrokenKeys(pki),
    'broken/bundle': await listBrokenBundles(pki),
    'broken/host': await listBrokenHosts(pki),
    'broken/crl': await listBrokenCRLs(pki),
    'broken/pem': await listBrokenPEM(pki),
  };
}

/** The configurations are about the files that are there: some of them hold a part of one, or its thumbprint. */
async function listConfigurationFolders() {
  const readSample = (name) => readFileSync(`${samples}${name}`, 'latin1');
  const thumbprint = readThumbprint(readSample('etc/sec/certs/sip1.pem'));
  const { good, faulty } = await makeSIPFiles();
  return {
    'etc/sec/sip': good,
    config: listConfigurations(thumbprint),
    'broken/config': listBrokenConfigurations({ thumbprint, faulty, readSample }),
  };
}

/** @returns the number of files */
function writeFolders(folders) {
  const files = Object.entries(folders).flatMap(([folder, contents]) =>
    Object.entries(contents).map(([name, content]) => [`${samples}${folder}/${name}`, content]),
  );
  for (const folder of Object.keys(folders)) rmSync(`${samples}${folder}`, { recursive: true, force: true });
  for (const [path, content] of files) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return files.length;
}

const everything = process.argv[2] !== 'config';
const count = (everything ? writeFolders(await listPKIFolders()) : 0) + writeFolders(await listConfigurationFolders());
console.log(`${count} files written to ${samples}`);

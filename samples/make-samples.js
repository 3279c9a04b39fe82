/**
 * Makes everything in samples/ but the README: `npm run samples`. Names, serial numbers and dates stay the same from
 * run to run, the keys (and with them all bytes) are fresh. See samples/README.md for what each file shows.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listBrokenBundles, listBrokenChains, listBrokenHosts, listBrokenKeys } from './make/broken-chains.js';
import { listBrokenCRLs } from './make/broken-crls.js';
import { listBrokenPEM } from './make/broken-pem.js';
import { listGoodFiles, listPileFiles, makePKI } from './make/etc-sec.js';

const samples = fileURLToPath(new URL('.', import.meta.url));

const pki = await makePKI();
const folders = {
  'etc/sec': await listGoodFiles(pki),
  pile: listPileFiles(pki),
  'broken/chain': await listBrokenChains(pki),
  'broken/key': await listBrokenKeys(pki),
  'broken/bundle': await listBrokenBundles(pki),
  'broken/host': await listBrokenHosts(pki),
  'broken/crl': await listBrokenCRLs(pki),
  'broken/pem': await listBrokenPEM(pki),
};

for (const folder of ['etc', 'pile', 'broken']) rmSync(`${samples}${folder}`, { recursive: true, force: true });
let count = 0;
for (const [folder, files] of Object.entries(folders)) {
  for (const [name, contents] of Object.entries(files)) {
    const path = `${samples}${folder}/${name}`;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
    count += 1;
  }
}
console.log(`${count} files written to ${samples}`);

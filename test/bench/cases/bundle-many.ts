/** A bundle of thousands of files, half of them copies. */
import { showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, writeRoots } from '../piles.js';

function run({ folder, quick, certwright }: Bench): Row[] {
  const count = quick ? 2000 : 10_000;
  const { directory } = writeRoots(folder, count);
  const all = `${folder}/all.pem`;
  const script =
    `find ${directory} -type f -exec cat {} + > ${all} && ` +
    `openssl crl2pkcs7 -nocrl -certfile ${all} | openssl pkcs7 -print_certs -out ${folder}/out.pem`;
  const times = comparePrograms(
    { command: certwright('bundle', directory, '--at', at, '-o', `${folder}/bundle.pem`) },
    { command: ['sh', '-c', script] },
    quick ? 3 : 5,
  );
  return [
    {
      work: `a bundle of ${count.toLocaleString('en-US')} files, half of them copies`,
      ours: '`certwright bundle`, which leaves copies out',
      theirs: '`cat`, `openssl crl2pkcs7`, `openssl pkcs7 -print_certs`, which do not',
      ...showTimes(times),
      bar: 1,
    },
  ];
}

export const bundleMany: Case = {
  title: 'A bundle of many files',
  about: 'Files of one self-signed RSA-2048 root each.',
  run,
};

/**
 * Large CRLs: one certificate against a million and ten million entries, thousands of certificates against a million.
 *
 * OpenSSL checks the signature of the CRL for each certificate anew, minutes for thousands of them: it gets a part of
 * them, and the ratio is then an upper bound of the true one.
 */
import { join } from 'node:path';
import { issueCertificate, type Holder } from '../../support/pki.js';
import { showMilliseconds, showTimes, type Bench, type Case, type Row } from '../case.js';
import { writeCertificates, writeLargeCRL } from '../large-crl-files.js';
import { comparePrograms, measurePeak, spread, timeProgram, type Program } from '../measure.js';
import { at, atSeconds, toPem, write } from '../piles.js';

const showNumber = (count: number): string => count.toLocaleString('en-US');
const ourName = '`certwright crl check`';
const theirName = '`openssl verify -crl_check`';

interface Scene extends Bench {
  readonly ca: Holder;
  readonly caFile: string;
}

const ours = ({ certwright, caFile }: Scene, crl: string, ...inputs: readonly string[]): Program => ({
  command: certwright(
    ...['crl', 'check', ...inputs, '--crl', crl, '--issuers', caFile],
    ...['--scope', 'leaf', '--at', at, '--quiet'],
  ),
});

const theirs = ({ caFile }: Scene, crl: string, ...files: readonly string[]): Program => ({
  command: [...['openssl', 'verify', '-crl_check', '-attime', atSeconds, '-CAfile', caFile, '-CRLfile', crl, ...files]],
});

/** What no reader of the CRL can do without: reading, base64 and one digest. */
const least = (crl: string): Program => ({
  command: ['sh', '-c', `grep -v -- ----- ${crl} | base64 -d | openssl dgst -sha256`],
});

function compare(
  work: string,
  own: Program,
  [name, other]: readonly [string, Program],
  pairs: number,
  bar?: number,
): Row {
  const times = comparePrograms(own, other, pairs);
  return {
    work,
    ours: ourName,
    theirs: name,
    ...showTimes(times),
    ...(bar !== undefined && { bar }),
  };
}

/** One pair without a warm-up: theirs takes half a minute. */
function compareOnce(
  work: string,
  [ownName, own]: readonly [string, Program],
  [name, other]: readonly [string, Program],
  bar?: number,
): Row {
  const mine = spread([timeProgram(own)]);
  const its = spread([timeProgram(other)]);
  return {
    work,
    ours: ownName,
    theirs: name,
    ratio: spread([mine.median / its.median]),
    figures: [showMilliseconds(mine), showMilliseconds(its)],
    ...(bar !== undefined && { bar }),
  };
}

function compareFigures(
  work: string,
  names: readonly [string, string],
  [own, other]: [number, number],
  bar: number,
): Row {
  return {
    work,
    ours: names[0],
    theirs: names[1],
    ratio: spread([own / other]),
    figures: [`${own.toFixed(0)} MB`, `${other.toFixed(0)} MB`],
    bar,
  };
}

const verify = ({ certwright, caFile }: Scene, crl: string, directory: string): Program => ({
  command: certwright(
    ...['verify', '--each', directory, '--trusted-ca', caFile, '--crl', crl],
    ...['--revocation', 'leaf', '--at', at, '--quiet'],
  ),
});

/** A client that is given alone, with what its server sends. */
const preflight = ({ certwright, caFile }: Scene, crl: string, leaf: string): Program => ({
  command: certwright(
    ...['preflight', '--role', 'client', '--trusted-ca', caFile, '--tls-crl', crl, '--peer-certificate', leaf],
    ...['--crl-scope', 'leaf', '--at', at, '--quiet'],
  ),
});

const show = ({ certwright }: Scene, crl: string): Program => ({
  command: certwright('crl', 'show', crl, '--at', at, '--quiet'),
});

/** Greatest peak that is wanted for a million entries, in megabytes. */
const wantedPeak = 100;

function comparePeaks(scene: Scene, leaf: string, [small, large]: readonly [Sized, Sized]): Row[] {
  const programs = [
    ours(scene, small.file, leaf),
    ours(scene, large.file, leaf),
    preflight(scene, large.file, leaf),
    show(scene, large.file),
  ];
  const [first, second, configuration, survey] = programs.map(measurePeak);
  if (first === undefined || second === undefined || configuration === undefined || survey === undefined) return [];
  return [
    compareFigures(
      `peak memory, ${showNumber(small.entries)} entries`,
      [ourName, 'what is wanted'],
      [first, wantedPeak],
      1,
    ),
    compareFigures(
      `peak memory, ${showNumber(large.entries)} entries`,
      [ourName, `the same with ${showNumber(small.entries)}`],
      [second, first],
      1.1,
    ),
    compareFigures(
      `peak memory, ${showNumber(large.entries)} entries`,
      ['`certwright preflight`', 'what is wanted'],
      [configuration, wantedPeak],
      1,
    ),
    compareFigures(
      `peak memory, ${showNumber(large.entries)} entries`,
      ['`certwright crl show`', 'what is wanted'],
      [survey, wantedPeak],
      1,
    ),
  ];
}

interface Sized {
  readonly entries: number;
  readonly file: string;
}

async function run(bench: Bench): Promise<Row[]> {
  const { folder, quick } = bench;
  const ca = issueCertificate(undefined, { subject: 'CN=Issuing CA 1,O=Fly Example Ltd', ca: true });
  const scene: Scene = { ...bench, ca, caFile: write(folder, 'ca.pem', toPem(ca.certificate)) };
  const sized = async (entries: number): Promise<Sized> => {
    const file = join(folder, `${entries}.crl.pem`);
    await writeLargeCRL(file, ca, entries);
    return { entries, file };
  };
  const small = await sized(quick ? 100_000 : 1_000_000);
  const large = await sized(small.entries * 10);
  /** Not streamed, as most CRLs are not. */
  const modest = await sized(50_000);
  const many = quick ? 1000 : 5000;
  const some = many / 10;
  const directory = join(folder, 'certificates');
  const files = writeCertificates(directory, ca, many);
  const [leaf = ''] = files;
  const one = (entries: number): string => `one certificate, ${showNumber(entries)} entries`;
  const physical = 'reading, base64 and one digest: `base64 -d | openssl dgst`';
  return [
    compare(one(small.entries), ours(scene, small.file, leaf), [theirName, theirs(scene, small.file, leaf)], 5, 1 / 14),
    compare(one(small.entries), ours(scene, small.file, leaf), [physical, least(small.file)], 5),
    compare(one(large.entries), ours(scene, large.file, leaf), [physical, least(large.file)], 3),
    ...comparePeaks(scene, leaf, [small, large]),
    compareOnce(
      `${showNumber(many)} certificates, ${showNumber(small.entries)} entries`,
      [ourName, ours(scene, small.file, directory)],
      [`${theirName} of ${showNumber(some)} of them`, theirs(scene, small.file, ...files.slice(0, some))],
      1 / 10,
    ),
    compareOnce(
      `${showNumber(many)} certificates, ${showNumber(modest.entries)} entries`,
      ['`certwright verify`', verify(scene, modest.file, directory)],
      [`${theirName} of ${showNumber(some)} of them`, theirs(scene, modest.file, ...files.slice(0, some))],
    ),
  ];
}

export const largeCRL: Case = {
  title: 'Large CRLs',
  about: 'A CRL as PEM, 57 bytes an entry, its signature checked; P-256 keys.',
  run,
};

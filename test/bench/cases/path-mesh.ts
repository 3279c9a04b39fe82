/** CAs that have all signed each other: paths without number, of which a search may look at some. */
import { showTimes, type Bench, type Case, type Row } from '../case.js';
import { comparePrograms } from '../measure.js';
import { at, atSeconds, writeMesh } from '../piles.js';

const size = 20;

function run({ folder, quick, certwright }: Bench): Row[] {
  const { pool, leaf, root, stranger } = writeMesh(folder, size);
  const compare = (work: string, trusted: string, exits: readonly number[]): Row => {
    const times = comparePrograms(
      { command: certwright('verify', leaf, '--untrusted', pool, '--trusted-ca', trusted, '--at', at), exits },
      {
        command: ['openssl', 'verify', '-attime', atSeconds, '-CAfile', trusted, '-untrusted', pool, leaf],
        exits: exits.map((code) => (code === 0 ? 0 : 2)),
      },
      quick ? 3 : 9,
    );
    return {
      work,
      ours: '`certwright verify`',
      theirs: '`openssl verify`',
      ...showTimes(times),
    };
  };
  return [
    compare(`a mesh of ${size} CAs, one of them trusted`, root, [0]),
    compare(`the same mesh, none of them trusted`, stranger, [1]),
  ];
}

export const pathMesh: Case = {
  title: 'Searching a path in a mesh',
  about: `${size} CAs of which each has signed every other, ${size * (size - 1)} certificates; the search is wanted to end within 300 ms.`,
  run,
};

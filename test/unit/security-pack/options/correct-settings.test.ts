import { describe, expect, test } from 'vitest';
import type { SideConfiguration } from '../../../../src/security-pack/configuration.js';
import { correctSettings } from '../../../../src/security-pack/options/correct-settings.js';
import { readIni } from '../../../../src/security-pack/options/read-ini.js';
import { settleSide } from '../../../../src/security-pack/options/settle-side.js';
import type { Side } from '../../../../src/security-pack/setting.js';

function correct(text: string, side: Side = 'client', platform: SideConfiguration['platform'] = 'unix'): object[] {
  const settled = settleSide([readIni(text, 'a.ini')], { side, platform, packVersion: undefined });
  const findings = settled.checks.flatMap((check) => check.findings);
  return correctSettings({ ...settled, files: {} as SideConfiguration['files'] }, findings).map(
    ({ origin, written, corrected }) => ({ line: origin.line, written, corrected }),
  );
}

const section = (...lines: string[]): string => ['[security]', 'trusted-ca=/ca.pem', ...lines].join('\n');
const checked = 'tls-target-name-check=host';

describe('correctSettings', () => {
  test.each([
    ['a value in another case', section('tls-target-name-check=Host'), 'tls-target-name-check=Host', checked],
    [
      'an option in another case',
      section(checked, 'Sec-Protocol=TLSv12'),
      'Sec-Protocol=TLSv12',
      'sec-protocol=TLSv12',
    ],
    ['a misspelt option', section(checked, 'tls-clr=/a.pem'), 'tls-clr=/a.pem', 'tls-crl=/a.pem'],
    ['an older name', section(checked, 'crl=/a.pem'), 'crl=/a.pem', 'tls-crl=/a.pem'],
    ['an older name beside the new one', section(checked, 'tls-crl=/a', 'crl=/b'), 'crl=/b', undefined],
    ['a name check that is off', section('tls-target-name-check=no'), 'tls-target-name-check=no', checked],
    ['a protocol that is refused', section(checked, 'sec-protocol=SSLv3'), 'sec-protocol=SSLv3', undefined],
  ])('%s', (_, text, written, corrected) => {
    expect(correct(text)).toEqual([{ line: expect.any(Number) as number, written, corrected }]);
  });

  test('a blank in the transport parameters', () => {
    const text = [
      '[security]',
      'certificate=/a',
      'certificate-key=/k',
      'trusted-ca=/c',
      '[port]',
      'transport=tls=1; tls-mutual=1',
    ];
    expect(correct(text.join('\n'), 'server')).toContainEqual({
      line: 6,
      written: ' tls-mutual=1',
      corrected: 'tls-mutual=1',
    });
  });

  test('a thumbprint as it was pasted', () => {
    const pasted = '\u200E89 a0 c1 d4 89 a0 c1 d4 89 a0 c1 d4 89 a0 c1 d4 89 a0 c1 d4';
    const [correction] = correct(`[security]\ncertificate=${pasted}`, 'server', 'windows');
    expect(correction).toMatchObject({ line: 2, corrected: expect.stringMatching(/^certificate=89 A0 C1/) as string });
  });

  test('leaves alone what needs a decision', () => {
    expect(correct(section(checked, 'no-such-option=1', 'sec-protocol=TLSv99'))).toEqual([]);
  });
});

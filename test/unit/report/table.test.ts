import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { formatRows } from '../../../src/report/text/table.js';

describe('formatRows', () => {
  it('aligns the columns two blanks apart and ends no line in a blank', () => {
    expect(
      formatRows([
        ['a', 'bcd', ''],
        ['long', 'e', 'f'],
      ]),
    ).toEqual(['a     bcd', 'long  e    f']);
  });

  it('gives a row as many lines as its longest cell', () => {
    expect(
      formatRows([
        ['name', 'one\ntwo'],
        ['x', 'y'],
      ]),
    ).toEqual(['name  one', '      two', 'x     y']);
  });

  it('counts characters as wide as a terminal shows them, colours not at all', () => {
    expect(
      formatRows([
        ['日本', 'a'],
        ['\u001b[31mred\u001b[39m', 'b'],
        ['e\u0301', 'c'],
      ]),
    ).toEqual(['日本  a', '\u001b[31mred\u001b[39m   b', 'e\u0301     c']);
  });

  it.each(Array.from('·–…→─└✓✗'))('takes %s for one column, as string-width does', (mark) => {
    expect(stringWidth(mark)).toBe(1);
    expect(
      formatRows([
        [mark, 'a'],
        ['12', 'b'],
      ]),
    ).toEqual([`${mark}   a`, '12  b']);
  });

  it('makes no line of no rows', () => {
    expect(formatRows([])).toEqual([]);
  });
});

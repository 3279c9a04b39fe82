import { describe, expect, test } from 'vitest';
import { canonicalIPAddress, formatIPAddress, parseIPAddress } from '../../../src/names/ip-address.js';

describe('IP addresses', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['2001:DB8::1', '2001:db8::1'],
    ['2001:0db8:0:0:0:0:0:0001', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['::ffff:c000:201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['1:2:3:4:5:6:192.0.2.1', '1:2:3:4:5:6:c000:201'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
  ])('%s is written %s', (text, canonical) => {
    expect(canonicalIPAddress(text)).toBe(canonical);
  });

  test.each([
    ...['', '1.2.3', '1.2.3.4.5', '1.2.3.256', '01.2.3.4', '1.2.3.4 ', '0x7f.0.0.1', '1.2.3.4/24', '1..3.4'],
    ...[':', ':::', '1::2::3', '1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '12345::', 'g::', '[::1]', 'fe80::1%eth0'],
    ...['1:2:3:4:5:6:7:8::', '::1.2.3', '1.2.3.4::', '::1.2.3.4:5', '1:2:3:4:5:6:7:1.2.3.4'],
  ])('"%s" is no address', (text) => {
    expect(parseIPAddress(text)).toBeUndefined();
    expect(canonicalIPAddress(text)).toBeUndefined();
  });

  test('octets of another length than 4 or 16 are no address', () => {
    expect(formatIPAddress(new Uint8Array(0))).toBeUndefined();
    expect(formatIPAddress(new Uint8Array(5))).toBeUndefined();
    expect(formatIPAddress(new Uint8Array(8))).toBeUndefined();
  });

  test('the octets are those of the text', () => {
    expect(parseIPAddress('10.1.2.255')).toEqual(Uint8Array.of(10, 1, 2, 255));
    expect(parseIPAddress('102:304::fffe')).toEqual(Uint8Array.of(1, 2, 3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 254));
  });
});

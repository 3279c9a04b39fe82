import { describe, expect, test } from 'vitest';
import { checkTarget } from '../../../src/hostname/check-target.js';
import { parseTarget } from '../../../src/hostname/parse-target.js';
import { describeFinding } from '../../../src/report/wording/wording.js';
import { identityWith } from '../../support/hand-made-identity.js';

const codes = (text: string): string[] => parseTarget(text).findings.map(({ code }) => code);

describe('targets', () => {
  test.each([
    ['fly.example.com', 'fly.example.com', 'host', undefined],
    ['fly', 'fly', 'host', undefined],
    ['fly.example.com.', 'fly.example.com.', 'host', undefined],
    ['bücher.example', 'bücher.example', 'host', undefined],
    ['a_b.example.com', 'a_b.example.com', 'host', undefined],
    ['*.example.com', '*.example.com', 'host', undefined],
    ['fly.example.com:5061', 'fly.example.com', 'host-port', 5061],
    ['192.168.8.57', '192.168.8.57', 'address', undefined],
    ['192.168.8.57:5061', '192.168.8.57', 'host-port', 5061],
    ['2001:db8::1', '2001:db8::1', 'address', undefined],
    ['[2001:db8::1]', '2001:db8::1', 'address', undefined],
    ['[2001:db8::1]:5061', '2001:db8::1', 'host-port', 5061],
    ['sips:fly.example.com', 'fly.example.com', 'sip-uri', undefined],
    ['sips:5000@fly.example.com;transport=tls', 'fly.example.com', 'sip-uri', undefined],
    ['sip:5000:secret@fly.example.com:5061;transport=tls?subject=x', 'fly.example.com', 'sip-uri', 5061],
    ['SIP:alice;day=tuesday@atlanta.com', 'atlanta.com', 'sip-uri', undefined],
    ['sip:[2001:db8::10]:5060', '2001:db8::10', 'sip-uri', 5060],
    ['"Fly; <1>, \\"x\\"" <sips:5000@fly.example.com>;tag=1', 'fly.example.com', 'sip-uri', undefined],
    ['Fly <sip:fly.example.com>', 'fly.example.com', 'sip-uri', undefined],
    ['<5000@fly.example.com>', 'fly.example.com', 'sip-address', undefined],
    ['5000@fly.example.com;transport=tls', 'fly.example.com', 'sip-address', undefined],
    ['contact=sips:fly.example.com;transport=tls', 'fly.example.com', 'sip-uri', undefined],
    ['contact=sips:192.168.8.57;transport=tcp', '192.168.8.57', 'sip-uri', undefined],
    ['contact=fly.example.com:5061', 'fly.example.com', 'sip-address', 5061],
    ['https://fly.example.com/path?x=a@b', 'fly.example.com', 'url', undefined],
    ['https://user:pw@fly.example.com:8443', 'fly.example.com', 'url', 8443],
    ['wss://[::1]:443/', '::1', 'url', 443],
  ])('%s has the host %s', (text, host, form, port) => {
    expect(parseTarget(text)).toMatchObject({ text, host, form, ...(port !== undefined && { port }) });
    expect(parseTarget(text).port).toBe(port);
    expect(codes(text)).not.toContain('host/target-malformed');
  });

  test.each([
    ...['', '   ', 'contact=', 'sip:', 'sip:@', 'sips:5000@', 'https://', 'https:///x', 'sip:;transport=tls', '<>'],
    ...['fly.example.com:', 'fly.example.com:0', 'fly.example.com:65536', 'fly.example.com:tls', 'fly:1:2', ':5061'],
    ...['[::1', '::1]', '[fly]', '[fly.example.com]:5061', '[::1]5061', '[::1%eth0]', 'a:b:c'],
    ...['sip:a@b@c', 'sip:[::g]', 'sip:a b', 'fly example', 'fly/example', 'fly%2ecom', 'a,b', 'a"b', 'fl\u200ey.com'],
    ...['<sip:a.com', 'sip:a.com>', '<sip:a.com> <sip:b.com>', '"Fly" sip:a.com', 'tel:+49123', 'mailto:a@b.com'],
    ...['a.com\0', 'sip:a.com\0@b.com', 'https://a\\@b.com', 'sip://a:b:c', 'user@a.com:x'],
  ])('"%s" has no host that can be made out', (text) => {
    const { host, form, findings } = parseTarget(text);
    expect([host, form]).toEqual([undefined, undefined]);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['host/target-malformed', 'error']]);
  });

  test('what is cut off is said', () => {
    const { findings } = parseTarget('"Fly" <sip:5000:secret@fly.example.com:5061;transport=tls?subject=x>');
    expect(findings.map((finding) => describeFinding(finding).message)).toEqual([
      'only the host fly.example.com takes part in a name check; left out: display name, scheme, user, parameters, headers',
      'the port 5061 takes no part in a name check; left out',
    ]);
    expect(findings.map(({ subject }) => subject.name)).toEqual(['fly.example.com', 'fly.example.com']);
    expect(JSON.stringify(findings)).not.toContain('secret');
    expect(codes('https://fly.example.com/path')).toEqual(['host/target-from-uri']);
    expect(codes('fly.example.com')).toEqual([]);
  });

  test('blanks around are left out with a warning', () => {
    const { host, findings } = parseTarget(' fly.example.com\n');
    expect(host).toBe('fly.example.com');
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([['host/target-blanks', 'warning']]);
  });

  test('SIP without TLS checks no name: sip needs transport=tls, sips means TLS anyhow', () => {
    expect(codes('sip:fly.example.com')).toContain('host/target-not-tls');
    expect(codes('sip:fly.example.com;transport=TCP')).toContain('host/target-not-tls');
    expect(codes('contact=fly.example.com')).toContain('host/target-not-tls');
    expect(codes('sip:fly.example.com;lr;transport=TLS')).not.toContain('host/target-not-tls');
    expect(codes('sips:fly.example.com;transport=tcp')).not.toContain('host/target-not-tls');
    expect(parseTarget('sips:fly.example.com;transport=TCP').transport).toBe('tcp');
  });

  test('a malformed target is checked against nothing and matches nothing', () => {
    const check = checkTarget(identityWith('a.com'), 'sip:a.com@', 'security-pack');
    expect(check).toMatchObject({ matched: false, verdict: undefined, verifiers: [], advice: undefined });
    expect(check.findings.map(({ code }) => code)).toEqual(['host/target-malformed']);
  });
});
